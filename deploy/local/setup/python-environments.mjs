import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { mustRun, runProgram } from './run-program.mjs';

/** @param {string} environment */
export function pythonOf(environment) {
  return process.platform === 'win32' ? join(environment, 'Scripts', 'python.exe') : join(environment, 'bin', 'python');
}

/**
 * uv, which resolves nothing here: it only installs what lockfiles name, fast.
 * @param {{tools: string, python: string, lock: string}} places
 */
export async function installUv({ tools, python, lock }) {
  const folder = join(tools, 'uv');
  rmSync(folder, { recursive: true, force: true });
  await mustRun(python, ['-m', 'venv', folder]);
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'];
  await mustRun(pythonOf(folder), [...install, '--require-hashes', '-r', lock]);
}

/**
 * Makes `environment` hold exactly what the lockfile names.
 * @param {{tools: string, python: string, environment: string, lock: string}} places
 */
export async function syncEnvironment({ tools, python, environment, lock }) {
  const uv = join(tools, 'uv', 'bin', 'uv');
  // The cache is on the environment's disk, so that files are linked and not copied, and it goes when all is in place.
  const cache = `${environment}.cache`;
  const env = {
    ...process.env,
    UV_PYTHON_DOWNLOADS: 'never',
    UV_NO_CONFIG: '1',
    UV_CACHE_DIR: process.env.UV_CACHE_DIR ?? cache,
    ...(process.env.PIP_INDEX_URL && { UV_DEFAULT_INDEX: process.env.UV_DEFAULT_INDEX ?? process.env.PIP_INDEX_URL }),
  };
  const works = existsSync(pythonOf(environment)) && (await runProgram(pythonOf(environment), ['-c', ''])).status === 0;
  if (!works) await mustRun(uv, ['venv', '--clear', '--python', python, environment], { env });
  await mustRun(uv, ['pip', 'sync', '--quiet', '--python', pythonOf(environment), '--require-hashes', lock], { env });
  rmSync(cache, { recursive: true, force: true });
}

/**
 * Google's GoogleSQL as WebAssembly, out of a wheel pinned by hash; nothing of the wheel is run.
 * @param {{tools: string, python: string, lock: string, extract: string}} places
 */
export async function installGoogleSql({ tools, lock, extract }) {
  const download = join(tools, 'googlesql-download');
  const pip = pythonOf(join(tools, 'uv'));
  const args = ['-m', 'pip', 'download', '--quiet', '--disable-pip-version-check', '--no-deps', '--only-binary=:all:'];
  await mustRun(pip, [...args, '--require-hashes', '-r', lock, '-d', download]);
  await mustRun(pip, [extract, download, join(tools, 'googlesql')]);
  rmSync(download, { recursive: true, force: true });
}
