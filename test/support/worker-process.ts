import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { workerProgram } from '../../deploy/local/workers.js';

/** A worker process that a test can kill. */
export class WorkerProcess {
  private child: ChildProcess;

  constructor(private readonly pools: string) {
    this.child = this.start();
  }

  private start(): ChildProcess {
    return spawn(process.execPath, [...workerProgram(), this.pools], {
      stdio: ['ignore', 'ignore', process.env.DIALECTIC_TEST_LOGS ? 'inherit' : 'ignore'],
      env: { ...process.env, DIALECTIC_LOG_LEVEL: 'warn' },
    });
  }

  private get ended(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** As a machine that loses power: no word to anyone. */
  async killHard(): Promise<void> {
    if (this.ended) return;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
  }

  async restart(): Promise<void> {
    await this.killHard();
    this.child = this.start();
  }

  /** As an orderly shutdown. @returns the exit code */
  async stop(): Promise<number | null> {
    if (this.ended) return this.child.exitCode;
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    return ((await ended) as [number | null])[0];
  }
}
