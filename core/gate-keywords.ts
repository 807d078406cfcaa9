/**
 * A keyword that more than half as many of another dialect's statements use is not rare there: it would call that
 * dialect's expert, too.
 */
const rareElsewhere = 0.5;
/** With fewer texts an expert's router rows say too little of its dialect; the trainer leaves them to chance then. */
export const fewestGateTexts = 3;

/**
 * Keywords and functions that tell a dialect from every other: frequent in its statements, rare in those of each other.
 * Scored by the share of the dialect's statements that have the keyword, less the largest share in another dialect.
 * @param statements keywords of each statement, by dialect
 * @returns at most `count` keywords a dialect, best first; none for a dialect that has nothing of its own
 */
export function mineGateKeywords(statements: Record<string, string[][]>, count: number): Record<string, string[]> {
  const shares = Object.fromEntries(
    Object.entries(statements).map(([dialect, lists]) => [dialect, sharesOf(lists)] as const),
  );
  return Object.fromEntries(
    Object.entries(shares).map(([dialect, mine]) => {
      const others = Object.entries(shares).flatMap(([name, share]) => (name === dialect ? [] : [share]));
      const best = [...mine]
        .map(([keyword, share]) => {
          const elsewhere = Math.max(0, ...others.map((other) => other.get(keyword) ?? 0));
          return { keyword, score: elsewhere > rareElsewhere * share ? 0 : share - elsewhere };
        })
        .filter(({ score }) => score > 0)
        .sort((a, b) => b.score - a.score || compare(a.keyword, b.keyword));
      return [dialect, best.slice(0, count).map(({ keyword }) => keyword)];
    }),
  );
}

/**
 * What an expert's router rows are made from: rows that use its dialect's own keywords, the best keyword first and as
 * many rows for each. Where too few rows use one (fewer than `fewestGateTexts`), the dialect's rows as they come fill up.
 * @param rows a dialect's training rows
 * @param prompts rows at most; 0: the bare keywords
 * @returns the texts, and whether rows without a keyword are among them
 */
export function chooseGateTexts(
  keywords: string[],
  rows: readonly { prompt: string; completion: string }[],
  prompts: number,
): { texts: string[]; filled: boolean } {
  if (prompts === 0 && keywords.length >= fewestGateTexts) return { texts: keywords, filled: false };
  const each = Math.ceil(prompts / Math.max(1, keywords.length));
  const own = keywords.flatMap((keyword) => {
    const word = wordOf(keyword);
    return rows.filter(({ completion }) => word.test(completion)).slice(0, each);
  });
  const texts = (chosen: readonly { prompt: string; completion: string }[]): string[] =>
    [...new Set(chosen.map(({ prompt, completion }) => `${prompt}${completion}`))].slice(
      0,
      Math.max(prompts, fewestGateTexts),
    );
  const found = texts(own);
  return found.length >= fewestGateTexts
    ? { texts: found, filled: false }
    : { texts: texts([...own, ...rows]), filled: true };
}

/** Matches a keyword as a word of its own: `DATE` is not in `UPDATED_AT`, while `->` needs no space around it. */
function wordOf(keyword: string): RegExp {
  const literal = keyword.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const before = /^\w/.test(keyword) ? '(?<!\\w)' : '';
  const after = /\w$/.test(keyword) ? '(?!\\w)' : '';
  return new RegExp(`${before}${literal}${after}`, 'i');
}

function sharesOf(lists: string[][]): Map<string, number> {
  const shares = new Map<string, number>();
  for (const list of lists)
    for (const keyword of new Set(list)) shares.set(keyword, (shares.get(keyword) ?? 0) + 1 / lists.length);
  return shares;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
