import type { Expr, FromItem, Privacy, Select, SelectItem } from '../ast.js';
import type { Cursor } from './cursor.js';
import { parseFrom } from './from.js';
import { parseGroups } from './groups.js';
import { parseItem } from './item.js';
import { parseOptions } from './options.js';
import { parseUsingSample } from './sample.js';
import { parseWindow } from './windows.js';

/** One SELECT with its clauses, without order and limit. */
export function parseSelect(cursor: Cursor): Select {
  const select = parseOutputs(cursor);
  if (cursor.is('INTO')) cursor.unsupported('SELECT INTO', true);
  if (cursor.accept('FROM')) select.from = parseFrom(cursor);
  return parseClauses(cursor, select);
}

/** `FROM t` with or without a SELECT after it, and the other clauses. */
export function parseFromFirst(cursor: Cursor): Select {
  cursor.expect('FROM');
  const from = parseFrom(cursor);
  if (cursor.grammar !== 'duckdb') return selectAll(from, true);
  const select = cursor.is('SELECT') ? parseOutputs(cursor) : selectAll(from, true);
  return parseClauses(cursor, { ...select, from, fromFirst: true });
}

/** SELECT * FROM a source. */
export function selectAll(from: FromItem, fromFirst: boolean): Select {
  const star: Expr = { kind: 'star', table: null, except: [], replace: [] };
  const select = { ...emptySelect(), items: [{ expr: star, alias: null }], from };
  return fromFirst ? { ...select, fromFirst } : select;
}

function emptySelect(): Select {
  const outputs = { kind: 'select' as const, distinct: false, distinctOn: [], as: null, items: [], from: null };
  return { ...outputs, where: null, groupBy: [], having: null, qualify: null, windows: [] };
}

/** SELECT with its outputs, up to FROM. */
export function parseOutputs(cursor: Cursor): Select {
  cursor.expect('SELECT');
  const privacy = parsePrivacy(cursor);
  const { distinct, distinctOn } = parseDistinct(cursor);
  const as: Select['as'] = cursor.accept('AS', 'STRUCT') ? 'struct' : cursor.accept('AS', 'VALUE') ? 'value' : null;
  const select = { ...emptySelect(), distinct, distinctOn, as, items: parseItems(cursor) };
  return privacy === null ? select : { ...select, privacy };
}

function parseClauses(cursor: Cursor, select: Select): Select {
  if (cursor.accept('WHERE')) select.where = cursor.expression();
  if (cursor.accept('GROUP', 'BY')) {
    if (cursor.accept('DISTINCT')) select.groupDistinct = true;
    select.groupBy = parseGroups(cursor);
  }
  for (;;) {
    if (cursor.accept('HAVING')) select.having = cursor.expression();
    else if (cursor.accept('QUALIFY')) select.qualify = cursor.expression();
    else if (cursor.is('WINDOW') && cursor.peek(2).value === 'AS') select.windows = parseWindows(cursor);
    else break;
  }
  if (cursor.is('USING', 'SAMPLE')) select.sample = parseUsingSample(cursor);
  return select;
}

/** WITH DIFFERENTIAL_PRIVACY OPTIONS (…) and its kin, after SELECT or AGGREGATE; null where none comes next. */
export function parsePrivacy(cursor: Cursor): Privacy | null {
  if (!cursor.is('WITH') || cursor.isSymbol('(', 1) || cursor.grammar !== 'bigquery') return null;
  cursor.next();
  const word = cursor.name().toUpperCase();
  return { word, options: parseOptions(cursor) };
}

function parseDistinct(cursor: Cursor): { distinct: boolean; distinctOn: Expr[] } {
  const distinct = cursor.accept('DISTINCT');
  if (!distinct) cursor.accept('ALL');
  if (!distinct || !cursor.accept('ON')) return { distinct, distinctOn: [] };
  return { distinct: true, distinctOn: cursor.parenthesised(() => cursor.list(() => cursor.expression())) };
}

// PostgreSQL allows a SELECT of no columns, BigQuery and DuckDB a trailing comma.
function parseItems(cursor: Cursor): SelectItem[] {
  const items: SelectItem[] = [];
  if (cursor.grammar === 'postgres' && endsItems(cursor)) return items;
  do {
    if (items.length > 0 && (cursor.grammar === 'bigquery' || cursor.grammar === 'duckdb') && endsItems(cursor)) break;
    items.push(parseItem(cursor));
  } while (cursor.acceptSymbol(','));
  return items;
}

const afterItems = new Set(['FROM', 'WHERE', 'GROUP', 'ORDER', 'LIMIT', 'UNION', 'EXCEPT', 'INTERSECT']);

function endsItems(cursor: Cursor): boolean {
  const ends = [')', ';', '|>'].some((symbol) => cursor.isSymbol(symbol)) || cursor.peek().kind === 'end';
  return ends || cursor.isOneOf(afterItems);
}

/** The entries of a WINDOW clause. */
export function parseWindows(cursor: Cursor): Select['windows'] {
  cursor.expect('WINDOW');
  return cursor.list(() => {
    const name = cursor.name();
    cursor.expect('AS');
    return { name, window: parseWindow(cursor) };
  });
}
