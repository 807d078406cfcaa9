import {
  defaultLimits,
  type DatabaseSession,
  type ExecutionLimits,
  type ExecutionOutcome,
  type FetchedRows,
} from '../database.js';
import type { DialectManifest } from '../dialect.js';
import { exactMatch } from '../metrics/exact-match.js';
import type { Query } from '../sql/ast.js';
import { compareResults } from '../metrics/compare-results.js';
import { classifyError } from './classify-error.js';
import { openGold, type OpenGold } from './open-gold.js';
import type { EvaluationItem, ItemOutcome, Prediction, ResultExcerpt } from './outcome.js';
import { describeSql, tryParse } from './read-sql.js';
import { dialecticSemantics, type Semantics } from './semantics.js';

export interface ScoreInput {
  items: readonly EvaluationItem[];
  /** In the items' order. */
  predictions: readonly Prediction[];
  dialect: DialectManifest;
  /** Every dialect, to tell another's SQL from bad SQL. */
  dialects: readonly DialectManifest[];
  session: (database: string) => Promise<DatabaseSession>;
  limits?: Partial<ExecutionLimits>;
  /** Ours where absent. */
  semantics?: Semantics;
  /** Results of gold statements, kept from one model to the next. */
  golds?: GoldResults;
  onProgress?: (done: number) => void;
  signal?: AbortSignal;
}

/** What a gold statement returns, and why it cannot be trusted if it cannot. */
export interface GoldResult {
  outcome: ExecutionOutcome;
  defect: string | null;
  /** Its tree; null where the parser cannot read it. */
  query: Query | null;
  /** Whether the sequence of its rows counts. */
  ordered: boolean;
  /** What ties leave open of its answer; null: nothing. Found out when an answer differs from it. */
  open?: OpenGold | null;
}
export type GoldResults = Map<string, GoldResult>;

const excerptRows = 5;

/** Runs every prediction and its gold on the item's database and compares them. One statement a database at a time. */
export async function scorePredictions(input: ScoreInput): Promise<ItemOutcome[]> {
  const { items, predictions, session, golds = new Map<string, GoldResult>(), onProgress, signal } = input;
  const { semantics = dialecticSemantics } = input;
  const limits = { ...defaultLimits, ...input.limits };
  const outcomes: ItemOutcome[] = [];
  for (const [at, item] of items.entries()) {
    signal?.throwIfAborted();
    const database = await session(item.database);
    const gold = await goldResult(item, database, limits, golds, input.dialect, semantics);
    outcomes.push(await scoreOne(item, predictions[at]!, gold, database, limits, { ...input, semantics }));
    onProgress?.(at + 1);
  }
  return outcomes;
}

/**
 * Runs a gold statement twice: it must return rows, all of them within the limits, and the same both times, else no
 * prediction can be measured against it.
 */
async function goldResult(
  item: EvaluationItem,
  database: DatabaseSession,
  limits: ExecutionLimits,
  golds: GoldResults,
  dialect: DialectManifest,
  semantics: Semantics,
): Promise<GoldResult> {
  const sql = semantics.statement(item.sql, dialect);
  const key = `${item.dialect}\n${item.database}\n${sql}`;
  const known = golds.get(key);
  if (known) return known;
  const query = tryParse(item.sql, dialect);
  const ordered = semantics.ordered(item.sql, query);
  const outcome = await database.execute(sql, limits);
  const again = outcome.kind === 'rows' ? await database.execute(sql, limits) : outcome;
  const same = (first: FetchedRows, second: FetchedRows) => compareResults(semantics.rule, first, second, { ordered });
  const result = { outcome, defect: defectOf(outcome, again, same), query, ordered };
  golds.set(key, result);
  return result;
}

function defectOf(
  first: ExecutionOutcome,
  second: ExecutionOutcome,
  same: (first: FetchedRows, second: FetchedRows) => boolean,
): string | null {
  if (first.kind !== 'rows') return `${first.kind}: ${first.message}`;
  if (first.truncated) return 'too-large';
  if (second.kind !== 'rows' || !same(first, second)) return 'not the same twice';
  return null;
}

async function scoreOne(
  item: EvaluationItem,
  prediction: Prediction,
  gold: GoldResult,
  database: DatabaseSession,
  limits: ExecutionLimits,
  { dialect, dialects, semantics }: ScoreInput & { semantics: Semantics },
): Promise<ItemOutcome> {
  const predicted = prediction.sql.trim();
  const outcome: ExecutionOutcome =
    predicted === ''
      ? { kind: 'invalid', message: 'There is no statement.', ms: 0 }
      : predicted === item.sql.trim()
        ? gold.outcome
        : await database.execute(semantics.statement(predicted, dialect), limits);
  const goldRows = gold.outcome.kind === 'rows' ? gold.outcome : null;
  const correct =
    gold.defect === null &&
    goldRows !== null &&
    outcome.kind === 'rows' &&
    !outcome.truncated &&
    compareResults(semantics.rule, goldRows, outcome, gold);
  const reference = prediction.reference ?? item.sql;
  const differs = !correct && gold.defect === null && outcome.kind === 'rows';
  if (differs && gold.open === undefined) gold.open = await openOf(gold, database, limits, dialect);
  const open = differs ? gold.open : null;
  const alternative =
    goldRows !== null &&
    outcome.kind === 'rows' &&
    open?.answers.some((rows) => compareResults(semantics.rule, { ...goldRows, rows }, outcome, gold));
  const error =
    gold.defect !== null
      ? 'gold-defect'
      : correct
        ? null
        : classifyError({
            predicted,
            gold: gold.query,
            outcome,
            goldHasRows: (goldRows?.rows.length ?? 0) > 0,
            dialect,
            dialects,
          });
  return {
    ...item,
    predicted,
    ...describeSql(gold.query),
    correct,
    exact:
      predicted !== '' &&
      [...new Set([item.sql, reference])].some((sql) => sql === predicted || exactMatch(sql, predicted, dialect)),
    valid: outcome.kind === 'rows',
    goldEmpty: goldRows?.rows.length === 0,
    error,
    message: outcome.kind === 'rows' ? null : outcome.message,
    goldDefect: gold.defect,
    ...(open && { goldOpen: true as const }),
    ...(alternative && { alternative: true as const }),
    reference,
    goldResult: excerpt(gold.outcome),
    predictedResult: excerpt(outcome),
    ...(prediction.routing ? { routing: prediction.routing } : {}),
  };
}

async function openOf(
  { query, outcome, ordered }: GoldResult,
  database: DatabaseSession,
  limits: ExecutionLimits,
  manifest: DialectManifest,
): Promise<OpenGold | null> {
  if (query === null || outcome.kind !== 'rows') return null;
  const execute = (sql: string): Promise<ExecutionOutcome> => database.execute(sql, limits);
  return openGold(query, outcome.rows.length, ordered, { manifest, execute });
}

function excerpt(outcome: ExecutionOutcome): ResultExcerpt | null {
  if (outcome.kind !== 'rows') return null;
  return { columns: outcome.columns, rows: outcome.rows.slice(0, excerptRows), total: outcome.rows.length };
}
