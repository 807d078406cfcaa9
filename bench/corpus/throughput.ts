/**
 * How fast the data stages are, measured in one run on a stack of its own: accepted pairs a second; the pipeline's time (populate and check,
 * one worker, one activity at a time) against the engine's own time for the same accepted statements; one worker process
 * against two, and what the cores had left for a second; and the workers' peak memory by number of pairs.
 *
 *     npx tsx bench/corpus/throughput.ts --dialect sqlite [--pairs 2000] [--workers 1,2] [--memory 1000,10000] [--templates 400]
 */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { withStore } from '../../cli/services.js';
import { findDataset, pairsOf } from '../../cli/find-dataset.js';
import { workerProgram } from '../../deploy/local/workers.js';
import { openDatabase } from '../../dialects/open-database.js';
import { projectRoot } from '../../schema/home.js';

const { values: flags } = parseArgs({
  options: {
    dialect: { type: 'string', default: 'sqlite' },
    pairs: { type: 'string', default: '2000' },
    workers: { type: 'string', default: '1,2' },
    memory: { type: 'string', default: '' },
    templates: { type: 'string', default: '400' },
  },
});
const numbers = (list: string): number[] => list.split(',').filter(Boolean).map(Number);

const dialectic = join(projectRoot(), 'bin', 'dialectic');
const parent = join(projectRoot(), '.dialectic');
mkdirSync(parent, { recursive: true });
const home = mkdtempSync(join(parent, 'bench-home-'));
process.env.DIALECTIC_HOME = home;
process.env.DIALECTIC_LOG_LEVEL = 'warn';
const command = async (...args: string[]): Promise<string> =>
  (await promisify(execFile)(dialectic, [...args, '--quiet'], { maxBuffer: 1e9 })).stdout;

interface Measured {
  dataset: string;
  accepted: number;
  seconds: number;
  /** Cores of the machine that were busy, on average; null where the system does not tell. */
  busy: number | null;
  /** Peak resident bytes, by pool; each with the processes below it that still live. */
  peaks: Record<string, number>;
}

/** Seeds taken so far: two runs of one seed have shards in common, and the second would find them finished. */
let seeds = 0;

/** Runs populate and check for `pairs` pairs with so many workers, each doing one activity at a time. */
async function measure(name: string, pairs: number, workers: number): Promise<Measured> {
  const seed = ++seeds;
  const spec = writeSpec(name, seed, pairs);
  const children = Array.from({ length: workers }, () => startWorker('sql'));
  const others = Object.fromEntries(['control', 'io', 'llm'].map((pool) => [pool, startWorker(pool)]));
  const all = [...children, ...Object.values(others)];
  try {
    // What comes before is done, and the databases are open, when the clock starts.
    await command('run', spec, '--only', 'expand', '--json');
    await command('run', writeSpec(`${name}-warm`, 1000 + seed, 400, 10), '--only', 'check', '--json');
    const [started, idle] = [performance.now(), idleSeconds()];
    const output = await command('run', spec, '--only', 'check', '--json');
    const seconds = (performance.now() - started) / 1000;
    const busy = idle === null ? null : cpus().length - (idleSeconds()! - idle) / seconds;
    const document = JSON.parse(output.trim().split('\n').at(-1)!) as { datasets: { id: string; pairs: number }[] };
    const sql = children.reduce((sum, { pid }) => sum + peakOf(pid!), 0);
    const peaks = { sql, ...mapValues(others, ({ pid }) => peakOf(pid!)) };
    return { dataset: document.datasets[0]!.id, accepted: document.datasets[0]!.pairs, seconds, busy, peaks };
  } finally {
    await Promise.all(all.map(stop));
  }
}

/** @param batch pairs a shard; the spec's default where absent */
function writeSpec(name: string, seed: number, pairs: number, batch?: number): string {
  const file = join(home, `${name}.json`);
  const databases = ['retail', 'hospital', 'university', 'airline'].map((domain) => `sample:${domain}`);
  const seedPairs = Math.round(pairs / 3);
  writeFileSync(
    file,
    JSON.stringify({
      ...{ name, seed, dialects: [flags.dialect], databases: { known: databases } },
      expand: { target: Number(flags.templates) },
      populate: { seedPairs, pairs: pairs - seedPairs, unseenPairs: 0, ...(batch !== undefined && { batch }) },
    }),
  );
  return file;
}

