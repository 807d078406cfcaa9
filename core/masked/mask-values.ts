import type { LexerRules } from '../dialect.js';
import { ParseError } from '../sql/parse-error.js';
import { lex, significant, type Token } from '../sql/lexer.js';

/** What stands for every literal, as in Spider's `query_toks_no_value`. */
export const valueToken = 'value';

export interface MaskedSql {
  /** Tokens with one space between them: words in lower case, every literal `value`. */
  text: string;
  /** The literals in their order, as the statement writes them; numbers with their sign. */
  values: string[];
}

/**
 * A statement without its literals, as Spider's `query_toks_no_value` (Yu et al. 2018) and Yalova et al. write it. A name in double
 * quotes that no column and no alias has is a text, as SQLite reads it; `names` holds the known ones in lower case, and is null where
 * double quotes mean names alone. Null where the text is no sequence of SQL's tokens.
 *
 * @example
 * maskValues("SELECT T1.name FROM singer AS T1 WHERE T1.age > 20", rules)?.text
 * // select t1 . name from singer as t1 where t1 . age > value
 */
export function maskValues(
  sql: string,
  rules: LexerRules,
  names: ReadonlySet<string> | null = new Set(),
): MaskedSql | null {
  const tokens = tokensOf(sql, rules);
  if (!tokens) return null;
  const out: string[] = [];
  const values: string[] = [];
  tokens.forEach((token, at) => {
    if (isText(token, names) || token.kind === 'number') {
      const signed = token.kind === 'number' && isSign(tokens[at - 1], tokens[at - 2]);
      if (signed) out.pop();
      values.push(signed ? `-${token.text}` : token.text);
      out.push(valueToken);
    } else out.push(token.kind === 'word' || token.kind === 'quoted' ? token.text.toLowerCase() : token.text);
  });
  return { text: out.join(' '), values };
}

function tokensOf(sql: string, rules: LexerRules): Token[] | null {
  try {
    const tokens = significant(lex(sql, rules)).filter(({ kind }) => kind !== 'end');
    while (tokens.at(-1)?.text === ';') tokens.pop();
    return tokens;
  } catch (error) {
    if (error instanceof ParseError) return null;
    throw error;
  }
}

const isText = ({ kind, mark, value }: Token, names: ReadonlySet<string> | null): boolean =>
  kind === 'string' || (names !== null && kind === 'quoted' && mark === '"' && !names.has(value.toLowerCase()));

/** A minus that belongs to the number after it: nothing stands before it that could be subtracted from. */
function isSign(minus: Token | undefined, before: Token | undefined): boolean {
  if (minus?.text !== '-') return false;
  if (!before || (before.kind === 'operator' && before.text !== ')')) return true;
  return (
    before.kind === 'word' &&
    /^(select|where|and|or|then|else|when|between|limit|offset|by|in|like)$/i.test(before.text)
  );
}
