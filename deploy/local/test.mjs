/**
 * Sets everything up and runs every test: TypeScript's by vitest, the trainer's by pytest.
 *
 *     npm test
 *     npm test -- --without-trainer        without the trainer's tests, and without installing it
 *
 * The last line of stdout is `N passed, N failed`, with `, N skipped` where there are any.
 */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawn } from 'node:child_process';
import { setUp } from './setup.mjs';
import { addTallies, closingLine, tallyOfPytest, tallyOfVitest, withExitStatus } from './setup/tally.mjs';
import { Complaint } from './setup/complaint.mjs';
import { pythonOf } from './setup/python-environments.mjs';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const RESULTS = join(ROOT, '.dialectic', 'test-results');
const trainer = !process.argv.includes('--without-trainer');

function run(program, args, env = process.env) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: ROOT, env, stdio: 'inherit' });
    child.once('error', () => resolve(127));
    child.once('close', (code) => resolve(code ?? 1));
  });
}

async function runVitest() {
  const report = join(RESULTS, 'vitest.json');
  const vitest = join(ROOT, 'node_modules', 'vitest', 'vitest.mjs');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const status = await run(process.execPath, [vitest, 'run', ...reporters]);
  return withExitStatus(tallyOfVitest(report), status);
}

async function runPytest() {
  const report = join(RESULTS, 'pytest.xml');
  const python = pythonOf(join(process.env.DIALECTIC_TOOLS || join(ROOT, '.dialectic'), 'python'));
  const status = await run(python, ['-m', 'pytest', 'trainer', '-q', `--junitxml=${report}`]);
  return withExitStatus(tallyOfPytest(report), status);
}

let tally = { passed: 0, failed: 1, skipped: 0 };
try {
  await setUp({ trainer });
  rmSync(RESULTS, { recursive: true, force: true });
  mkdirSync(RESULTS, { recursive: true });
  tally = await runVitest();
  if (trainer) tally = addTallies(tally, await runPytest());
} catch (error) {
  console.error(error instanceof Complaint ? `${error.what}\n${error.remedy}` : error);
}
if (existsSync(RESULTS)) writeFileSync(join(RESULTS, 'closing-line'), `${closingLine(tally)}\n`);
console.log(`\n${closingLine(tally)}`);
process.exitCode = tally.failed > 0 ? 1 : 0;
