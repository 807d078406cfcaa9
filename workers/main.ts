/** `node dist/workers/main.js control,io`: a worker process for the named pools. SIGTERM and SIGINT end it in good order. */
import { NativeConnection } from '@temporalio/worker';
import { connectionOptions } from '../adapters/temporal/connect.js';
import { DialecticError, InvalidInputError, UnreachableError } from '../core/errors.js';
import { pools, type Pool } from '../core/contract.js';
import { loadConfig, requireStack } from '../schema/config.js';
import { createWorker } from './create-worker.js';
import { openServices } from './services.js';
import { installTelemetry } from './telemetry.js';

async function main(list: string | undefined): Promise<void> {
  const wanted = poolsOf(list);
  const config = requireStack(loadConfig());
  installTelemetry(config.logLevel);
  const { options, namespace } = connectionOptions(config.temporal);
  const connection = await NativeConnection.connect(options).catch((cause: unknown) => {
    const address = config.temporal.address ?? 'its address';
    throw new UnreachableError(`Temporal does not answer at ${address}.`, 'Run `dialectic up`.', { cause });
  });
  const services = await openServices(config);
  const deployment = deploymentOf(process.env);
  try {
    const workers = await Promise.all(
      wanted.map((pool) => createWorker(pool, { connection, namespace, services, ...(deployment && { deployment }) })),
    );
    await Promise.all(workers.map((worker) => worker.run()));
  } finally {
    await services.close();
    await connection.close();
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

main(process.argv[2]).catch((error: unknown) => {
  const ours = error instanceof DialecticError;
  process.stderr.write(ours ? `${error.what}\n${error.remedy}\n` : `${(error as Error).stack ?? String(error)}\n`);
  process.exit(ours ? error.exitCode : 1);
});
