import { writeFile } from 'node:fs/promises';
import { defaultLimits, type ExecutionLimits } from '../core/database.js';
import { InvalidInputError, NotFoundError } from '../core/errors.js';
import { groupBy } from '../core/evaluate/group-by.js';
import { errorKinds, type EvaluationItem, type ItemOutcome, type Prediction } from '../core/evaluate/outcome.js';
import { chooseExamples, type ReportExample } from '../core/evaluate/report.js';
import { scorePredictions, type GoldResults } from '../core/evaluate/score-predictions.js';
import { semanticsNames, semanticsOf, type Semantics, type SemanticsName } from '../core/evaluate/semantics.js';
import { summarise, type EvaluationSummary } from '../core/evaluate/summarise.js';
import { bleuTokens, corpusBleu } from '../core/metrics/bleu.js';
import { mean } from '../core/metrics/bootstrap.js';
import { comparePaired, type PairedComparison } from '../core/metrics/paired.js';
import { setParts } from '../core/metrics/set-match.js';
import { openDatabase } from '../dialects/open-database.js';
import { dialects } from '../dialects/registry.js';
import { describeEval } from './describe-eval.js';
import { findDatabase } from './find-database.js';
import { readGold, readPredictions } from './gold-files.js';
import { openLanes, type Lanes } from './in-lanes.js';
import { runTestSuite, type TestSuiteResult } from './test-suite.js';

export interface EvalRequest {
  gold: string;
  pred: string;
  /** Predictions of other models, compared with the first. */
  compare: readonly string[];
  databases: string;
  dialect?: string;
  testSuite?: string;
  semantics: string;
  /** With Spider's semantics: leave DISTINCT in. */
  keepDistinct: boolean;
  /** Orders of BLEU beside 2. */
  bleu: readonly number[];
  skipMissing: boolean;
  timeoutMs: number;
  /** Engine processes side by side; as many as there are cores where absent. */
  workers?: number;
  out?: string;
  progress: (sentence: string) => void;
}

export interface EvalDocument extends EvaluationSummary {
  semantics: SemanticsName;
  /** Spider's exact set match: parts of the statement, values left out. */
  setMatch: number;
  /** BLEU by order, where others than 2 were asked for. */
  bleu?: Record<string, number>;
  testSuite?: number;
  /** Gold statements that do not run on a variant of their database; the variant says nothing of their answers. */
  variantDefects?: TestSuiteResult['defects'];
  /** A few wrong answers of each kind. */
  examples: Omit<ReportExample, 'model' | 'split'>[];
  /** The other models, and how the first differs from each. */
  compared?: (ModelDocument & { pred: string; paired: PairedComparison })[];
  /** Questions left out because their database is missing. */
  skipped: number;
  seconds: number;
}

/** An outcome as `--out` keeps it. */
export interface EvalOutcome extends ItemOutcome {
  /** The file of the prediction. */
  pred: string;
  setMatch: boolean;
  /** The first variant of the database on which the answer is another than the gold's. */
  failedOn?: string;
}

/** A question with each model's prediction. */
interface Row {
  item: EvaluationItem;
  predictions: Prediction[];
}

/** Larger than what stages pass on, since published evaluations know no limit. */
const LARGEST_RESULT = { maxRows: 100_000, maxBytes: 64_000_000 };
/** At most one of each kind of error. */
const EXAMPLES = errorKinds.length;

/** Evaluation alone: files in, numbers out. */
export async function runEval(request: EvalRequest): Promise<{ document: EvalDocument; text: () => string }> {
  const started = performance.now();
  const name = semanticsName(request);
  const semantics = semanticsOf(name, request);
  const limits = { ...defaultLimits, ...LARGEST_RESULT, timeoutMs: request.timeoutMs };
  const gold = await readGold(request.gold, request.dialect);
  for (const { dialect } of gold) manifestOf(dialect);
  const files = [request.pred, ...request.compare];
  const predictions = await Promise.all(files.map((file) => readPredictions(file, gold)));
  const all = gold.map((item, at): Row => ({ item, predictions: predictions.map((list) => list[at]!) }));
  const rows = all.filter(({ item }) => isThere(item, request));
  if (rows.length === 0) {
    throw new NotFoundError(
      `${request.databases} has none of the databases of ${request.gold}.`,
      'Give the folder that holds them.',
    );
  }
  const lanes = openLanes(request.workers);
  try {
    const scoring: Scoring = { ...request, semantics, limits, lanes };
    const models = await score(rows, scoring);
    const variantDefects = await passTestSuite(models, name, scoring);
    const [outcomes, ...others] = models;
    if (request.out)
      await writeFile(
        request.out,
        models
          .flat()
          .map((one) => `${JSON.stringify(one)}\n`)
          .join(''),
      );
    const compared = others.map((other, at) => ({
      pred: request.compare[at]!,
      paired: comparePaired(hits(outcomes!), hits(other)),
      ...describeModel(other, name, request),
    }));
    const document: EvalDocument = {
      ...describeModel(outcomes!, name, request),
      ...(variantDefects.length > 0 && { variantDefects }),
      ...(compared.length > 0 && { compared }),
      skipped: all.length - rows.length,
      seconds: Math.round(performance.now() - started) / 1000,
    };
    return { document, text: () => describeEval(document) };
  } finally {
    await lanes.close();
  }
}

