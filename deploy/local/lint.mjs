/**
 * Every static check, one after the other; all of them run, so that one pass shows all that is to be mended.
 *
 *     npm run lint
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProgram } from './setup/run-program.mjs';
import { pythonOf } from './setup/python-environments.mjs';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const bin = (name) => join(ROOT, 'node_modules', '.bin', name);
const python = pythonOf(join(process.env.DIALECTIC_TOOLS || join(ROOT, '.dialectic'), 'python'));

// One configuration for all Python, wherever it lies.
const RUFF = ['--config', 'trainer/pyproject.toml', 'trainer', 'deploy'];

const checks = [
  ['prettier', bin('prettier'), ['--check', '--log-level', 'warn', '.']],
  ['tsc', bin('tsc'), ['--noEmit', '-p', '.']],
  ['tsc in the browser', bin('tsc'), ['-p', 'web/playground/client']],
  ['tsc of browser tests', bin('tsc'), ['-p', 'test/browser']],
  ['eslint', bin('eslint'), ['--max-warnings', '0', '.']],
  ['dependency-cruiser', bin('depcruise'), ['--config', '.dependency-cruiser.cjs', '--output-type', 'err', '.']],
  ['knip', bin('knip'), []],
  ['ruff check', python, ['-m', 'ruff', 'check', ...RUFF]],
  ['ruff format', python, ['-m', 'ruff', 'format', '--check', ...RUFF]],
];

const failed = [];
for (const [name, program, args] of checks) {
  if (program === python && !existsSync(python)) {
    console.log(`skipped  ${name}: the trainer is not installed`);
    continue;
  }
  const began = Date.now();
  const { status, output } = await runProgram(program, args, { cwd: ROOT });
  const seconds = ((Date.now() - began) / 1000).toFixed(1);
  console.log(`${status === 0 ? 'ok      ' : 'failed  '} ${name} (${seconds} s)`);
  if (status !== 0) {
    failed.push(name);
    console.log(output.trim());
  }
}
if (failed.length > 0) {
  console.error(`Lint failed: ${failed.join(', ')}.`);
  process.exitCode = 1;
}
