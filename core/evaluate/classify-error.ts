import type { ExecutionOutcome } from '../database.js';
import type { DialectManifest } from '../dialect.js';
import { aggregates } from '../sql/aggregates.js';
import type { Expr, Query, Select } from '../sql/ast.js';
import { keywordsOf } from '../sql/keywords.js';
import { printExpr } from '../sql/printer.js';
import { isFromItem, joins, walk } from '../sql/walk.js';
import type { ErrorKind } from './outcome.js';
import { tryParse } from './read-sql.js';

export interface WrongAnswer {
  predicted: string;
  gold: Query | null;
  outcome: ExecutionOutcome;
  /** Whether the gold returns rows. */
  goldHasRows: boolean;
  dialect: DialectManifest;
  /** Every dialect, to tell another's SQL from bad SQL. */
  dialects: readonly DialectManifest[];
}

const unknownTable = /no such table|relation .* does not exist|missing FROM-clause|table not found|unknown table/i;
const unknownColumn =
  /no such column|column .* does not exist|unrecognized name|name .* not found inside|unknown column/i;
const syntax = /syntax|unrecognized token|incomplete input|unterminated|expected .* but got|parse error/i;

/** Why a prediction is not the gold's: by the engine's message where it did not run, by what differs from the gold where it did. */
export function classifyError(answer: WrongAnswer): ErrorKind {
  const { outcome, predicted, dialect } = answer;
  if (predicted.trim() === '') return 'no-answer';
  if (outcome.kind === 'rows') return outcome.truncated ? 'too-large' : classifyResult(answer, outcome.rows.length);
  if (outcome.kind === 'timeout') return 'timeout';
  if (outcome.kind === 'not-executable') return 'not-executable';
  if (outcome.kind === 'runtime-error' || outcome.kind === 'crash') return 'runtime-error';
  if (isForeign(answer)) return 'wrong-dialect';
  if (unknownTable.test(outcome.message)) return 'unknown-table';
  if (unknownColumn.test(outcome.message)) return 'unknown-column';
  if (syntax.test(outcome.message) || tryParse(predicted, dialect) === null) return 'syntax';
  return 'invalid';
}

/** The statement is refused here, but reads as another dialect or uses what only another has. */
function isForeign({ predicted, dialect, dialects }: WrongAnswer): boolean {
  const own = new Set(dialect.distinctiveKeywords);
  const others = dialects.filter(({ name }) => name !== dialect.name);
  const query = tryParse(predicted, dialect);
  if (!query) return others.some((other) => tryParse(predicted, other) !== null);
  const used = keywordsOf(query);
  return others.some((other) => other.distinctiveKeywords.some((word) => !own.has(word) && used.includes(word)));
}

function classifyResult({ predicted, gold, goldHasRows, dialect }: WrongAnswer, rows: number): ErrorKind {
  const query = tryParse(predicted, dialect);
  if (!query || !gold) return rows === 0 && goldHasRows ? 'empty-result' : 'other';
  const [a, b] = [partsOf(gold, dialect), partsOf(query, dialect)];
  if (a.tables !== b.tables) return 'wrong-table';
  if (a.joins !== b.joins) return 'wrong-join';
  if (a.aggregates !== b.aggregates) return 'wrong-aggregate';
  if (a.groups !== b.groups) return 'wrong-grouping';
  if (a.filters !== b.filters) return 'wrong-filter';
  if (rows === 0 && goldHasRows) return 'empty-result';
  if (a.columns !== b.columns) return 'wrong-columns';
  if (a.order !== b.order) return 'wrong-order';
  return 'other';
}

/** What statements are compared by; names without their qualifiers, which say the same in many ways. */
function partsOf(query: Query, dialect: DialectManifest): Record<string, string> {
  const selects: Select[] = [];
  const tables: string[] = [];
  const order: string[] = [];
  walk(query, (node) => {
    if (isFromItem(node) && node.kind === 'table') tables.push(node.name.at(-1)!.toLowerCase());
    if (node.kind === 'select') selects.push(node);
    if (node.kind === 'query') {
      for (const item of node.orderBy) order.push(`${text(item.expr, dialect)} ${item.descending}`);
      if (node.limit) order.push(`limit ${text(node.limit, dialect)}`);
    }
  });
  const each = (read: (select: Select) => string[]): string => selects.flatMap(read).sort().join('; ');
  return {
    tables: [...new Set(tables)].sort().join('; '),
    joins: each(({ from }) =>
      joins(from).map((join) => `${join.type} ${join.on ? sides(join.on, dialect) : join.using.join()}`),
    ),
    aggregates: aggregates(query)
      .map((call) => `${call.name} ${call.distinct} ${call.args.map((arg) => text(arg, dialect)).join()}`)
      .sort()
      .join('; '),
    groups: each(({ groupBy }) =>
      groupBy.map((item) => (item.kind === 'expr' ? text(item.expr, dialect) : JSON.stringify(item))),
    ),
    filters: each(({ where, having, qualify }) =>
      [where, having, qualify].map((expr) => (expr ? text(expr, dialect) : '')),
    ),
    columns: each(({ items, distinct }) => [String(distinct), ...items.map((item) => text(item.expr, dialect))]),
    order: order.join('; '),
  };
}

const text = (expr: Expr, dialect: DialectManifest): string =>
  printExpr(expr, dialect)
    .replace(/[\p{L}_][\p{L}\p{N}_]*\./gu, '')
    .toLowerCase();

/** `a = b` and `b = a` join alike. */
const sides = (expr: Expr, dialect: DialectManifest): string =>
  expr.kind === 'binary' && expr.operator === '='
    ? [text(expr.left, dialect), text(expr.right, dialect)].sort().join(' = ')
    : text(expr, dialect);
