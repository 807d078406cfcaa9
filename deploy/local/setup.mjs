/**
 * Sets everything up: npm packages, Python environments, server programs, the build.
 *
 *     node deploy/local/setup.mjs [--without-trainer]
 *
 * Says what it will download and how much before it starts. What is done already is skipped, so it can be run at any
 * time; a run that was cut short is taken up where it stopped. Needs Node, npm and Python with venv, and nothing else.
 */
import { existsSync, statfsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Complaint } from './setup/complaint.mjs';
import { findPython, oldestPython, oldestPythonOfTrainer } from './setup/find-python.mjs';
import { runProgram } from './setup/run-program.mjs';
import { alone } from './setup/setup-lock.mjs';
import { steps } from './setup/steps.mjs';

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const OLDEST_NODE = [20, 19];
const say = (line) => process.stderr.write(`${line}\n`);

/** @param {{trainer?: boolean, env?: NodeJS.ProcessEnv}} [options] */
export async function setUp({ trainer = true, env = process.env } = {}) {
  requireNode(process.versions.node);
  const tools = resolve(env.DIALECTIC_TOOLS || join(ROOT, '.dialectic'));
  const groups = steps({ root: ROOT, tools, trainer });
  const pending = groups.flat().filter((step) => !step.isDone());
  if (pending.length === 0) return;
  announce(pending);
  requireSpace(tools, pending);
  await requireNpm(pending);
  const python = pending.some((step) => step.needsPython)
    ? (await findPython(env, trainer ? oldestPythonOfTrainer : oldestPython)).path
    : '';
  await alone(tools, async () => {
    for (const group of groups)
      await runTogether(
        group.filter((step) => pending.includes(step)),
        python,
      );
  });
}

async function runTogether(group, python) {
  const outcomes = await Promise.allSettled(
    group.map(async (step) => {
      const began = Date.now();
      await step.run(python);
      say(`  ${step.title}: done in ${((Date.now() - began) / 1000).toFixed(0)} s`);
    }),
  );
  const failure = outcomes.find(({ status }) => status === 'rejected');
  if (failure) throw failure.reason;
}

function announce(pending) {
  const total = sum(pending, 'download');
  say(
    `Setting up Dialectic: ${total ? `about ${size(total)} to download, ` : ''}${size(sum(pending, 'disk'))} of disk.`,
  );
  for (const { title, download, disk } of pending)
    say(`  ${title}: ${download ? `${size(download)} to download, ` : ''}${size(disk)} of disk`);
}

function requireNode(version) {
  const [major, minor] = version.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  throw new Complaint(`Node ${version} is too old.`, `Install Node ${OLDEST_NODE.join('.')} or later.`);
}

async function requireNpm(pending) {
  if (!pending.some(({ title }) => title === 'npm packages')) return;
  const { status } = await runProgram('npm', ['--version'], { cwd: ROOT });
  if (status !== 0)
    throw new Complaint('npm was not found.', 'Install npm, which comes with Node, and run set-up again.');
}

/** Unpacking takes some room beside what stays, hence a tenth more. */
function requireSpace(tools, pending) {
  const needed = sum(pending, 'disk') * 1.1;
  let folder = tools;
  while (!existsSync(folder)) folder = dirname(folder);
  const { bavail, bsize } = statfsSync(folder);
  if (bavail * bsize >= needed) return;
  throw new Complaint(
    `Set-up needs ${size(needed)} on the disk of ${tools}, and ${size(bavail * bsize)} are free.`,
    'Free some space, set DIALECTIC_TOOLS to a folder on a larger disk, or leave the trainer out with --without-trainer.',
  );
}

const sum = (list, field) => list.reduce((total, step) => total + step[field], 0);

/** @param {number} bytes */
function size(bytes) {
  return bytes >= 1024 ** 3 ? `${(bytes / 1024 ** 3).toFixed(1)} GiB` : `${Math.ceil(bytes / 1024 ** 2)} MiB`;
}

async function main() {
  const known = ['--without-trainer'];
  const unknown = process.argv.slice(2).find((argument) => !known.includes(argument));
  if (unknown) {
    say(`Set-up does not know ${unknown}. Use it without arguments, or with --without-trainer.`);
    process.exitCode = 2;
    return;
  }
  try {
    await setUp({ trainer: !process.argv.includes('--without-trainer') });
  } catch (error) {
    if (!(error instanceof Complaint)) throw error;
    say(`${error.what}\n${error.remedy}`);
    process.exitCode = 1;
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
