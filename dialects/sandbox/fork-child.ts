import { fork, type ChildProcess } from 'node:child_process';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** Starts the child process from the sources (through tsx) or from the build, whichever this file itself runs from. */
export function forkChild(): ChildProcess {
  const fromSources = import.meta.url.endsWith('.ts');
  const entry = fileURLToPath(new URL(fromSources ? './child.ts' : './child.js', import.meta.url));
  return fork(entry, [], {
    execArgv: [...(fromSources ? ['--import', tsxUrl()] : []), '--no-warnings', '--max-old-space-size=512'],
    // No variable of the parent's that might hold a secret; PATH and TMPDIR serve tsx, UTC serves dates.
    env: { PATH: process.env.PATH, TMPDIR: process.env.TMPDIR, TZ: 'UTC' },
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
}

function tsxUrl(): string {
  return pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
}
