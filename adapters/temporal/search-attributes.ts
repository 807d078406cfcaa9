import type { Client } from '@temporalio/client';
import { searchAttributes } from '../../core/contract.js';

const keyword = 2; // temporal.api.enums.v1.IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD
const alreadyExists = 6; // grpc.status.ALREADY_EXISTS

/** Registers Dialectic's search attributes on the namespace; those that are there stay. */
export async function registerSearchAttributes(client: Client): Promise<void> {
  const { namespace } = client.options;
  const { connection } = client;
  const known = await connection.operatorService.listSearchAttributes({ namespace });
  const missing = Object.values(searchAttributes).filter((name) => !known.customAttributes?.[name]);
  if (missing.length === 0) return;
  await connection.operatorService
    .addSearchAttributes({ namespace, searchAttributes: Object.fromEntries(missing.map((name) => [name, keyword])) })
    .catch((error: { code?: number }) => {
      if (error.code !== alreadyExists) throw error as Error;
    });
}
