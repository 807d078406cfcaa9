import type { DialectName } from '../../core/dialect.js';
import type { EngineSource } from '../engine.js';
import type { RequestBody } from './protocol.js';
import { Sandbox, type Answer } from './sandbox.js';

/** A database as the parent knows it: enough to open it again in a new child. */
export interface HostedSource {
  key: string;
  dialect: DialectName;
  name: string;
  source: EngineSource;
}

/** Databases that one child keeps open at once; the least recently used is closed first. */
const MAX_OPEN = 24;
const OPEN_DEADLINE_MS = 120_000;

/** A child process and the databases open in it: queues requests, and opens a database again when the child was replaced. */
export class DatabaseHost {
  /** Requests under way or in the queue. */
  waiting = 0;
  private readonly sandbox: Sandbox;
  private readonly open = new Map<string, true>();
  private openGeneration = 0;
  private queue: Promise<unknown> = Promise.resolve();

  constructor(memoryLimit: number) {
    this.sandbox = new Sandbox(memoryLimit);
  }

  get pid(): number | undefined {
    return this.sandbox.pid;
  }

  /**
   * Sends a request about a database, opening it first where need be. The deadline counts from when its turn comes.
   * @throws what aborted the signal, where that was before its turn came; what is under way is done
   */
  request(database: HostedSource, body: RequestBody, deadlineMs: number, signal?: AbortSignal): Promise<Answer> {
    return this.inTurn(async () => {
      signal?.throwIfAborted();
      const failure = await this.ensureOpen(database);
      return failure ?? this.sandbox.request(body, deadlineMs);
    });
  }

  /** Opens a database; null when it is open, what went wrong otherwise. */
  openNow(database: HostedSource): Promise<Answer | null> {
    return this.inTurn(() => this.ensureOpen(database));
  }

  /** Whether this child has a database open, as far as is known without asking it. */
  holds({ key }: HostedSource): boolean {
    return this.open.has(key);
  }

  /** Closes a database, if this child still has it open. */
  async release(database: HostedSource): Promise<void> {
    await this.inTurn(() => this.closeDatabase(database.key));
  }

  stop(): void {
    this.sandbox.stop();
  }

  private inTurn<T>(task: () => Promise<T>): Promise<T> {
    this.waiting += 1;
    const turn = this.queue.then(task).finally(() => (this.waiting -= 1));
    this.queue = turn.catch(() => undefined);
    return turn;
  }

  private async ensureOpen({ key, dialect, name, source }: HostedSource): Promise<Answer | null> {
    this.forgetLost();
    if (this.open.delete(key)) {
      this.open.set(key, true);
      return null;
    }
    const oldest = this.open.keys().next();
    if (this.open.size >= MAX_OPEN && !oldest.done) await this.closeDatabase(oldest.value);
    const answer = await this.sandbox.request({ kind: 'open', database: key, dialect, name, source }, OPEN_DEADLINE_MS);
    this.forgetLost();
    if (answer.kind !== 'result') return answer;
    this.open.set(key, true);
    return null;
  }

  private async closeDatabase(key: string): Promise<void> {
    this.forgetLost();
    if (this.open.delete(key)) await this.sandbox.request({ kind: 'close', database: key }, OPEN_DEADLINE_MS);
  }

  /** What was open in a child that is gone is open no more. */
  private forgetLost(): void {
    if (this.sandbox.pid !== undefined && this.sandbox.generation === this.openGeneration) return;
    this.open.clear();
    this.openGeneration = this.sandbox.generation;
  }
}
