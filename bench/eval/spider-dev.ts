/**
 * Spider's dev set with its test suite, by `dialectic eval` and by a straightforward Python evaluation (reference.py), one after the other on
 * the same cores: time, processor time, and every question on which they disagree.
 *
 *     npx tsx bench/eval/spider-dev.ts [--data ../shared/data] [--models 1b,3b,7b,15b] [--databases concert_singer,car_1]
 *         [--semantics spider] [--workers 2] [--single] [--models-only]
 *
 * `--single` leaves the variants out. The gold itself is the last model, and must score 100 %; `--models-only` leaves it out.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { EvalOutcome } from '../../cli/run-eval.js';
import { projectRoot } from '../../schema/home.js';

const { values: flags } = parseArgs({
  options: {
    data: { type: 'string', default: join(projectRoot(), '..', 'shared', 'data') },
    models: { type: 'string', default: '1b,3b,7b,15b' },
    databases: { type: 'string', default: '' },
    semantics: { type: 'string', default: 'spider' },
    workers: { type: 'string', default: String(availableParallelism()) },
    single: { type: 'boolean', default: false },
    'models-only': { type: 'boolean', default: false },
  },
});
const spider = join(flags.data, 'spider');
const folder = mkdtempSync(join(tmpdir(), 'dialectic-bench-'));

interface Question {
  db_id: string;
  question: string;
  query: string;
}

/** The questions whose database is there, as files that both evaluations read. */
function writeFiles(): { gold: string; preds: string[]; questions: Question[] } {
  const wanted = flags.databases.split(',').filter(Boolean);
  const all = JSON.parse(readFileSync(join(spider, 'dev.public.json'), 'utf8')) as Question[];
  const chosen = all.map(
    ({ db_id }) =>
      existsSync(join(spider, 'database', db_id, `${db_id}.sqlite`)) && (wanted.length === 0 || wanted.includes(db_id)),
  );
  const write = (name: string, rows: object[]): string => {
    const file = join(folder, name);
    writeFileSync(file, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    return file;
  };
  const questions = all
    .filter((_, at) => chosen[at])
    .map(({ db_id, question, query }, id) => ({ id: String(id), db_id, question, query }));
  const preds = flags.models.split(',').map((model) => {
    const file = join(flags.data, 'peer_baselines', 'codes', `codes-${model}.public.jsonl`);
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    const predictions = lines.filter((_, at) => chosen[at]).map((line) => JSON.parse(line) as { pred: string });
    return write(
      `codes-${model}.jsonl`,
      predictions.map(({ pred }, id) => ({ id: String(id), pred })),
    );
  });
  const goldItself = questions.map(({ id, query }) => ({ id, pred: query }));
  if (!flags['models-only']) preds.push(write('gold-itself.jsonl', goldItself));
  return { gold: write('gold.jsonl', questions), preds, questions };
}

interface Measured {
  seconds: number;
  cpuSeconds: number;
  output: string;
}

/** Runs a program and sums the processor time of it and all below it, looked at four times a second. */
async function measure(program: string, args: string[]): Promise<Measured> {
  const started = performance.now();
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  const used = new Map<number, number>();
  const watch = setInterval(() => familyTimes(child.pid!).forEach((ticks, pid) => used.set(pid, ticks)), 250);
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise((resolve) => child.on('close', resolve));
  clearInterval(watch);
  if (code !== 0) throw new Error(`${program} ended with ${String(code)}.`);
  const ticks = [...used.values()].reduce((sum, one) => sum + one, 0);
  return { seconds: (performance.now() - started) / 1000, cpuSeconds: ticks / 100, output };
}

/** User and system time in hundredths of a second, by process (proc(5): fields 4, 14 and 15 of stat). */
function familyTimes(root: number): Map<number, number> {
  const processes = new Map<number, { parent: number; ticks: number }>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      processes.set(Number(name), { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) });
    } catch {
      // It ended meanwhile.
    }
  }
  const below = (pid: number): boolean => pid === root || (pid > 1 && below(processes.get(pid)?.parent ?? 0));
  return new Map([...processes].filter(([pid]) => below(pid)).map(([pid, { ticks }]) => [pid, ticks]));
}

const round = (value: number): string => value.toFixed(1);
const readLines = <Row>(file: string): Row[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Row);

try {
  const { gold, preds, questions } = writeFiles();
  const [ourVerdicts, theirVerdicts] = [join(folder, 'ours.jsonl'), join(folder, 'theirs.jsonl')];
  const variants = join(spider, 'testsuite');
  const [python, node] = ['python3', process.execPath];
  console.log(
    `${questions.length} questions, ${preds.length} models, ${flags.workers} workers; load ${round(loadavg()[0]!)}`,
  );

  const theirs = await measure(python, [
    join(projectRoot(), 'bench', 'eval', 'reference.py'),
    ...['--gold', gold, '--pred', ...preds, '--databases', join(spider, 'database')],
    ...['--semantics', flags.semantics, '--workers', flags.workers, '--out', theirVerdicts],
    ...(flags.single ? [] : ['--variants', variants]),
  ]);
  const { executions, sqlite } = JSON.parse(theirs.output) as { executions: number; sqlite: string };
  console.log(
    `reference, SQLite ${sqlite}: ${executions} executions, ${round(theirs.seconds)} s, processor ${round(theirs.cpuSeconds)} s`,
  );

  const ours = await measure(node, [
    ...[join(projectRoot(), 'bin', 'dialectic'), 'eval', '--json', '--quiet', '--gold', gold, '--pred', preds[0]!],
    ...['--compare', ...preds.slice(1), '--databases', join(spider, 'database'), '--semantics', flags.semantics],
    ...['--workers', flags.workers, '--out', ourVerdicts, ...(flags.single ? [] : ['--test-suite', variants])],
  ]);
  console.log(
    `dialectic, wasm SQLite: ${round(ours.seconds)} s, processor ${round(ours.cpuSeconds)} s; ` +
      `${(theirs.seconds / ours.seconds).toFixed(2)} times as fast, ${(theirs.cpuSeconds / ours.cpuSeconds).toFixed(2)} by processor time; load ${round(loadavg()[0]!)}`,
  );

  const outcomes = new Map(
    readLines<EvalOutcome>(ourVerdicts).map((outcome) => [`${outcome.pred} ${outcome.id}`, outcome]),
  );
  for (const pred of preds) {
    const verdicts = readLines<{ pred: string; id: string; correct: boolean }>(theirVerdicts).filter(
      (verdict) => verdict.pred === pred,
    );
    const judged = verdicts.map(({ id, correct }) => ({ correct, outcome: outcomes.get(`${pred} ${id}`)! }));
    const passes = ({ correct, failedOn }: EvalOutcome): boolean => correct && failedOn === undefined;
    const apart = judged.filter(({ correct, outcome }) => correct !== passes(outcome));
    const counts = [judged.filter(({ outcome }) => passes(outcome)), judged.filter(({ correct }) => correct)];
    console.log(
      `${pred.split('/').at(-1)}: dialectic ${counts[0]!.length}, reference ${counts[1]!.length}, disagreements ${apart.length}`,
    );
    for (const { correct, outcome } of apart) {
      const { id, database, sql, predicted, failedOn } = outcome;
      console.log(
        `  ${id} ${database}: reference ${correct ? 'right' : 'wrong'}${failedOn ? `, we fail on ${failedOn}` : ''}`,
      );
      console.log(`    gold      ${sql.replace(/\s+/g, ' ')}\n    predicted ${predicted.replace(/\s+/g, ' ')}`);
    }
  }
} finally {
  rmSync(folder, { recursive: true });
}
