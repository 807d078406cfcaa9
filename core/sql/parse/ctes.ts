import type { Cte, Expr } from '../ast.js';
import type { Cursor } from './cursor.js';

/** Words that begin a statement that writes. */
export const writers: ReadonlySet<string> = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE', 'REPLACE']);

/** The named queries after WITH [RECURSIVE]. */
export function parseCtes(cursor: Cursor): Cte[] {
  const ctes = [parseCte(cursor)];
  while (cursor.acceptSymbol(',')) {
    // BigQuery takes a comma after the last one.
    if (cursor.grammar === 'bigquery' && cursor.is('SELECT')) break;
    ctes.push(parseCte(cursor));
  }
  return ctes;
}

function parseCte(cursor: Cursor): Cte {
  const name = cursor.name();
  const columns = cursor.optionalNames();
  const key = cursor.accept('USING', 'KEY') ? cursor.optionalNames() : null;
  cursor.expect('AS');
  const cte: Cte = { name, columns, query: { kind: 'query' } as Cte['query'] };
  const materialized = cursor.accept('MATERIALIZED');
  if (materialized || cursor.accept('NOT', 'MATERIALIZED')) cte.materialized = materialized;
  cte.query = cursor.parenthesised(() => {
    if (cursor.isOneOf(writers)) cursor.unsupported(cursor.peek().value, true);
    return cursor.query();
  });
  if (key !== null) cte.key = key;
  parseRecursion(cursor, cte);
  return cte;
}

function parseRecursion(cursor: Cursor, cte: Cte): void {
  if (cursor.is('WITH', 'DEPTH')) cte.depth = parseDepth(cursor);
  if (cursor.is('SEARCH', 'BREADTH') || cursor.is('SEARCH', 'DEPTH')) cte.search = parseSearch(cursor);
  if (cursor.is('CYCLE')) cte.cycle = parseCycle(cursor);
}

// WITH DEPTH [AS d] [BETWEEN 1 AND 5 | MAX 5]
function parseDepth(cursor: Cursor): NonNullable<Cte['depth']> {
  cursor.expect('WITH', 'DEPTH');
  const alias = cursor.accept('AS') ? cursor.name() : null;
  const bound = () => (cursor.accept('UNBOUNDED') ? null : cursor.expression(cursor.levels.predicate + 1));
  if (cursor.accept('MAX')) return { alias, low: null, high: bound() };
  if (!cursor.accept('BETWEEN')) return { alias, low: null, high: null };
  const low = bound();
  cursor.expect('AND');
  return { alias, low, high: bound() };
}

function parseSearch(cursor: Cursor): NonNullable<Cte['search']> {
  cursor.expect('SEARCH');
  const order = cursor.next().value as 'BREADTH' | 'DEPTH';
  cursor.expect('FIRST', 'BY');
  const by = cursor.list(() => cursor.name());
  cursor.expect('SET');
  return { order, by, as: cursor.name() };
}

function parseCycle(cursor: Cursor): NonNullable<Cte['cycle']> {
  cursor.expect('CYCLE');
  const columns = cursor.list(() => cursor.name());
  cursor.expect('SET');
  const mark = cursor.name();
  let to: Expr | null = null;
  let otherwise: Expr | null = null;
  if (cursor.accept('TO')) {
    to = cursor.expression();
    cursor.expect('DEFAULT');
    otherwise = cursor.expression();
  }
  cursor.expect('USING');
  return { columns, mark, to, otherwise, path: cursor.name() };
}
