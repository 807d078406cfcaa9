import type { Pair } from '../core/template.js';
import { paint } from './output.js';

const CLAUSES =
  /\s+(?=(?:FROM|WHERE|GROUP BY|HAVING|WINDOW|QUALIFY|ORDER BY|LIMIT|OFFSET|UNION|INTERSECT|EXCEPT|(?:(?:LEFT|RIGHT|FULL|CROSS|INNER)\s+(?:OUTER\s+)?)?JOIN)\b)/g;

/** A pair to be read on a terminal: where it belongs, the question, the statement with its outer clauses on lines of their own. */
export function describePair(pair: Pair & { split: string }): string {
  const { database, split, hardness, question, sql, keywords, guide } = pair;
  const head = [hardness, database, split, guide ?? 'seed'].join(' · ');
  const body = linesOf(sql).map((line) => `    ${line}`);
  return [
    paint('dim', head),
    `  ${paint('bold', question)}`,
    ...body,
    paint('dim', `    ${keywords.join(', ')}`),
    '',
  ].join('\n');
}

/** Breaks a statement before the clauses that are inside no parentheses and no text. */
function linesOf(sql: string): string[] {
  const lines: string[] = [];
  let from = 0;
  for (const { index } of sql.matchAll(CLAUSES)) {
    if (index <= from || !isOutside(sql.slice(0, index))) continue;
    lines.push(sql.slice(from, index).trim());
    from = index;
  }
  return [...lines, sql.slice(from).trim()];
}

function isOutside(before: string): boolean {
  const bare = before.replace(/'(?:[^']|'')*'/g, '');
  return !bare.includes("'") && (bare.match(/\(/g)?.length ?? 0) === (bare.match(/\)/g)?.length ?? 0);
}
