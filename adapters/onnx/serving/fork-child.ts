import { fork, type ChildProcess } from 'node:child_process';
import { ownProgram } from '../../../schema/own-program.js';

/** Starts the process that decodes. */
export function forkChild(): ChildProcess {
  const { entry, execArgv } = ownProgram(import.meta.url, './child');
  return fork(entry, [], {
    execArgv: [...execArgv, '--no-warnings'],
    // Decoding needs none of this process's variables, and none of its secrets.
    env: { PATH: process.env.PATH, TMPDIR: process.env.TMPDIR },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
}