function semanticsName({ semantics, testSuite, timeoutMs }: EvalRequest): SemanticsName {
  if (!(timeoutMs > 0)) throw new InvalidInputError('--timeout is not a number of milliseconds.', 'Give one above 0.');
  const name = semanticsNames.find((known) => known === semantics);
  if (!name)
    throw new InvalidInputError(`There are no semantics "${semantics}".`, `Use one of ${semanticsNames.join(', ')}.`);
  if (name === 'test-suite' && !testSuite) {
    throw new InvalidInputError(
      'Test-suite accuracy needs variants of the databases.',
      'Name their folder with --test-suite, or choose --semantics spider.',
    );
  }
  return name;
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

interface Scoring extends Omit<EvalRequest, 'semantics'> {
  semantics: Semantics;
  limits: ExecutionLimits;
  lanes: Lanes;
}

/** Each model's outcomes in the questions' order. Dialect by dialect and database by database; a gold's result serves all models. */
async function score(
  rows: Row[],
  { pred, compare, databases, semantics, limits, lanes, progress }: Scoring,
): Promise<EvalOutcome[][]> {
  const scored = new Map<Row, EvalOutcome[]>();
  const groups = groupBy(rows, ({ item }) => `${item.dialect} ${item.database}`);
  await lanes.each(groups.values(), async (group, pool) => {
    const { dialect, database } = group[0]!.item;
    const manifest = manifestOf(dialect);
    const session = await openDatabase(findDatabase(databases, database, dialect), { pool });
    const golds: GoldResults = new Map();
    try {
      const schema = await session.introspect();
      const parts = new Map<string, string | null>();
      const partsOf = (sql: string): string | null => {
        if (!parts.has(sql)) parts.set(sql, setParts(sql, manifest, schema));
        return parts.get(sql)!;
      };
      for (const model of group[0]!.predictions.keys()) {
        const outcomes = await scorePredictions({
          items: group.map(({ item }) => item),
          predictions: group.map(({ predictions }) => predictions[model]!),
          dialect: manifest,
          dialects: Object.values(dialects).map((known) => known.manifest),
          session: () => Promise.resolve(session),
          ...{ limits, semantics, golds },
        });
        outcomes.forEach((outcome, at) => {
          const same = partsOf(outcome.sql) !== null && partsOf(outcome.sql) === partsOf(outcome.predicted);
          scored.set(group[at]!, [
            ...(scored.get(group[at]!) ?? []),
            { ...outcome, pred: [pred, ...compare][model]!, setMatch: same },
          ]);
        });
      }
    } finally {
      await session.close();
    }
    progress(`${scored.size} of ${rows.length} questions, ${database} done.`);
  });
  return rows[0]!.predictions.map((_, model) => rows.map((row) => scored.get(row)![model]!));
}

/** Runs the test suite where there is one, and notes on each outcome where it failed; by test-suite semantics it is wrong then. */
async function passTestSuite(
  models: EvalOutcome[][],
  name: SemanticsName,
  { testSuite, ...options }: Scoring,
): Promise<TestSuiteResult['defects']> {
  if (!testSuite) return [];
  const { failedOn, defects } = await runTestSuite(models.flat(), { ...options, folder: testSuite });
  for (const [outcome, variant] of failedOn) {
    Object.assign(outcome, { failedOn: variant } satisfies Partial<EvalOutcome>);
    if (name === 'test-suite')
      Object.assign(outcome, { correct: false, error: 'wrong-on-variant' } satisfies Partial<EvalOutcome>);
  }
  return defects;
}

const hits = (outcomes: readonly ItemOutcome[]): boolean[] => outcomes.map(({ correct }) => correct);

/** What is said of each model alike. */
type ModelDocument = Omit<EvalDocument, 'compared' | 'skipped' | 'seconds'>;

function describeModel(
  outcomes: readonly EvalOutcome[],
  semantics: SemanticsName,
  { testSuite, bleu }: EvalRequest,
): ModelDocument {
  const share = (test: (outcome: EvalOutcome) => boolean): number => mean(outcomes.map((one) => Number(test(one))));
  const pairs = outcomes.map(({ predicted, reference }) => ({
    candidate: bleuTokens(predicted),
    reference: bleuTokens(reference),
  }));
  return {
    ...summarise(outcomes),
    semantics,
    setMatch: share((outcome) => outcome.setMatch),
    ...(testSuite && { testSuite: share(({ correct, failedOn }) => correct && failedOn === undefined) }),
    ...(bleu.length > 0 && { bleu: Object.fromEntries(bleu.map((order) => [order, corpusBleu(pairs, order)])) }),
    examples: chooseExamples(outcomes, { model: '', split: '', right: 0, wrong: EXAMPLES }).map(
      ({ model: _model, split: _split, ...example }) => example,
    ),
  };
}

function manifestOf(dialect: string) {
  const known = dialects[dialect];
  if (known) return known.manifest;
  throw new InvalidInputError(`There is no dialect "${dialect}".`, `Use one of ${Object.keys(dialects).join(', ')}.`);
}
