import type { QueryBody, SetOperation, SetWords } from '../ast.js';
import type { Cursor } from './cursor.js';

const operators = ['UNION', 'INTERSECT', 'EXCEPT'] as const;
const modes = ['FULL', 'LEFT', 'INNER'] as const;

/**
 * A query's body: SELECTs that UNION, INTERSECT and EXCEPT join. INTERSECT binds tighter in PostgreSQL (and BigQuery forbids the
 * mixture without parentheses); SQLite reads from the left.
 */
export function parseSets(cursor: Cursor, term: () => QueryBody): QueryBody {
  if (cursor.grammar === 'sqlite') return parseLevel(cursor, operators, term);
  return parseLevel(cursor, ['UNION', 'EXCEPT'], () => parseLevel(cursor, ['INTERSECT'], term));
}

function parseLevel(cursor: Cursor, level: readonly SetOperation['operator'][], operand: () => QueryBody): QueryBody {
  let left = operand();
  for (;;) {
    const words = parseSetWords(cursor, level);
    if (words === null) return left;
    left = { kind: 'set', ...words, left: bare(left), right: bare(operand()) };
  }
}

/** `[FULL] UNION ALL [BY NAME]` and its kin; null where none comes next. */
export function parseSetWords(cursor: Cursor, level: readonly SetOperation['operator'][] = operators): SetWords | null {
  const start = cursor.at;
  const mode = modes.find((word) => cursor.accept(word)) ?? null;
  if (mode !== null) cursor.accept('OUTER');
  const operator = level.find((word) => cursor.accept(word));
  if (operator === undefined) {
    cursor.at = start;
    return null;
  }
  const all = cursor.accept('ALL');
  if (!all) cursor.accept('DISTINCT');
  const words = (['BY NAME', 'CORRESPONDING', 'STRICT CORRESPONDING'] as const).find((each) =>
    cursor.accept(...each.split(' ')),
  );
  if (words === undefined) {
    if (mode !== null) cursor.fail('expected BY NAME or CORRESPONDING');
    return { operator, all };
  }
  const columns = cursor.accept(words === 'BY NAME' ? 'ON' : 'BY') ? cursor.optionalNames() : [];
  return { operator, all, matching: { words, mode, columns } };
}

// A set operation in parentheses stays a tree below its parent; the printer knows where the parentheses are needed.
function bare(body: QueryBody): QueryBody {
  if (body.kind !== 'nested') return body;
  const { ctes, orderBy, limit, offset } = body.query;
  const plain = ctes.length === 0 && orderBy.length === 0 && limit === null && offset === null;
  return plain ? body.query.body : body;
}
