import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pools, type Pool } from '../../core/contract.js';
import { DialecticError, InvalidInputError, MissingDependencyError } from '../../core/errors.js';
import { ownProgram } from '../../schema/own-program.js';
import { loadConfig } from '../../schema/config.js';
import { findDaemon, listDaemons, startDaemon, stopDaemon, tailLog, type Daemon } from './daemon.js';
import { withLock } from './lock.js';
import { isRunning } from './process-identity.js';
import type { StackOptions } from './stack.js';

/** Pools that share a process: waiting ones together, computing ones together, and the trainer's alone. */
const PROCESSES: readonly (readonly Pool[])[] = [['control', 'io', 'llm'], ['sql', 'eval'], ['gpu']];

/** A worker hands its activities back and checkpoints training before it ends. */
const STOP_SECONDS = 30;
const SETTLE_MILLISECONDS = 1500;

export interface WorkerStatus {
  pools: Pool[];
  pid: number;
  log: string;
}

/** Reads `control,io,sql`; all pools where nothing is asked for. */
export function parsePools(list?: string): Pool[] {
  if (list === undefined) return [...pools];
  const names = list.split(',').map((name) => name.trim());
  const unknown = names.find((name) => !pools.includes(name as Pool));
  if (unknown === undefined) return pools.filter((pool) => names.includes(pool));
  throw new InvalidInputError(`There is no worker pool \`${unknown}\`.`, `Choose from ${pools.join(', ')}.`);
}

/** Starts a process for each group of the wanted pools, and again, for more of them, one that serves too few of its group. */
export async function startWorkers(wanted: readonly Pool[], options: StackOptions = {}): Promise<void> {
  const { home } = loadConfig(options.env);
  await withLock(home.state, async () => {
    const started: Daemon[] = [];
    for (const group of PROCESSES) {
      const name = `worker-${group.join('-')}`;
      const running = findDaemon(home.state, name);
      const served = running ? poolsOf(running) : [];
      const members = group.filter((pool) => wanted.includes(pool) || served.includes(pool));
      if (members.length === served.length) continue;
      // What it was at is handed back, and goes on in the one that follows.
      if (running) await stopDaemon(home.state, name);
      const env = { ...process.env, ...options.env };
      started.push(
        await startDaemon(home.state, {
          name,
          program: process.execPath,
          args: [...workerProgram(), members.join(',')],
          env,
          cwd: home.root,
          stopSignal: 'SIGTERM',
          stopSeconds: STOP_SECONDS,
        }),
      );
      options.onProgress?.(`Worker for ${members.join(', ')} is starting.`);
    }
    if (started.length > 0) await sleep(SETTLE_MILLISECONDS);
    for (const daemon of started) if (!isRunning(daemon)) throw workerFailure(daemon);
  });
}

/** Stops all workers of this home, side by side. */
export async function stopWorkers(options: StackOptions = {}): Promise<void> {
  const { home } = loadConfig(options.env, null);
  if (!existsSync(join(home.state, 'run'))) return;
  await withLock(home.state, async () => {
    await Promise.all(
      workerDaemons(home.state).map(async ({ name }) => {
        const outcome = await stopDaemon(home.state, name);
        options.onProgress?.(`${name} ${outcome === 'killed' ? 'did not end in time and was killed' : 'stopped'}.`);
      }),
    );
  });
}

export function workerStatus(options: StackOptions = {}): WorkerStatus[] {
  const { home } = loadConfig(options.env, null);
  return workerDaemons(home.state).map((daemon) => ({ pools: poolsOf(daemon), pid: daemon.pid, log: daemon.log }));
}

/** The last that its program is told, `control,io`; of one that an earlier version started and wrote down without it, what its name says. */
const poolsOf = ({ args, name }: Daemon): Pool[] =>
  ((args as string[] | undefined)?.at(-1)?.split(',') ?? name.split('-').slice(1)) as Pool[];

function workerDaemons(state: string): Daemon[] {
  return listDaemons(state).filter(({ name }) => name.startsWith('worker-'));
}

/** Workers run as this program runs: built JavaScript, or the sources through tsx. */
export function workerProgram(): string[] {
  const { entry, execArgv } = ownProgram(import.meta.url, '../../workers/main');
  if (!existsSync(entry))
    throw new MissingDependencyError(`There is no worker program ${entry}.`, 'Run `npm run build`.');
  return [...execArgv, entry];
}

function workerFailure({ name, log }: Daemon): DialecticError {
  return new DialecticError(
    `${name} ended as it started; its last words: ${tailLog(log) || 'none'}.`,
    `Read ${log}, and run \`dialectic doctor\`.`,
  );
}
