import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { ExecutionLimits } from '../core/database.js';
import { NotFoundError } from '../core/errors.js';
import type { Comparison } from '../core/evaluate/comparison.js';
import { groupBy } from '../core/evaluate/group-by.js';
import type { ItemOutcome } from '../core/evaluate/outcome.js';
import { tryParse } from '../core/evaluate/read-sql.js';
import type { Semantics } from '../core/evaluate/semantics.js';
import { openDatabase } from '../dialects/open-database.js';
import { dialects } from '../dialects/registry.js';
import type { Lanes } from './in-lanes.js';

export interface TestSuiteOptions {
  /** Holds a folder a database, with every variant of it. */
  folder: string;
  limits: ExecutionLimits;
  semantics: Semantics;
  lanes: Lanes;
  progress: (sentence: string) => void;
}

export interface TestSuiteResult {
  /** The variant that each of the right answers failed on first; those that passed all are not in it. */
  failedOn: Map<ItemOutcome, string>;
  /** Gold statements that do not run on a variant, which therefore says nothing of their answers. */
  defects: { id: string; variant: string; reason: string }[];
}

/** Answers that are compared alike: many models, and many questions, have the same statement. */
interface Candidate extends Comparison {
  outcomes: ItemOutcome[];
}

/**
 * Test-suite accuracy (Zhong, Yu, Klein: Semantic Evaluation for Text-to-SQL with Distilled Test Suites, 2020): predictions must match on
 * every variant of the database, so that a match by chance of the data does not count. Takes the outcomes that are right on the database
 * itself; a statement runs once a variant, and no more after its first failure.
 */
export async function runTestSuite(
  outcomes: readonly ItemOutcome[],
  options: TestSuiteOptions,
): Promise<TestSuiteResult> {
  const result: TestSuiteResult = { failedOn: new Map(), defects: [] };
  const right = outcomes.filter(({ correct }) => correct);
  for (const [database, items] of groupBy(right, (outcome) => outcome.database)) {
    const candidates = candidatesOf(items, options.semantics);
    await options.lanes.each(await variants(options.folder, database), async (file, pool) => {
      const left = candidates.filter(({ outcomes: [one] }) => !result.failedOn.has(one!));
      if (left.length === 0) return;
      const variant = path.basename(file);
      const session = await openDatabase({ name: variant, dialect: items[0]!.dialect, url: file }, { pool });
      try {
        const compared = await session.compare(
          left.map(({ gold, predicted, ordered }) => ({ gold, predicted, ordered })),
          options.semantics.rule,
          options.limits,
        );
        compared.forEach(({ gold, same }, at) => {
          for (const outcome of left[at]!.outcomes) {
            if (gold !== 'rows') result.defects.push({ id: outcome.id, variant, reason: gold });
            else if (!same && !result.failedOn.has(outcome)) result.failedOn.set(outcome, variant);
          }
        });
      } finally {
        await session.close();
      }
    });
    options.progress(`Test suite: ${database} done.`);
  }
  return result;
}

function candidatesOf(outcomes: readonly ItemOutcome[], semantics: Semantics): Candidate[] {
  const alike = groupBy(outcomes, ({ dialect, sql, predicted }) => JSON.stringify([dialect, sql, predicted]));
  const candidates = [...alike.values()].map((group) => {
    const { sql, predicted, dialect } = group[0]!;
    const { manifest } = dialects[dialect]!;
    return {
      gold: semantics.statement(sql, manifest),
      predicted: semantics.statement(predicted, manifest),
      ordered: semantics.ordered(sql, tryParse(sql, manifest)),
      outcomes: group,
    };
  });
  // Answers to one gold stand together, while its result is kept.
  return [...groupBy(candidates, ({ gold }) => gold).values()].flat();
}

async function variants(folder: string, database: string): Promise<string[]> {
  try {
    const names = await readdir(path.join(folder, database));
    return names
      .filter((name) => /\.(sqlite|db)$/.test(name))
      .sort()
      .map((name) => path.join(folder, database, name));
  } catch (error) {
    throw new NotFoundError(`${folder} has no folder ${database}.`, 'Give the folder of the test-suite databases.', {
      cause: error,
    });
  }
}
