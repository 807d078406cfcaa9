import { spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DialecticError, MissingDependencyError } from '../../core/errors.js';
import { readJson, writePrivateJson } from './private-file.js';
import { identify, isRunning, type ProcessIdentity } from './process-identity.js';

/** A program that keeps running after the command that started it has ended. */
export interface DaemonSpec {
  name: string;
  program: string;
  args: string[];
  env: NodeJS.ProcessEnv;
  cwd?: string;
  uid?: number;
  gid?: number;
  /** The signal after which it ends in good order, and how long it may take before it is killed. */
  stopSignal: NodeJS.Signals;
  stopSeconds: number;
}

export interface Daemon extends ProcessIdentity {
  name: string;
  args: string[];
  log: string;
  stopSignal: NodeJS.Signals;
  stopSeconds: number;
}

const LOG_LIMIT = 20 * 1024 * 1024;

/** Starts a program in a process group of its own, with its output in `logs/<name>.log`, and records its process. */
export async function startDaemon(state: string, spec: DaemonSpec): Promise<Daemon> {
  const log = openLog(state, spec.name);
  const child = spawn(spec.program, spec.args, {
    detached: true,
    stdio: ['ignore', log.descriptor, log.descriptor],
    env: spec.env,
    cwd: spec.cwd ?? state,
    uid: spec.uid,
    gid: spec.gid,
  });
  try {
    await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject));
  } catch (cause) {
    throw new MissingDependencyError(
      `${spec.program} could not be started: ${(cause as Error).message}.`,
      'Run `npm run setup` to install it.',
      { cause },
    );
  } finally {
    closeSync(log.descriptor);
  }
  child.unref();
  const identity = identify(child.pid!);
  if (!identity) throw new DialecticError(`${spec.name} ended as it started.`, `Its log ${log.file} says why.`);
  const daemon: Daemon = {
    ...identity,
    name: spec.name,
    args: spec.args,
    log: log.file,
    stopSignal: spec.stopSignal,
    stopSeconds: spec.stopSeconds,
  };
  writePrivateJson(recordFile(state, spec.name), daemon);
  return daemon;
}

/** The daemon of that name, where it runs now. A record of a process that has gone counts as none. */
export function findDaemon(state: string, name: string): Daemon | undefined {
  const daemon = readJson<Daemon>(recordFile(state, name));
  return daemon && isRunning(daemon) ? daemon : undefined;
}

/** Every daemon of this home that runs now, by name. */
export function listDaemons(state: string): Daemon[] {
  const folder = join(state, 'run');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => findDaemon(state, basename(file, '.json')))
    .filter((daemon) => daemon !== undefined);
}

/** Asks a daemon to end, kills its process group if it has not in its time, and forgets it. */
export async function stopDaemon(state: string, name: string): Promise<'stopped' | 'killed' | 'absent'> {
  const daemon = findDaemon(state, name);
  let outcome: 'stopped' | 'killed' | 'absent' = 'absent';
  if (daemon) {
    signal(daemon.pid, daemon.stopSignal);
    outcome = (await hasEnded(daemon, daemon.stopSeconds)) ? 'stopped' : 'killed';
    // The group: a worker's children must not outlive it, and what it started itself is in its group.
    signal(-daemon.pid, 'SIGKILL');
    if (!(await hasEnded(daemon, 10)))
      throw new DialecticError(`${name} (process ${daemon.pid}) does not end.`, 'Stop that process by hand.');
  }
  rmSync(recordFile(state, name), { force: true });
  return outcome;
}

/** The last lines of a log, for an error message. */
export function tailLog(file: string, lines = 5): string {
  if (!existsSync(file)) return '';
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
}

function recordFile(state: string, name: string): string {
  return join(state, 'run', `${name}.json`);
}

function openLog(state: string, name: string): { file: string; descriptor: number } {
  mkdirSync(join(state, 'logs'), { recursive: true });
  const file = join(state, 'logs', `${name}.log`);
  if (existsSync(file) && statSync(file).size > LOG_LIMIT) renameSync(file, `${file}.1`);
  return { file, descriptor: openSync(file, 'a', 0o600) };
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function hasEnded(identity: ProcessIdentity, seconds: number): Promise<boolean> {
  const deadline = Date.now() + seconds * 1000;
  while (isRunning(identity)) {
    if (Date.now() > deadline) return false;
    await sleep(50);
  }
  return true;
}
