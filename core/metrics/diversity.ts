import type { Hardness, Pair } from '../template.js';

export interface Diversity {
  pairs: number;
  skeletons: number;
  /** Share of the pairs that the ten most frequent skeletons have; 1 means little variety. */
  topTenShare: number;
  /** Entropy of the skeletons in bits. */
  skeletonEntropy: number;
  databases: number;
  hardness: Record<Hardness, number>;
  /** Pairs by keyword, operator or function. */
  keywords: Record<string, number>;
}

/** How varied a set of pairs is. */
export function diversityOf(
  pairs: readonly Pick<Pair, 'skeleton' | 'database' | 'hardness' | 'keywords'>[],
): Diversity {
  const skeletons = countBy(pairs.map((pair) => pair.skeleton));
  const counts = [...skeletons.values()].sort((a, b) => b - a);
  const topTen = counts.slice(0, 10).reduce((sum, count) => sum + count, 0);
  const entropy = counts.reduce((sum, count) => sum - (count / pairs.length) * Math.log2(count / pairs.length), 0);
  const hardness: Record<Hardness, number> = { easy: 0, medium: 0, hard: 0, extra: 0 };
  for (const pair of pairs) hardness[pair.hardness] += 1;
  const keywords = countBy(pairs.flatMap((pair) => pair.keywords));
  return {
    pairs: pairs.length,
    skeletons: skeletons.size,
    topTenShare: pairs.length === 0 ? 0 : topTen / pairs.length,
    skeletonEntropy: entropy,
    databases: new Set(pairs.map((pair) => pair.database)).size,
    hardness,
    keywords: Object.fromEntries([...keywords].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}

export interface Coverage {
  covered: string[];
  missing: string[];
  /** 1 where nothing was asked for. */
  share: number;
}

/** Which of the wanted keywords and functions (what the guides teach) occur at least once. */
export function coverageOf(wanted: readonly string[], keywords: Readonly<Record<string, number>>): Coverage {
  const unique = [...new Set(wanted.map((word) => word.toUpperCase()))].sort();
  const covered = unique.filter((word) => (keywords[word] ?? 0) > 0);
  const missing = unique.filter((word) => !covered.includes(word));
  return { covered, missing, share: unique.length === 0 ? 1 : covered.length / unique.length };
}

/** How often each text occurs. */
export function countBy(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
}
