import type { Expr, Pivot, SelectItem, Unpivot } from '../ast.js';
import type { Cursor } from './cursor.js';
import { parseItem } from './item.js';

/** PIVOT (SUM(x) AS s FOR y IN ('a' AS a, 'b')) [AS p], from the word on. */
export function parsePivot(cursor: Cursor, source: Pivot['source']): Pivot {
  cursor.expect('PIVOT');
  const inside = cursor.parenthesised(() => {
    const aggregates = cursor.list(() => parseItem(cursor));
    cursor.expect('FOR');
    const columns = [parseColumn(cursor)];
    while (!cursor.isSymbol(')') && !cursor.is('GROUP')) columns.push(parseColumn(cursor));
    const groupBy = cursor.accept('GROUP', 'BY') ? cursor.list(() => cursor.expression()) : [];
    return { aggregates, columns, groupBy };
  });
  return { kind: 'pivot', style: 'clause', source, ...inside, alias: cursor.alias() };
}

function parseColumn(cursor: Cursor): Pivot['columns'][number] {
  const expr = cursor.expression(cursor.levels.predicate + 1);
  cursor.expect('IN');
  return { expr, values: parseValues(cursor) };
}

function parseValues(cursor: Cursor): SelectItem[] {
  return cursor.parenthesised(() => cursor.list(() => parseItem(cursor)));
}

/** UNPIVOT [INCLUDE NULLS] (v FOR name IN (a, b AS 'x')) [AS u], from the word on. */
export function parseUnpivot(cursor: Cursor, source: Unpivot['source']): Unpivot {
  cursor.expect('UNPIVOT');
  const nulls = parseNulls(cursor);
  const inside = cursor.parenthesised(() => {
    const values = cursor.isSymbol('(') ? cursor.optionalNames() : [cursor.name()];
    cursor.expect('FOR');
    const name = cursor.name();
    cursor.expect('IN');
    return { values, name, columns: cursor.parenthesised(() => cursor.list(() => parseUnpivoted(cursor))) };
  });
  return { kind: 'unpivot', style: 'clause', source, nulls, ...inside, alias: cursor.alias() };
}

function parseNulls(cursor: Cursor): Unpivot['nulls'] {
  if (cursor.accept('INCLUDE', 'NULLS')) return 'INCLUDE';
  return cursor.accept('EXCLUDE', 'NULLS') ? 'EXCLUDE' : null;
}

function parseUnpivoted(cursor: Cursor): Unpivot['columns'][number] {
  const expr = cursor.expression();
  const exprs = expr.kind === 'tuple' ? expr.items : [expr];
  // BigQuery labels with a literal, with or without AS; DuckDB with a name.
  const labelled = cursor.accept('AS') || ['string', 'number'].includes(cursor.peek().kind);
  return { exprs, label: labelled ? cursor.expression() : null };
}

/** Whether DuckDB's PIVOT or UNPIVOT statement comes next. */
export function startsPivotStatement(cursor: Cursor): boolean {
  return (cursor.is('PIVOT') || cursor.is('UNPIVOT')) && cursor.startsQuery();
}

/** DuckDB's `PIVOT t ON y USING SUM(x) GROUP BY z` and `UNPIVOT t ON a, b INTO NAME n VALUE v`. */
export function parsePivotStatement(cursor: Cursor): Pivot | Unpivot {
  if (cursor.accept('UNPIVOT')) return unpivotStatement(cursor);
  cursor.expect('PIVOT');
  const source = cursor.source();
  cursor.expect('ON');
  const columns = cursor.list(() => {
    const expr = cursor.expression(cursor.levels.predicate + 1);
    return { expr, values: cursor.accept('IN') ? parseValues(cursor) : null };
  });
  const aggregates = cursor.accept('USING') ? cursor.list(() => parseItem(cursor)) : [];
  const groupBy = cursor.accept('GROUP', 'BY') ? cursor.list((): Expr => cursor.expression()) : [];
  return { kind: 'pivot', style: 'statement', source, aggregates, columns, groupBy, alias: null };
}

function unpivotStatement(cursor: Cursor): Unpivot {
  const source = cursor.source();
  const nulls = parseNulls(cursor);
  cursor.expect('ON');
  const columns = cursor.list(() => parseUnpivoted(cursor));
  let name = 'name';
  let values = ['value'];
  if (cursor.accept('INTO', 'NAME')) {
    name = cursor.name();
    if (!cursor.accept('VALUE')) cursor.expect('VALUES');
    values = cursor.list(() => cursor.name());
  }
  return { kind: 'unpivot', style: 'statement', source, nulls, values, name, columns, alias: null };
}
