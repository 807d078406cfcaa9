import type { ChildProcess } from 'node:child_process';
import { forkChild } from './fork-child.js';
import type { Request, RequestBody, Response } from './protocol.js';
import { residentBytes } from './resident-bytes.js';

/** How a request to the child ended; `killed` and `died` say that the child is gone and takes its open databases along. */
export type Answer =
  | { kind: 'result'; result: unknown }
  | { kind: 'error'; message: string }
  | { kind: 'killed'; reason: 'timeout' | 'memory'; ms: number }
  | { kind: 'died'; message: string };

interface Pending {
  id: number;
  started: number;
  goOn(): void;
  settle(answer: Answer): void;
}

const MEMORY_CHECK_MS = 50;

/**
 * One child process, restarted on demand after it was killed. It answers one request at a time; the caller queues.
 * `generation` counts the restarts, so that a caller knows when what it opened is lost.
 */
export class Sandbox {
  generation = 0;
  private child: ChildProcess | null = null;
  private pending: Pending | null = null;
  private lastId = 0;

  constructor(private readonly memoryLimit: number) {}

  /** Process id of the running child, for measurements. */
  get pid(): number | undefined {
    return this.child?.pid;
  }

  async request(body: RequestBody, deadlineMs: number): Promise<Answer> {
    const child = (this.child ??= this.start());
    const id = ++this.lastId;
    const deadline = setTimeout(() => this.kill('timeout'), deadlineMs);
    const goOn = (): void => void deadline.refresh();
    const settled = new Promise<Answer>(
      (resolve) => (this.pending = { id, started: performance.now(), goOn, settle: resolve }),
    );
    child.ref();
    child.channel?.ref();
    const memory = setInterval(() => {
      if (residentBytes(child.pid) > this.memoryLimit) this.kill('memory');
    }, MEMORY_CHECK_MS);
    child.send({ ...body, id } as Request);
    try {
      return await settled;
    } finally {
      clearTimeout(deadline);
      clearInterval(memory);
      child.unref();
      child.channel?.unref();
    }
  }

  /** Ends the child, and the request it is at; a later request starts another. */
  stop(): void {
    this.end();
    this.settle({ kind: 'died', message: 'The database was closed while it was in use' });
  }

  private start(): ChildProcess {
    const child = forkChild();
    this.generation += 1;
    let complaints = '';
    child.stderr?.on('data', (chunk: Buffer) => (complaints = (complaints + chunk.toString()).slice(-2000)));
    (child.stderr as { unref?(): void } | null)?.unref?.();
    child.on('message', (response: Response) => {
      if (response.id !== this.pending?.id) return;
      if ('goesOn' in response) return this.pending.goOn();
      this.settle(
        'error' in response ? { kind: 'error', message: response.error } : { kind: 'result', result: response.result },
      );
    });
    const died = (why: string): void => {
      if (this.child !== child) return;
      this.child = null;
      this.settle({ kind: 'died', message: [why, complaints.trim()].filter(Boolean).join(': ') });
    };
    child.on('exit', (code, signal) => died(`The engine's process ended (${signal ?? `exit code ${code}`})`));
    child.on('error', (error) => died(`The engine's process failed (${error.message})`));
    return child;
  }

  private kill(reason: 'timeout' | 'memory'): void {
    this.end();
    this.settle({ kind: 'killed', reason, ms: performance.now() - (this.pending?.started ?? 0) });
  }

  private end(): void {
    this.child?.kill('SIGKILL');
    this.child = null;
  }

  private settle(answer: Answer): void {
    this.pending?.settle(answer);
    this.pending = null;
  }
}
