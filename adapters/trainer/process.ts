import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { DialecticError } from '../../core/errors.js';
import { DiskFullError, InvalidInputError, MissingDependencyError } from '../../core/errors.js';
import { createDevicePool, type DevicePool } from './devices.js';
import { OutOfMemoryError, TrainerFailedError, TrainerPreemptedError } from './errors.js';
import { parseEvent, type TrainerEvent } from './events.js';

export interface TrainerCommand {
  command: 'train' | 'predict' | 'merge' | 'export';
  spec: unknown;
  /** The folder that the result is written to. */
  out: string;
  /** A checkpoint to go on from. */
  resume?: string;
  /** A folder of this attempt's own, for the spec. */
  work: string;
  /** Told every event, one after the other; the next waits until the one before is dealt with. */
  onEvent: (event: TrainerEvent) => void | Promise<void>;
  onLog?: (line: string) => void;
  /** CPU threads at most; absent: as many as there are cores. */
  threads?: number;
  /** GPUs that are its own while it runs, where there are any; absent: none is set aside, and it sees them all. */
  gpus?: number;
  /** When it aborts, the process group gets SIGTERM, and SIGKILL when it is not gone after `graceMs`. */
  signal: AbortSignal;
}

/** Runs the trainer's commands as child processes. */
export interface Trainer {
  /** @returns the `result` of the trainer's `done` event */
  run(command: TrainerCommand): Promise<Record<string, unknown>>;
}

export interface TrainerOptions {
  python: string;
  /** The folder that holds the `trainer` package. */
  root: string;
  graceMs?: number;
  devices?: DevicePool;
  env?: NodeJS.ProcessEnv;
}

const keptLogLines = 40;

export function createTrainer({
  python,
  root,
  graceMs = 8_000,
  devices = createDevicePool(),
  env = process.env,
}: TrainerOptions): Trainer {
  return {
    run: ({ gpus, ...command }) =>
      gpus === undefined ? runWith([], command) : devices.lend(gpus, (lent) => runWith(lent, command)),
  };

  async function runWith(
    lent: string[],
    { command, spec, out, resume, work, onEvent, onLog, threads, signal }: Omit<TrainerCommand, 'gpus'>,
  ): Promise<Record<string, unknown>> {
    signal.throwIfAborted();
    await mkdir(work, { recursive: true });
    const specFile = join(work, 'spec.json');
    await writeFile(specFile, JSON.stringify(spec, null, 2));
    const args = ['-m', 'trainer', command, '--spec', specFile, '--out', out, ...(resume ? ['--resume', resume] : [])];
    const child = spawn(python, args, {
      cwd: root,
      // A group of its own, so that what torch starts below it is stopped with it.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...env,
        ...{ PYTHONUNBUFFERED: '1', OMP_WAIT_POLICY: 'PASSIVE', GOMP_SPINCOUNT: '0' },
        ...(threads !== undefined && { OMP_NUM_THREADS: String(threads) }),
        ...(lent.length > 0 && { CUDA_VISIBLE_DEVICES: lent.join(',') }),
      },
    });
    const stop = stopOnAbort(child, signal, graceMs);
    const log: string[] = [];
    const heard: { done?: TrainerEvent & { event: 'done' }; error?: TrainerEvent & { event: 'error' } } = {};
    try {
      const ended = ending(child, python);
      await Promise.all([
        readLines(child.stderr, (line) => {
          log.push(line);
          if (log.length > keptLogLines) log.shift();
          onLog?.(line);
        }),
        readLines(child.stdout, async (line) => {
          const event = parseEvent(line);
          if (event === null) return onLog?.(line);
          if (event.event === 'done') heard.done = event;
          if (event.event === 'error') heard.error = event;
          await onEvent(event);
        }),
        ended,
      ]);
      const { code, killedBy } = await ended;
      if (code === 0 && heard.done) return heard.done.result;
      throw failure(command, code, killedBy, heard.error, log);
    } catch (error) {
      signalGroup(child, 'SIGKILL');
      throw error;
    } finally {
      stop();
    }
  }
}

async function readLines(stream: NodeJS.ReadableStream | null, onLine: (line: string) => unknown): Promise<void> {
  if (!stream) return;
  for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) await onLine(line);
}

function ending(child: ChildProcess, python: string): Promise<{ code: number | null; killedBy: string | null }> {
  return new Promise((resolve, reject) => {
    child.once('error', (cause) =>
      reject(
        new MissingDependencyError(
          `The trainer's Python (${python}) cannot be started: ${cause.message}.`,
          'Run `npm run setup`, or set DIALECTIC_PYTHON to a Python that has trainer/requirements.lock installed.',
          { cause },
        ),
      ),
    );
    child.once('close', (code, killedBy) => resolve({ code, killedBy }));
  });
}

function stopOnAbort(child: ChildProcess, signal: AbortSignal, graceMs: number): () => void {
  let timer: NodeJS.Timeout | undefined;
  const stop = (): void => {
    signalGroup(child, 'SIGTERM');
    timer = setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs);
  };
  signal.addEventListener('abort', stop, { once: true });
  return () => {
    signal.removeEventListener('abort', stop);
    clearTimeout(timer);
  };
}

function signalGroup(child: ChildProcess, name: NodeJS.Signals): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  try {
    process.kill(-child.pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** The trainer's exit codes, as errors. */
function failure(
  command: string,
  code: number | null,
  killedBy: string | null,
  said: { kind: string; message: string; remedy: string } | undefined,
  log: string[],
): DialecticError {
  const what =
    said?.message ?? `The trainer's ${command} ended with ${killedBy ?? `exit code ${code}`}: ${lastWords(log)}`;
  const remedy = said?.remedy ?? "Read the worker's log for what the trainer wrote.";
  switch (code) {
    case 2:
      return new InvalidInputError(what, remedy);
    case 3:
      return new TrainerPreemptedError(what, remedy);
    case 4:
    case 6:
      return new MissingDependencyError(what, remedy);
    case 5:
      return /disk/i.test(what) ? new DiskFullError(what, remedy) : new OutOfMemoryError(what, remedy);
    default:
      return new TrainerFailedError(what, remedy);
  }
}

function lastWords(log: string[]): string {
  return log.slice(-3).join(' ').trim() || 'it wrote nothing';
}
