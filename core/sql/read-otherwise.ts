import type { LexerRules } from '../dialect.js';
import type { Token } from './lexer.js';

/**
 * The first token that an engine's own lexer may cut in another place than ours, so that one's comment or text would be the
 * other's code. A guard refuses a statement that has one. `tokens` are all tokens, spaces and comments included.
 * - A carriage return ends a comment in PostgreSQL, DuckDB and GoogleSQL.
 * - A space beyond ASCII is a letter where `$` quotes texts, and after a letter `$` quotes none.
 * - A text with escapes that goes on after a line break still has escapes (PostgreSQL's manual, 4.1.2.2).
 */
export function readOtherwise(tokens: readonly Token[], rules: LexerRules): Token | null {
  return (
    tokens.find((token, i) => {
      if (token.kind === 'comment') return token.text.startsWith('--') && token.text.slice(0, -1).includes('\r');
      if (token.kind === 'space') return rules.dollarQuotes && /[^ \t\n\r\f\v]/.test(token.text);
      return rules.stringPrefixes.includes('e') && token.kind === 'string' && goesOn(tokens, i);
    }) ?? null
  );
}

function goesOn(tokens: readonly Token[], i: number): boolean {
  const before = tokens.findLast((token, at) => at < i && token.kind !== 'space' && token.kind !== 'comment');
  return before?.kind === 'string' && /^e'/i.test(before.text);
}
