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

/** A datasheet that is filled pair by pair. */
export interface DatasheetWriter {
  readonly pairs: number;
  add(split: string, pair: Pair): void;
  /** @param funnel pairs that went into each check, and what each reason took away */
  finish(funnel: Record<string, number>, dialect: DatasheetDialect): Datasheet;
}

/** @param splits in the order in which they are listed, those without a pair too */
export function createDatasheet(splits: readonly string[]): DatasheetWriter {
  const bySplit = new Map(splits.map((name) => [name, 0]));
  const [byDatabase, byHardness, byTeacher, keywords, skeletons] = Array.from({ length: 5 }, () => new Counts());
  const questionWords: number[] = [];
  const statementWords: number[] = [];
  return {
    get pairs() {
      return questionWords.length;
    },
    add(split, pair) {
      bySplit.set(split, (bySplit.get(split) ?? 0) + 1);
      byDatabase!.add(pair.database);
      byHardness!.add(pair.hardness);
      byTeacher!.add(pair.teacher);
      skeletons!.add(pair.skeleton);
      for (const keyword of new Set(pair.keywords)) keywords!.add(keyword);
      questionWords.push(words(pair.question));
      statementWords.push(words(pair.sql));
    },
    finish(funnel, { manifest, functions }) {
      const pairs = questionWords.length;
      const used = keywords!.toRecord();
      return {
        ...{ pairs, funnel, skeletons: skeletons!.size },
        splits: Object.fromEntries(bySplit),
        byDatabase: byDatabase!.toRecord(),
        byHardness: byHardness!.toRecord(),
        byTeacher: byTeacher!.toRecord(),
        skeletonDiversity: pairs === 0 ? 0 : skeletons!.size / pairs,
        keywords: used,
        coverage: catalogueCoverage(manifest, functions, used),
        questionWords: spread(questionWords),
        statementWords: spread(statementWords),
      };
    },
  };
}

/** The datasheet of pairs that are all at hand. */
export function describeDataset(
  splits: Record<string, Pair[]>,
  funnel: Record<string, number>,
  dialect: DatasheetDialect,
): Datasheet {
  const datasheet = createDatasheet(Object.keys(splits));
  for (const [split, pairs] of Object.entries(splits)) for (const pair of pairs) datasheet.add(split, pair);
  return datasheet.finish(funnel, dialect);
}

/** How often each of some texts was seen, most frequent first. */
class Counts {
  private readonly counts = new Map<string, number>();

  get size(): number {
    return this.counts.size;
  }
  add(text: string): void {
    this.counts.set(text, (this.counts.get(text) ?? 0) + 1);
  }
  toRecord(): Record<string, number> {
    return Object.fromEntries([...this.counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1)));
  }
}

const words = (text: string): number => text.trim().split(/\s+/).length;

function spread(values: number[]): [number, number, number] {
  if (values.length === 0) return [0, 0, 0];
  const sorted = [...values].sort((a, b) => a - b);
  return [sorted[0]!, sorted[Math.floor(sorted.length / 2)]!, sorted.at(-1)!];
}
