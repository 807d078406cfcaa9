import type { ColumnType } from '../core/database.js';
import type { Phrase } from '../core/verbalise/phrase.js';

const kinds = ['scalar', 'aggregate', 'window', 'predicate'] as const;

/**
 * Reads phrases written one a line, `sql → result and marks: words | other words`.
 *
 * The result is a column type. Marks are a kind (`aggregate`, `window`, `predicate`), `group`, `statement` (left to whole statements
 * of the guides), `filter=…` and `under=…`. A line that indents further than the first continues the one before.
 * Throws where a line is not of that form: phrases are source, not input.
 *
 * @example phraseLines(`EXTRACT(YEAR FROM d) → integer group filter=year: year of the {d} | {d} year`)
 */
export function phraseLines(text: string): Phrase[] {
  return text
    .replace(/\n {6,}/g, ' ')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map(readLine);
}

function readLine(line: string): Phrase {
  const [, sql, head, words] = /^(.+?) → ([^:]+): (.+)$/.exec(line) ?? [];
  if (sql === undefined || head === undefined || words === undefined) throw new Error(`No phrase: ${line}`);
  const [returns, ...marks] = head.split(' ');
  const value = (name: string): string | undefined =>
    marks.find((mark) => mark.startsWith(`${name}=`))?.slice(name.length + 1);
  const kind = kinds.find((name) => marks.includes(name));
  const [filter, under] = [value('filter'), value('under')];
  return {
    sql,
    returns: returns as ColumnType,
    says: words.split(' | '),
    ...(kind === undefined ? {} : { kind }),
    ...(marks.includes('group') ? { group: true } : {}),
    ...(marks.includes('statement') ? { idiomOnly: true } : {}),
    ...(filter === undefined ? {} : { filter: filter as NonNullable<Phrase['filter']> }),
    ...(under === undefined ? {} : { under: under as NonNullable<Phrase['under']> }),
  };
}
