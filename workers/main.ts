/** `node dist/workers/main.js control,io`: a worker process for the named pools. SIGTERM and SIGINT end it in good order. */
import { setTimeout as sleep } from 'node:timers/promises';
import { NativeConnection, type Worker } from '@temporalio/worker';
import { connectionOptions } from '../adapters/temporal/connect.js';
import { DialecticError, InvalidInputError, UnreachableError } from '../core/errors.js';
import { pools, type Pool } from '../core/contract.js';
import { loadConfig, requireStack, type ConnectedConfig } from '../schema/config.js';
import { createWorker } from './create-worker.js';
import { openServices } from './services.js';
import { installTelemetry } from './telemetry.js';

const pauseMs = 2_000;
const closingMs = 28_000;
const watchMs = 1_000;

async function main(list: string | undefined): Promise<void> {
  const wanted = poolsOf(list);
  const config = requireStack(loadConfig());
  installTelemetry(config.logLevel);
  let told = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => (told = true));
  await serve(wanted, config, () => told);
  // A server that went away takes its workers' polls with it, for good. They are made anew until somebody says stop.
  while (!told) {
    await sleep(pauseMs);
    await serve(wanted, config, () => told).catch(report);
  }
}

/** Runs workers until they are told to stop, or until one of them has ended without being told. */
async function serve(wanted: Pool[], config: ConnectedConfig, told: () => boolean): Promise<void> {
  const { options, namespace } = connectionOptions(config.temporal);
  const connection = await NativeConnection.connect(options).catch((cause: unknown) => {
    const address = config.temporal.address ?? 'its address';
    throw new UnreachableError(`Temporal does not answer at ${address}.`, 'Run `dialectic up`.', { cause });
  });
  const services = await openServices(config);
  const deployment = deploymentOf(process.env);
  const place = { connection, namespace, services, slots: config.slots, ...(deployment && { deployment }) };
  const workers = await Promise.all(wanted.map((pool) => createWorker(pool, place)));
  const running = Promise.all(workers.map((worker) => worker.run()));
  try {
    await Promise.race([running, endedUntold(workers, told)]);
  } catch (error) {
    report(error);
  } finally {
    // What hangs or fails while it is closed must not keep the others from starting again.
    await Promise.race([closeAll().catch(report), sleep(told() ? closingMs : pauseMs)]);
  }

  async function closeAll(): Promise<void> {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
    await running.catch(() => undefined);
    await services.close();
    await connection.close();
  }
}

function report(error: unknown): void {
  process.stderr.write(`The workers ended: ${String(error)}\n`);
}

/** Resolves when a worker is no longer running though nobody told it to stop. */
async function endedUntold(workers: Worker[], told: () => boolean): Promise<void> {
  for (;;) {
    await sleep(watchMs, undefined, { ref: false });
    const ended = workers.some((worker) => !['INITIALIZED', 'RUNNING'].includes(worker.getState()));
    if (ended && !told()) return;
  }
}

function poolsOf(list = ''): Pool[] {
  const names = list.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !pools.includes(name as Pool));
  if (unknown !== undefined)
    throw new InvalidInputError(`There is no pool "${unknown}".`, `Name one or more of ${pools.join(',')}.`);
  return [...new Set(names as Pool[])];
}

/** `name/build`; without it workers take every workflow, which is what one machine wants. */
function deploymentOf({ DIALECTIC_DEPLOYMENT }: NodeJS.ProcessEnv): { name: string; build: string } | undefined {
  const [name, build] = (DIALECTIC_DEPLOYMENT ?? '').split('/');
  return name && build ? { name, build } : undefined;
}

main(process.argv[2])
  .then(() => process.exit(0))
  .catch((error: unknown) => {
    const ours = error instanceof DialecticError;
    process.stderr.write(ours ? `${error.what}\n${error.remedy}\n` : `${(error as Error).stack ?? String(error)}\n`);
    process.exit(ours ? error.exitCode : 1);
  });
