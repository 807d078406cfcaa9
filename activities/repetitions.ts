import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createRowsFile, readRowsFile, type RowsFile } from '../adapters/s3/rows-file.js';
import {
  createKeyedDuplicateFilter,
  duplicateKeys,
  type Asked,
  type DuplicateKeys,
} from '../core/checks/duplicates.js';
import type { DialectManifest } from '../core/dialect.js';
import { fingerprint } from '../core/sampling/random.js';
import type { Query } from '../core/sql/ast.js';
import type { VerdictReason } from '../core/template.js';

/** Ways of asking for one statement of one database that a dataset keeps; people do not ask in one way either. */
const phrasings = 4;

/** Pairs that are compared at a time, about. */
const pairsOfPart = 10_000;

/** A pair as it is compared with others. */
interface ComparedPair extends Asked, DuplicateKeys {
  place: number;
}

export interface RepetitionOptions {
  manifest: DialectManifest;
  /** Similarity from which two questions of the same statement, but for its values, count as one. */
  nearDuplicate: number;
  /** How many pairs there will be; a wrong number costs time or memory, and changes nothing else. */
  pairs: number;
  atATime?: number;
}

/**
 * Finds the pairs that say again what an earlier one said, however many there are: those whose statements differ in more than values are never
 * compared, so that pairs are laid apart in files and compared file by file. Memory holds one of these, and of each question eight bytes.
 */
export class Repetitions {
  private readonly asked = new Set<number>();
  private closed = false;

  private constructor(
    private readonly options: RepetitionOptions,
    private readonly parts: RowsFile[],
  ) {}

  /** @param folder where the files are, until they are compared */
  static async open(options: RepetitionOptions, folder: string): Promise<Repetitions> {
    const count = Math.max(1, Math.ceil(options.pairs / (options.atATime ?? pairsOfPart)));
    const names = Array.from({ length: count }, (_, part) => join(folder, `part-${part}.jsonl`));
    return new Repetitions(options, await Promise.all(names.map(createRowsFile)));
  }

  /** Why the pair says nothing new, where its words tell; null, and kept for comparing, where they do not. */
  async add(place: number, { id, database, question }: Asked, query: Query): Promise<VerdictReason | null> {
    const words = fingerprint(database, question.toLowerCase());
    // The same words for another statement would make them ambiguous.
    if (this.asked.has(words)) return 'near-duplicate-question';
    this.asked.add(words);
    const keys = duplicateKeys(database, query, this.options.manifest);
    const row: ComparedPair = { place, id, database, question, ...keys };
    await this.parts[keys.group % this.parts.length]!.add(row);
    return null;
  }

  /** Every pair that was added, with why it says again what one added before it said; of equal ones the first is kept. */
  async *compare(): AsyncGenerator<{ place: number; reason: VerdictReason | null }> {
    await this.close();
    for (const part of this.parts) {
      const kept = createKeyedDuplicateFilter({ threshold: this.options.nearDuplicate, phrasings });
      for await (const pair of readRowsFile<ComparedPair>(part.path)) {
        const repeated = kept.find(pair, pair);
        if (repeated === null) kept.add(pair, pair);
        yield { place: pair.place, reason: repeated?.reason ?? null };
      }
      await rm(part.path);
    }
  }

  async close(): Promise<void> {
    const open = this.closed ? [] : this.parts;
    this.closed = true;
    await Promise.all(open.map((part) => part.close()));
  }
}
