import type { Cursor } from './cursor.js';

const openEnded = new Set([
  'DOUBLE',
  'CHARACTER',
  'CHAR',
  'NATIONAL',
  'BIT',
  'TIME',
  'TIMESTAMP',
  'UNSIGNED',
  'BIG',
  'LONG',
  'NATIVE',
]);
const continuation = new Set([
  'PRECISION',
  'VARYING',
  'BIG',
  'INT',
  'INTEGER',
  'CHARACTER',
  'CHAR',
  'VARCHAR',
  'LARGE',
  'OBJECT',
]);

/** A type's name in canonical text: `NUMERIC(10, 2)`, `TIMESTAMP WITH TIME ZONE`, `INT[]`, `ARRAY<STRUCT<sku STRING>>`. */
export function parseType(cursor: Cursor): string {
  const closers = { pending: 0 };
  return typeText(cursor, closers);
}

function typeText(cursor: Cursor, closers: { pending: number }): string {
  let text = typeName(cursor);
  const plain = !cursor.isSymbol('<');
  if (cursor.isSymbol('<')) text += generic(cursor, text === 'STRUCT', closers);
  // After STRUCT<…> come values.
  if (plain && cursor.isSymbol('(')) text += nestedTypes.has(text) ? parseNested(cursor, text) : modifiers(cursor);
  for (const zone of ['WITH', 'WITHOUT']) {
    if (cursor.accept(zone, 'TIME', 'ZONE')) text += ` ${zone} TIME ZONE`;
  }
  if (cursor.grammar === 'bigquery' && cursor.accept('COLLATE')) text += ` COLLATE ${cursor.next().text}`;
  while (cursor.isSymbol('[') && cursor.likePostgres) text += arrayBounds(cursor);
  return text;
}

function typeName(cursor: Cursor): string {
  const first = cursor.next();
  if (first.kind === 'quoted') return first.text;
  if (first.kind !== 'word') {
    cursor.at -= 1;
    cursor.fail('expected a type');
  }
  let text = first.value;
  if (openEnded.has(text)) {
    while (continuation.has(cursor.wordAt(0))) text += ` ${cursor.next().value}`;
  }
  while (cursor.isSymbol('.')) {
    cursor.next();
    text += `.${cursor.next().value}`;
  }
  return text;
}

// DuckDB's STRUCT(a INT, b TEXT), MAP(TEXT, INT), UNION(n INT, t TEXT).
const nestedTypes = new Set(['STRUCT', 'MAP', 'UNION', 'ROW']);

function parseNested(cursor: Cursor, type: string): string {
  const closers = { pending: 0 };
  const parts = cursor.parenthesised(() =>
    cursor.list(() => (type === 'MAP' ? typeText(cursor, closers) : fieldText(cursor, closers))),
  );
  return `(${parts.join(', ')})`;
}

function modifiers(cursor: Cursor): string {
  const parts = cursor.parenthesised(() =>
    cursor.list(() => {
      const sign = cursor.acceptSymbol('-') ? '-' : '';
      const token = cursor.next();
      if (token.kind !== 'number' && token.kind !== 'word') cursor.fail('expected a type modifier');
      return sign + token.value;
    }),
  );
  return `(${parts.join(', ')})`;
}

function arrayBounds(cursor: Cursor): string {
  cursor.expectSymbol('[');
  const size = cursor.peek().kind === 'number' ? cursor.next().text : '';
  cursor.expectSymbol(']');
  return `[${size}]`;
}

// `>>` closes two brackets at once.
function generic(cursor: Cursor, struct: boolean, closers: { pending: number }): string {
  cursor.expectSymbol('<');
  const parts: string[] = [];
  if (!cursor.isSymbol('>')) {
    do parts.push(struct ? fieldText(cursor, closers) : typeText(cursor, closers));
    while (closers.pending === 0 && cursor.acceptSymbol(','));
  }
  if (closers.pending > 0) closers.pending -= 1;
  else if (cursor.acceptSymbol('>>')) closers.pending += 1;
  else cursor.expectSymbol('>');
  return `<${parts.join(', ')}>`;
}

function fieldText(cursor: Cursor, closers: { pending: number }): string {
  const named = cursor.isName() && (cursor.peek(1).kind === 'word' || cursor.peek(1).kind === 'quoted');
  const name = named ? `${cursor.next().text} ` : '';
  return name + typeText(cursor, closers);
}
