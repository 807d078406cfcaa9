import { writeFile } from 'node:fs/promises';
import type { DatabaseSession } from '../core/database.js';
import { InvalidInputError, NotFoundError } from '../core/errors.js';
import { groupBy } from '../core/evaluate/group-by.js';
import type { EvaluationItem, ItemOutcome, Prediction } from '../core/evaluate/outcome.js';
import { scorePredictions } from '../core/evaluate/score-predictions.js';
import { summarise, type EvaluationSummary } from '../core/evaluate/summarise.js';
import { openDatabase } from '../dialects/open-database.js';
import { dialects } from '../dialects/registry.js';
import { DatabasePool } from '../dialects/sandbox/pool.js';
import { findDatabase } from './find-database.js';
import { readGold, readPredictions } from './gold-files.js';
import { formatTable } from './output.js';
import { scoreTestSuite } from './test-suite.js';

export interface EvalRequest {
  gold: string;
  pred: string;
  databases: string;
  dialect?: string;
  testSuite?: string;
  skipMissing: boolean;
  timeoutMs: number;
  out?: string;
  progress: (sentence: string) => void;
}

export interface EvalDocument extends EvaluationSummary {
  testSuite?: number;
  /** Questions left out because their database is missing. */
  skipped: number;
  seconds: number;
}

/** Evaluation alone: files in, numbers out. */
export async function runEval(request: EvalRequest): Promise<{ document: EvalDocument; text: () => string }> {
  const started = performance.now();
  if (!(request.timeoutMs > 0))
    throw new InvalidInputError('--timeout is not a number of milliseconds.', 'Give one above 0.');
  const gold = await readGold(request.gold, request.dialect);
  const predictions = await readPredictions(request.pred, gold);
  for (const { dialect } of gold) manifestOf(dialect);
  const all = gold.map((item, at) => ({ item, prediction: predictions[at]! }));
  const rows = all.filter(({ item }) => isThere(item, request));
  if (rows.length === 0) {
    throw new NotFoundError(
      `${request.databases} has none of the databases of ${request.gold}.`,
      'Give the folder that holds them.',
    );
  }
  const outcomes = await score(rows, request);
  const testSuite = request.testSuite
    ? await scoreTestSuite(outcomes, {
        folder: request.testSuite,
        timeoutMs: request.timeoutMs,
        progress: request.progress,
      })
    : undefined;
  if (request.out) await writeFile(request.out, outcomes.map((outcome) => `${JSON.stringify(outcome)}\n`).join(''));
  const document: EvalDocument = {
    ...summarise(outcomes),
    ...(testSuite === undefined ? {} : { testSuite }),
    skipped: all.length - rows.length,
    seconds: Math.round(performance.now() - started) / 1000,
  };
  return { document, text: () => describe(document) };
}

function isThere({ database, dialect }: EvaluationItem, { databases, skipMissing }: EvalRequest): boolean {
  try {
    findDatabase(databases, database, dialect);
    return true;
  } catch (error) {
    if (skipMissing && error instanceof NotFoundError) return false;
    throw error;
  }
}

/** Dialect by dialect and database by database, so that few databases are open at once; outcomes in the given order. */
async function score(
  rows: { item: EvaluationItem; prediction: Prediction }[],
  { databases, timeoutMs, progress }: EvalRequest,
): Promise<ItemOutcome[]> {
  const outcomes = new Map<EvaluationItem, ItemOutcome>();
  const groups = groupBy(rows, ({ item }) => `${item.dialect} ${item.database}`);
  const pool = new DatabasePool();
  try {
    for (const group of groups.values()) {
      const { dialect, database } = group[0]!.item;
      const session: DatabaseSession = await openDatabase(findDatabase(databases, database, dialect), { pool });
      try {
        const scored = await scorePredictions({
          items: group.map(({ item }) => item),
          predictions: group.map(({ prediction }) => prediction),
          dialect: manifestOf(dialect),
          dialects: Object.values(dialects).map(({ manifest }) => manifest),
          session: () => Promise.resolve(session),
          limits: { timeoutMs },
        });
        scored.forEach((outcome, at) => outcomes.set(group[at]!.item, outcome));
      } finally {
        await session.close();
      }
      progress(`${outcomes.size} of ${rows.length} questions, ${database} done.`);
    }
  } finally {
    await pool.close();
  }
  return rows.map(({ item }) => outcomes.get(item)!);
}

function manifestOf(dialect: string) {
  const known = dialects[dialect];
  if (known) return known.manifest;
  throw new InvalidInputError(`There is no dialect "${dialect}".`, `Use one of ${Object.keys(dialects).join(', ')}.`);
}

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

function describe(document: EvalDocument): string {
  const { n, ex, exCi, exNonEmpty, nonEmpty, em, bleu2, valid, testSuite, skipped, defects } = document;
  const lines = [
    formatTable(
      ['Measure', 'Value', ''],
      [
        ['execution accuracy', percent(ex), `95 % interval ${percent(exCi[0])} to ${percent(exCi[1])}, ${n} questions`],
        ['of gold with rows', percent(exNonEmpty), `${nonEmpty} questions`],
        ...(testSuite === undefined ? [] : [['test suite', percent(testSuite), 'on every variant of the database']]),
        ['exact match', percent(em), ''],
        ['BLEU-2', percent(bleu2), ''],
        ['valid SQL', percent(valid), ''],
      ],
    ),
    '',
    formatTable(
      ['Hardness', 'Questions', 'Execution accuracy'],
      Object.entries(document.byHardness).map(([name, share]) => [name, String(share.n), percent(share.ex)]),
    ),
  ];
  const errors = Object.entries(document.errors).sort(([, a], [, b]) => b - a);
  if (errors.length > 0) {
    lines.push(
      '',
      formatTable(
        ['Error', 'Questions'],
        errors.map(([kind, count]) => [kind, String(count)]),
      ),
    );
  }
  if (defects.length > 0)
    lines.push(
      '',
      `${defects.length} gold statements have a defect: ${defects.map(({ id, reason }) => `${id} (${reason})`).join(', ')}`,
    );
  if (skipped > 0) lines.push('', `${skipped} questions were left out: their database is missing.`);
  return lines.join('\n');
}
