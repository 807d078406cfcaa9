import { lex, significant, type Token } from '../../core/sql/lexer.js';
import { bigquery } from './dialect.js';

/** The statement's tokens without spaces, comments and the semicolon at its end. */
export function statementTokens(sql: string): Token[] {
  const tokens = significant(lex(sql, bigquery.lexer)).filter(({ kind }) => kind !== 'end');
  return tokens.slice(0, tokens.findLastIndex(({ text }) => text !== ';') + 1);
}

interface Edit {
  start: number;
  end: number;
  text: string;
}

/** `project.dataset.table` and `dataset.table` become `table`: the engine attaches rows to tables of the root alone. */
export function dropQualifiers(sql: string, tables: string[]): string {
  const tokens = statementTokens(sql);
  const known = new Map(tables.map((name) => [name.toLowerCase(), name]));
  const named = new Set(
    tokens.flatMap((token, i) => (tokens[i - 1]?.value === 'AS' ? [nameOf(token).toLowerCase()] : [])),
  );
  const edits: Edit[] = [];
  for (let i = 0; i < tokens.length; i += 1) {
    if (!isName(tokens[i]) || !['FROM', 'JOIN', ','].includes(tokens[i - 1]?.value ?? '')) continue;
    const first = i;
    const parts = nameOf(tokens[i]!).split('.');
    while (tokens[i + 1]?.text === '.' && isName(tokens[i + 2])) {
      parts.push(...nameOf(tokens[i + 2]!).split('.'));
      i += 2;
    }
    const qualifier = parts[0]!.toLowerCase();
    const table = known.get(parts.at(-1)!.toLowerCase());
    // `orders.items` after a comma is a path into a table, and so is a path from an alias.
    if (parts.length < 2 || parts.length > 3 || !table || known.has(qualifier) || named.has(qualifier)) continue;
    edits.push({ start: tokens[first]!.start, end: tokens[i]!.end, text: `\`${table}\`` });
  }
  return apply(sql, edits);
}

/** APPROX_COUNT_DISTINCT, which the reference implementation lacks, as the COUNT(DISTINCT …) that it approximates. */
export function exactCounts(sql: string): string {
  const tokens = statementTokens(sql);
  const edits = tokens.flatMap((token, i): Edit[] =>
    token.value === 'APPROX_COUNT_DISTINCT' && tokens[i + 1]?.text === '('
      ? [{ start: token.start, end: tokens[i + 1]!.end, text: 'COUNT(DISTINCT ' }]
      : [],
  );
  return apply(sql, edits);
}

const isName = (token: Token | undefined): boolean => token?.kind === 'word' || token?.kind === 'quoted';

/** A token's name as written; the lexer's `value` of a word is upper case. */
const nameOf = (token: Token): string => (token.kind === 'quoted' ? token.value : token.text);

function apply(sql: string, edits: Edit[]): string {
  return edits.reduceRight((text, { start, end, text: by }) => text.slice(0, start) + by + text.slice(end), sql);
}
