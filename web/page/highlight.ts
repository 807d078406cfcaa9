import { escapeHtml, trusted, type Markup } from './html.js';

const keywords =
  /('(?:[^']|'')*')|\b(SELECT|DISTINCT|FROM|WHERE|GROUP BY|ORDER BY|HAVING|LIMIT|OFFSET|JOIN|LEFT|RIGHT|FULL|INNER|OUTER|CROSS|NATURAL|ON|USING|AS|AND|OR|NOT|IN|IS|NULL|LIKE|ILIKE|BETWEEN|EXISTS|CASE|WHEN|THEN|ELSE|END|UNION|ALL|INTERSECT|EXCEPT|WITH|RECURSIVE|OVER|PARTITION BY|DESC|ASC|QUALIFY|UNNEST|INTERVAL|CAST|FILTER)\b/gi;

/** A statement with its keywords and texts set apart. */
export function highlight(sql: string): Markup {
  let out = '';
  let at = 0;
  for (const match of sql.matchAll(keywords)) {
    out += escapeHtml(sql.slice(at, match.index));
    out += match[1] ? `<i>${escapeHtml(match[0])}</i>` : `<b>${escapeHtml(match[0])}</b>`;
    at = match.index + match[0].length;
  }
  return trusted(out + escapeHtml(sql.slice(at)));
}
