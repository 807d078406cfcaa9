import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { NotFoundError } from '../core/errors.js';
import type { ItemOutcome } from '../core/evaluate/outcome.js';
import { groupBy } from '../core/evaluate/group-by.js';
import { tryParse } from '../core/evaluate/read-sql.js';
import { sameResult } from '../core/metrics/execution-accuracy.js';
import { ordersRows } from '../core/sql/order.js';
import { openDatabase } from '../dialects/open-database.js';
import { dialects } from '../dialects/registry.js';
import { DatabasePool } from '../dialects/sandbox/pool.js';

export interface TestSuiteOptions {
  /** Holds a folder a database, with every variant of it. */
  folder: string;
  timeoutMs: number;
  progress: (sentence: string) => void;
}

/**
 * Test-suite accuracy (Zhong, Yu, Klein: Semantic Evaluation for Text-to-SQL with Distilled Test Suites, 2020): the share of
 * predictions that match on every variant of the database, so that a match by chance of the data does not count.
 */
export async function scoreTestSuite(outcomes: readonly ItemOutcome[], options: TestSuiteOptions): Promise<number> {
  const pool = new DatabasePool();
  let passed = 0;
  try {
    for (const [database, items] of groupBy(outcomes, (outcome) => outcome.database)) {
      let left = items.filter(({ correct }) => correct);
      for (const file of await variants(options.folder, database)) {
        if (left.length === 0) break;
        const session = await openDatabase(
          { name: path.basename(file), dialect: left[0]!.dialect, url: file },
          { pool },
        );
        try {
          const kept: ItemOutcome[] = [];
          for (const item of left) if (await matches(item, session, options.timeoutMs)) kept.push(item);
          left = kept;
        } finally {
          await session.close();
        }
      }
      passed += left.length;
      options.progress(`Test suite: ${database} done.`);
    }
  } finally {
    await pool.close();
  }
  return outcomes.length === 0 ? 0 : passed / outcomes.length;
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

async function matches(
  { sql, predicted, dialect }: ItemOutcome,
  session: Awaited<ReturnType<typeof openDatabase>>,
  timeoutMs: number,
): Promise<boolean> {
  const [gold, answer] = [await session.execute(sql, { timeoutMs }), await session.execute(predicted, { timeoutMs })];
  // A variant on which the gold itself fails tells nothing of the prediction.
  if (gold.kind !== 'rows') return true;
  const query = tryParse(sql, dialects[dialect]!.manifest);
  return answer.kind === 'rows' && sameResult(gold, answer, { ordered: query !== null && ordersRows(query) });
}
