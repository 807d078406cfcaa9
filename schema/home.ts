import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where Dialectic keeps things on this machine. All paths are absolute. */
export interface Home {
  /** The checkout or the installed package: the folder of package.json. */
  root: string;
  /** What set-up installed and every home shares: Python, server programs, GoogleSQL. */
  tools: string;
  /** State of one local stack: data, credentials, logs, process records. */
  state: string;
  python: string;
  googlesql: string;
  /** Addresses and credentials of the embedded servers that run now (mode 600). */
  stackFile: string;
  logs: string;
}

/** The folder that holds this package's package.json, for sources and for the built JavaScript alike. */
export function projectRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!isProject(folder)) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('Dialectic is not inside its package folder.');
    folder = parent;
  }
  return folder;
}

/**
 * Finds the folders. `DIALECTIC_HOME` moves a stack's state, `DIALECTIC_TOOLS` the installed programs; two stacks with
 * two homes live side by side. An npm installation keeps both in the user's home, because an upgrade empties its own folder.
 */
export function locateHome(env: NodeJS.ProcessEnv = process.env): Home {
  const root = projectRoot();
  const usual = join(root.split(sep).includes('node_modules') ? homedir() : root, '.dialectic');
  const tools = resolve(env.DIALECTIC_TOOLS || usual);
  const state = resolve(env.DIALECTIC_HOME || usual);
  return {
    root,
    tools,
    state,
    python: resolve(env.DIALECTIC_PYTHON || join(tools, 'python', 'bin', 'python')),
    googlesql: join(tools, 'googlesql'),
    stackFile: join(state, 'stack.json'),
    logs: join(state, 'logs'),
  };
}

function isProject(folder: string): boolean {
  const file = join(folder, 'package.json');
  return existsSync(file) && (JSON.parse(readFileSync(file, 'utf8')) as { name?: string }).name === 'dialectic';
}
