import type { Expr } from '../ast.js';
import type { Cursor } from './cursor.js';
import { parseType } from './types.js';

const typedWords = new Set(
  `DATE TIME TIMESTAMP DATETIME TIMESTAMPTZ TIMETZ JSON JSONB NUMERIC BIGNUMERIC DECIMAL RANGE BYTEA UUID INET POINT BOX
   INT INTEGER BIGINT TEXT BOOLEAN INT4RANGE INT8RANGE NUMRANGE TSRANGE TSTZRANGE DATERANGE`.split(/\s+/),
);

/** A date part or an interval's unit. */
export const units = new Set(
  `MICROSECOND MILLISECOND SECOND MINUTE HOUR DAY WEEK MONTH QUARTER YEAR ISOWEEK ISOYEAR
   MICROSECONDS MILLISECONDS SECONDS MINUTES HOURS DAYS WEEKS MONTHS QUARTERS YEARS DECADE DECADES CENTURY CENTURIES
   MILLENNIUM MILLENNIA NANOSECOND`.split(/\s+/),
);

/** DATE '2024-01-01', TIMESTAMP WITH TIME ZONE '…', JSON '…'; null where none comes next. SQLite has none. */
export function parseTypedLiteral(cursor: Cursor): Expr | null {
  if (cursor.grammar === 'sqlite') return null;
  if (cursor.is('RANGE') && cursor.isSymbol('<', 1)) return parseRange(cursor);
  if (!typedWords.has(cursor.wordAt(0)) && !(cursor.likePostgres && anyTyped(cursor))) return null;
  const type = cursor.next().value;
  const zone = ['WITH', 'WITHOUT'].find((word) => cursor.is(word, 'TIME', 'ZONE'));
  if (zone !== undefined) cursor.at += 3;
  const token = cursor.peek();
  if (token.kind === 'string' && (token.mark === '' || token.mark === 'r')) {
    cursor.next();
    return { kind: 'typed', type: zone === undefined ? type : `${type} ${zone} TIME ZONE`, value: token.value };
  }
  cursor.at -= zone === undefined ? 1 : 4;
  return null;
}

/** INTERVAL '3 days' (PostgreSQL), INTERVAL 3 DAY (BigQuery); null where the word is a name. */
export function parseInterval(cursor: Cursor): Expr | null {
  if (!cursor.is('INTERVAL') || cursor.grammar === 'sqlite') return null;
  return cursor.attempt<Expr>(() => {
    cursor.expect('INTERVAL');
    const literal = cursor.peek().kind === 'string' || cursor.peek().kind === 'placeholder';
    const value = cursor.expression(literal ? cursor.levels.primary : 0);
    const unit = parseUnit(cursor);
    if (unit === null && !literal) cursor.fail('expected a unit');
    return { kind: 'interval', value, unit };
  });
}

function parseUnit(cursor: Cursor): string | null {
  if (!units.has(cursor.wordAt(0))) return null;
  const unit = cursor.next().value;
  return cursor.is('TO') && units.has(cursor.wordAt(1))
    ? `${unit} ${cursor.next().value} ${cursor.next().value}`
    : unit;
}

// In PostgreSQL any type's name before a text makes a value of it: point '(0,0)'.
function anyTyped(cursor: Cursor): boolean {
  const text = cursor.peek(1);
  return (
    cursor.isName() &&
    cursor.peek().kind === 'word' &&
    !cursor.is('INTERVAL') &&
    text.kind === 'string' &&
    text.mark === ''
  );
}

// RANGE<DATE> '[2024-01-01, 2024-02-01)'
function parseRange(cursor: Cursor): Expr | null {
  return cursor.attempt<Expr>(() => {
    const type = parseType(cursor);
    const token = cursor.next();
    if (token.kind !== 'string') cursor.fail('expected a text');
    return { kind: 'typed', type, value: token.value };
  });
}
