import { fork, type ChildProcess } from 'node:child_process';
import { ownProgram } from '../../schema/own-program.js';

/** Starts the child process in which databases are open. */
export function forkChild(): ChildProcess {
  const { entry, execArgv } = ownProgram(import.meta.url, './child');
  return fork(entry, [String(process.pid)], {
    execArgv: [...execArgv, '--no-warnings', '--max-old-space-size=512'],
    // No variable of the parent's that might hold a secret; PATH and TMPDIR serve tsx, UTC serves dates.
    env: { PATH: process.env.PATH, TMPDIR: process.env.TMPDIR, TZ: 'UTC' },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
}