function startWorker(pools: string): ChildProcess {
  const env = { ...process.env, DIALECTIC_SLOTS: 'sql=1,llm=1' };
  return spawn(process.execPath, [...workerProgram(), pools], { stdio: 'ignore', env });
}

function stop(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}

/** Seconds that the machine's cores had nothing to do since it started, summed. Linux's /proc; null elsewhere. */
function idleSeconds(): number | null {
  try {
    return Number(readFileSync('/proc/uptime', 'utf8').split(' ')[1]);
  } catch {
    return null;
  }
}

const mapValues = <In, Out>(record: Record<string, In>, map: (value: In) => Out): Record<string, Out> =>
  Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));

/** Peak resident bytes of a process and of those below it that still live. Linux's /proc; 0 elsewhere. */
function peakOf(pid: number): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const own = Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024;
    const below = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim().split(' ').filter(Boolean),
    );
    return own + below.reduce((sum, child) => sum + peakOf(Number(child)), 0);
  } catch {
    return 0;
  }
}

/** The engine's own seconds for a dataset's statements, one after the other in one process. */
async function engineSeconds(dataset: string): Promise<{ seconds: number; statements: number }> {
  const pairs = await withStore(async (db, store) => {
    const found = await findDataset(db, dataset);
    const splits = ['seeds', 'train', 'validation', 'heldout', 'unseen'] as const;
    const lists = await Promise.all(splits.slice(1).map((split) => pairsOf(store, found, split)));
    return lists.flat();
  });
  let ms = 0;
  for (const name of new Set(pairs.map(({ database }) => database))) {
    const session = await openDatabase({ name, dialect: flags.dialect, url: `sample:${name}` });
    for (const { sql } of pairs.filter(({ database }) => database === name))
      ms += (await session.execute(sql, { maxRows: 1_001 })).ms;
    await session.close();
  }
  return { seconds: ms / 1000, statements: pairs.length };
}

const print = (line: string): void => void process.stdout.write(`${line}\n`);
try {
  await command('up', '--no-workers');
  const pairs = Number(flags.pairs);
  const byWorkers = new Map<number, Measured>();
  for (const workers of numbers(flags.workers)) {
    const measured = await measure(`speed-${workers}`, pairs, workers);
    byWorkers.set(workers, measured);
    const rate = measured.accepted / measured.seconds;
    const busy = measured.busy === null ? '' : `, ${measured.busy.toFixed(2)} of ${cpus().length} cores busy`;
    print(
      `${flags.dialect}, ${workers} worker${workers === 1 ? '' : 's'}: ${measured.accepted} accepted pairs in ${measured.seconds.toFixed(1)} s, ${rate.toFixed(1)} a second${busy}`,
    );
  }
  const one = byWorkers.get(1);
  const two = byWorkers.get(2);
  if (one) {
    const engine = await engineSeconds(one.dataset);
    print(
      `engine alone: ${engine.statements} statements in ${engine.seconds.toFixed(1)} s; pipeline / engine = ${(one.seconds / engine.seconds).toFixed(2)}`,
    );
  }
  // Each run has a seed of its own, so the accepted pairs differ a little: rates are compared, not seconds.
  if (one && two) {
    const ratio = two.accepted / two.seconds / (one.accepted / one.seconds);
    const limit = one.busy === null ? '' : `; all cores busy would be ${(cpus().length / one.busy).toFixed(2)}`;
    print(`two workers / one = ${ratio.toFixed(2)} times the pairs a second${limit}`);
  }
  for (const count of numbers(flags.memory)) {
    const { accepted, seconds, peaks } = await measure(`memory-${count}`, count, 1);
    const mebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(0);
    const total = Object.values(peaks).reduce((sum, bytes) => sum + bytes, 0);
    const each = Object.entries(peaks).map(([pool, bytes]) => `${pool} ${mebibytes(bytes)}`);
    print(
      `${count} pairs: ${accepted} accepted in ${seconds.toFixed(1)} s, workers' peak ${mebibytes(total)} MiB (${each.join(', ')})`,
    );
  }
} finally {
  await command('down').catch(() => undefined);
  rmSync(home, { recursive: true, force: true });
}
