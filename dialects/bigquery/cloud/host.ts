import type { FunctionSignature } from '../../../core/database.js';
import type { HostedDatabase } from '../../engine.js';
import type { CloudAddress } from './address.js';
import { connect } from './client.js';
import { executeOnCloud } from './execute.js';
import { introspectCloud } from './introspect.js';

/** A dataset of BigQuery itself. Its functions are those that GoogleSQL lists, for BigQuery lists none. */
export async function openCloud(
  name: string,
  source: { address: CloudAddress; price: number | null },
  functions: () => FunctionSignature[],
): Promise<HostedDatabase> {
  const { address, price } = source;
  const client = await connect(address);
  await client.dataset(address.dataset).getMetadata();
  return {
    execute: (sql, limits) => executeOnCloud({ client, address, price }, sql, limits),
    introspect: () => introspectCloud(client, address, name),
    functions: () => Promise.resolve(functions()),
    close: () => Promise.resolve(),
  };
}
