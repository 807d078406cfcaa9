/**
 * Keywords and functions that tell dialects apart: frequent in the one's statements, rare in the others'.
 * Scored by the share of the dialect's statements that have the keyword, less its mean share elsewhere.
 * @param statements keywords of each statement, by dialect
 * @returns at most `count` keywords a dialect, best first; only those with a positive score
 */
export function mineGateKeywords(statements: Record<string, string[][]>, count: number): Record<string, string[]> {
  const shares = Object.fromEntries(
    Object.entries(statements).map(([dialect, lists]) => [dialect, sharesOf(lists)] as const),
  );
  return Object.fromEntries(
    Object.entries(shares).map(([dialect, mine]) => {
      const others = Object.entries(shares).flatMap(([name, share]) => (name === dialect ? [] : [share]));
      const scored = [...mine].map(([keyword, share]) => {
        const elsewhere =
          others.reduce((sum, other) => sum + (other.get(keyword) ?? 0), 0) / Math.max(1, others.length);
        return { keyword, score: share - elsewhere };
      });
      const best = scored
        .filter(({ score }) => score > 0)
        .sort((a, b) => b.score - a.score || compare(a.keyword, b.keyword));
      return [dialect, best.slice(0, count).map(({ keyword }) => keyword)];
    }),
  );
}

function sharesOf(lists: string[][]): Map<string, number> {
  const shares = new Map<string, number>();
  for (const list of lists)
    for (const keyword of new Set(list)) shares.set(keyword, (shares.get(keyword) ?? 0) + 1 / lists.length);
  return shares;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
