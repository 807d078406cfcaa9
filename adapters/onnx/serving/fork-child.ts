import { fork, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Starts the process that decodes, from the sources (through tsx) or from the build, whichever this file itself runs from. */
export function forkChild(): ChildProcess {
  const fromSources = import.meta.url.endsWith('.ts');
  const entry = fileURLToPath(new URL(fromSources ? './child.ts' : './child.js', import.meta.url));
  const tsx = (): string => pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  return fork(entry, [], {
    execArgv: [...(fromSources ? ['--import', tsx()] : []), '--no-warnings'],
    // Decoding needs none of this process's variables, and none of its secrets.
    env: { PATH: process.env.PATH, TMPDIR: process.env.TMPDIR },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
}
