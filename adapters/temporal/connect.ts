import { Client, Connection } from '@temporalio/client';
import { loadClientConnectConfig, type ClientConnectConfig } from '@temporalio/envconfig';
import { UnreachableError } from '../../core/errors.js';
import type { TemporalConfig } from '../../schema/config.js';

/** What connecting takes, for clients and workers alike: address, TLS and API key. */
export interface TemporalConnection {
  options: Pick<ClientConnectConfig['connectionOptions'], 'address' | 'tls' | 'apiKey' | 'metadata'>;
  namespace: string;
}

/** The embedded server by its address, any other by what `@temporalio/envconfig` loads. */
export function connectionOptions(config: TemporalConfig): TemporalConnection {
  if (config.source === 'embedded')
    return { options: { address: config.address! }, namespace: config.namespace ?? 'default' };
  const { connectionOptions: options, namespace } = loadClientConnectConfig();
  return { options, namespace: namespace ?? config.namespace ?? 'default' };
}

/** @throws UnreachableError */
export async function connectClient(config: TemporalConfig): Promise<Client> {
  const { options, namespace } = connectionOptions(config);
  try {
    const connection = await Connection.connect({ ...options, connectTimeout: '5s' });
    return new Client({ connection, namespace });
  } catch (cause) {
    throw new UnreachableError(
      `Temporal at ${config.address ?? 'the configured address'} does not answer.`,
      'Run `dialectic up`, or check TEMPORAL_ADDRESS.',
      { cause },
    );
  }
}
