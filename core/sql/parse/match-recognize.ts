import type { MatchRecognize } from '../ast.js';
import type { Cursor } from './cursor.js';
import { parseItem } from './item.js';
import { parseOptions } from './options.js';
import { parseOrder } from './windows.js';

/** MATCH_RECOGNIZE (…) [AS m], from the word on. https://cloud.google.com/bigquery/docs/reference/standard-sql/query-syntax */
export function parseMatchRecognize(cursor: Cursor, source: MatchRecognize['source']): MatchRecognize {
  cursor.expect('MATCH_RECOGNIZE');
  const inside = cursor.parenthesised(() => ({
    partitionBy: cursor.accept('PARTITION', 'BY') ? cursor.list(() => cursor.expression()) : [],
    orderBy: cursor.accept('ORDER', 'BY') ? parseOrder(cursor) : [],
    measures: cursor.accept('MEASURES') ? trailing(cursor, () => parseItem(cursor)) : [],
    skip: cursor.is('AFTER', 'MATCH') ? parseSkip(cursor) : null,
    pattern: parsePattern(cursor),
    define: parseDefine(cursor),
    options: parseOptions(cursor),
  }));
  return { kind: 'match-recognize', source, ...inside, alias: cursor.alias() };
}

const clauses = new Set(['AFTER', 'PATTERN', 'OPTIONS']);

function trailing<T>(cursor: Cursor, item: () => T): T[] {
  const items = [item()];
  while (cursor.acceptSymbol(',') && !cursor.isOneOf(clauses) && !cursor.isSymbol(')')) items.push(item());
  return items;
}

function parseSkip(cursor: Cursor): string {
  const words: string[] = [];
  while (!cursor.is('PATTERN') && cursor.peek().kind === 'word') words.push(cursor.next().value);
  return words.join(' ');
}

function parsePattern(cursor: Cursor): string {
  cursor.expect('PATTERN');
  cursor.expectSymbol('(');
  const parts: string[] = [];
  for (let depth = 1; ;) {
    const token = cursor.next();
    if (token.kind === 'end') cursor.fail('expected ")"');
    if (token.text === '(') depth += 1;
    if (token.text === ')') depth -= 1;
    if (depth === 0) return parts.join(' ');
    parts.push(token.text);
  }
}

function parseDefine(cursor: Cursor): MatchRecognize['define'] {
  cursor.expect('DEFINE');
  return trailing(cursor, () => {
    const name = cursor.name();
    cursor.expect('AS');
    return { name, condition: cursor.expression() };
  });
}
