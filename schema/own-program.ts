import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

const require = createRequire(import.meta.url);

/** A program of ours that runs in a process of its own. */
export interface OwnProgram {
  /** Path of the file that the process runs. */
  entry: string;
  /** What Node is told before it. */
  execArgv: string[];
}

/**
 * A program as the caller itself runs: from the sources, through tsx, or from the build.
 * @param caller the caller's `import.meta.url`
 * @param place from the caller to the program, without its ending: `./child`
 */
export function ownProgram(caller: string, place: string): OwnProgram {
  const fromSources = caller.endsWith('.ts');
  const entry = fileURLToPath(new URL(`${place}.${fromSources ? 'ts' : 'js'}`, caller));
  // Not import.meta.resolve, which not every runner of tests has.
  const tsx = (): string => pathToFileURL(require.resolve('tsx')).href;
  return { entry, execArgv: fromSources ? ['--import', tsx()] : [] };
}
