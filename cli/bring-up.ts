import { parsePools, startWorkers, stopWorkers, workerStatus } from '../deploy/local/workers.js';
import { startStack, stopStack, stackStatus } from '../deploy/local/stack.js';
import { loadConfig, requireStack } from '../schema/config.js';
import { withInterrupt } from './interrupt.js';
import type { Output } from './output.js';
import { describeStack, type StackSummary } from './describe-stack.js';

export interface UpOptions {
  pools?: string;
  workers: boolean;
  attach?: boolean;
}

/** `dialectic up`: starts everything, says what runs where, and stays if asked to. */
export async function bringUp({ attach, ...options }: UpOptions, output: Output): Promise<void> {
  const status = await startEverything(options, output);
  output.result(status, () => describeStack(status));
  if (attach) await stayAttached(output);
}

/** Starts servers, brings their schemas up to date, and starts workers; what runs already is left alone. */
export async function startEverything(
  { pools, workers }: Pick<UpOptions, 'pools' | 'workers'>,
  output: Output,
): Promise<StackSummary> {
  const wanted = parsePools(pools);
  const onProgress = (sentence: string) => output.progress(sentence);
  await startStack({ onProgress });
  await prepareServers();
  if (workers) await startWorkers(wanted, { onProgress });
  return { servers: await stackStatus(), workers: workerStatus() };
}

/** Tables in PostgreSQL and search attributes in Temporal, for servers of the user's own as well. */
async function prepareServers(): Promise<void> {
  const config = requireStack(loadConfig());
  const [{ openPostgres }, { migrate }] = await Promise.all([
    import('../adapters/postgres/database.js'),
    import('../adapters/postgres/migrate.js'),
  ]);
  const database = openPostgres(config.postgres.url);
  try {
    await migrate(database);
  } finally {
    await database.close();
  }
  if (config.temporal.source === 'embedded') return;
  const [{ connectClient }, { registerSearchAttributes }] = await Promise.all([
    import('../adapters/temporal/connect.js'),
    import('../adapters/temporal/search-attributes.js'),
  ]);
  const client = await connectClient(config.temporal);
  try {
    await registerSearchAttributes(client);
  } finally {
    await client.connection.close();
  }
}

async function stayAttached(output: Output): Promise<void> {
  const { followLogs } = await import('../deploy/local/follow-logs.js');
  const logs = [...workerStatus().map(({ log }) => log)];
  const stop = new AbortController();
  await withInterrupt(
    () => stop.abort(),
    () => followLogs(logs, stop.signal, (line) => output.warn(line)),
  );
  const onProgress = (sentence: string) => output.progress(sentence);
  await stopWorkers({ onProgress });
  await stopStack({ onProgress });
}
