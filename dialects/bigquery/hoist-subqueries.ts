import { statementTokens } from './rewrite.js';

/**
 * The statement with the subqueries of `IN (SELECT …)` as common table expressions. The reference implementation evaluates a
 * subquery for every row of what is around it, and one inside another for every pair of rows, but a common table expression
 * only once if it is named twice; so each is named twice.
 *
 * A name is looked up in a subquery first and in what is around it second. A hoisted subquery that the analyser accepts therefore means
 * what it meant in its place; one that refers to what is around it is not accepted, and the statement is to be run as it was.
 * @returns null where there is none, or where names of the statement's own common table expressions could be meant
 */
export function hoistSubqueries(sql: string): string | null {
  const tokens = statementTokens(sql);
  const hasWith = tokens.some(({ value }, i) => value === 'WITH' && tokens[i + 1]?.value !== 'OFFSET');
  if (tokens[0]?.value !== 'SELECT' || hasWith) return null;

  const hoisted: string[] = [];
  /** The text of tokens `from` up to, not including, `to`, whose subqueries have gone to `hoisted`, the inner before the outer. */
  const without = (from: number, to: number): string => {
    let text = '';
    let start = tokens[from]!.start;
    for (let i = from; i < to; i += 1) {
      if (tokens[i]!.value !== 'IN' || tokens[i + 1]?.text !== '(' || tokens[i + 2]?.value !== 'SELECT') continue;
      const close = closing(i + 1);
      const subquery = without(i + 2, close);
      const name = `dialectic_subquery_${hoisted.length + 1}`;
      hoisted.push(`${name} AS (${subquery})`);
      text += `${sql.slice(start, tokens[i + 1]!.start)}(SELECT * FROM ${name} UNION ALL SELECT * FROM ${name} WHERE FALSE)`;
      start = tokens[close]!.end;
      i = close;
    }
    return text + sql.slice(start, tokens[to - 1]!.end);
  };
  const closing = (open: number): number => {
    let depth = 0;
    return tokens.findIndex((token, i) => {
      if (i < open || token.kind === 'quoted') return false;
      if (token.text === '(') depth += 1;
      if (token.text === ')') depth -= 1;
      return depth === 0;
    });
  };

  const rest = balanced(tokens.map(({ text }) => text)) ? without(0, tokens.length) : sql;
  return hoisted.length > 0 ? `WITH ${hoisted.join(', ')} ${rest}` : null;
}

function balanced(texts: string[]): boolean {
  let depth = 0;
  for (const text of texts) {
    if (text === '(') depth += 1;
    if (text === ')' && (depth -= 1) < 0) return false;
  }
  return depth === 0;
}
