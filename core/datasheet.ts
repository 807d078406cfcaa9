import type { FunctionSignature } from './database.js';
import type { DialectManifest } from './dialect.js';
import { catalogueCoverage, type CatalogueCoverage } from './metrics/catalogue-coverage.js';
import type { Pair } from './template.js';

/** What a dataset holds, in numbers. */
export interface Datasheet {
  pairs: number;
  /** Pairs that went into each check, and what each reason took away. */
  funnel: Record<string, number>;
  splits: Record<string, number>;
  byDatabase: Record<string, number>;
  byHardness: Record<string, number>;
  byTeacher: Record<string, number>;
  skeletons: number;
  /** Distinct skeletons a pair. */
  skeletonDiversity: number;
  /** How many pairs use each keyword or function, most used first. */
  keywords: Record<string, number>;
  /** How much of the engine's functions and of the keywords that the dialect alone has the pairs use, and what no pair uses. */
  coverage: CatalogueCoverage;
  /** Words of questions and of statements: least, median, most. */
  questionWords: [number, number, number];
  statementWords: [number, number, number];
}

/** The dialect of a dataset, and the functions that its engine reports. */
interface DatasheetDialect {
  manifest: DialectManifest;
  functions: readonly FunctionSignature[];
}

export function describeDataset(
  splits: Record<string, Pair[]>,
  funnel: Record<string, number>,
  { manifest, functions }: DatasheetDialect,
): Datasheet {
  const pairs = Object.values(splits).flat();
  const keywords = countBy(pairs, (pair) => pair.keywords);
  const skeletons = new Set(pairs.map((pair) => pair.skeleton)).size;
  return {
    ...{ pairs: pairs.length, funnel, skeletons },
    splits: Object.fromEntries(Object.entries(splits).map(([name, list]) => [name, list.length])),
    byDatabase: countBy(pairs, (pair) => [pair.database]),
    byHardness: countBy(pairs, (pair) => [pair.hardness]),
    byTeacher: countBy(pairs, (pair) => [pair.teacher]),
    skeletonDiversity: pairs.length === 0 ? 0 : skeletons / pairs.length,
    keywords,
    coverage: catalogueCoverage(manifest, functions, keywords),
    questionWords: spread(pairs.map((pair) => words(pair.question))),
    statementWords: spread(pairs.map((pair) => words(pair.sql))),
  };
}

function countBy(pairs: Pair[], keysOf: (pair: Pair) => string[]): Record<string, number> {
  const counts = new Map<string, number>();
  for (const pair of pairs) for (const key of new Set(keysOf(pair))) counts.set(key, (counts.get(key) ?? 0) + 1);
  return Object.fromEntries([...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)));
}

const words = (text: string): number => text.trim().split(/\s+/).length;

function spread(values: number[]): [number, number, number] {
  if (values.length === 0) return [0, 0, 0];
  const sorted = [...values].sort((a, b) => a - b);
  return [sorted[0]!, sorted[Math.floor(sorted.length / 2)]!, sorted.at(-1)!];
}
