import { createDuplicateFilter } from '../core/checks/duplicates.js';
import { checkPair } from '../core/checks/pipeline.js';
import { createRoundTripJudge } from '../core/checks/round-trip.js';
import { summarise, type CheckSummary } from '../core/checks/summarise.js';
import { InvalidInputError } from '../core/errors.js';
import { groupBy } from '../core/evaluate/group-by.js';
import type { Pair, Verdict } from '../core/template.js';
import { openDatabase } from '../dialects/open-database.js';
import { dialects } from '../dialects/registry.js';
import { DatabasePool } from '../dialects/sandbox/pool.js';
import { findDatabase } from './find-database.js';
import { readPairs } from '../core/read-pairs.js';
import { readInput } from './gold-files.js';

export interface CheckRequest {
  dialect: string;
  database: string;
  pairs: string;
  timeoutMs: number;
  maxRows: number;
}

/** The checks alone: every verdict as it falls, then the funnel. With the judge that needs no model. */
export async function runCheck(
  request: CheckRequest,
  onVerdict: (verdict: Verdict) => void,
): Promise<{ summary: CheckSummary & { seconds: number } }> {
  const started = performance.now();
  const known = dialects[request.dialect];
  if (!known) {
    throw new InvalidInputError(
      `There is no dialect "${request.dialect}".`,
      `Use one of ${Object.keys(dialects).join(', ')}.`,
    );
  }
  for (const [flag, value] of [
    ['--timeout', request.timeoutMs],
    ['--max-rows', request.maxRows],
  ] as const) {
    if (!(value > 0)) throw new InvalidInputError(`${flag} is not a number above 0.`, 'Give one.');
  }
  const pairs = await readPairsFile(request);
  const duplicates = createDuplicateFilter(known.manifest);
  const judge = createRoundTripJudge(known.manifest, known.phrases);
  const verdicts: Verdict[] = [];
  const pool = new DatabasePool();
  try {
    for (const [name, group] of groupBy(pairs, ({ database }) => database)) {
      const session = await openDatabase(findDatabase(request.database, name, request.dialect), { pool });
      try {
        const schema = await session.introspect();
        for (const pair of group) {
          const verdict = await checkPair(pair, {
            manifest: known.manifest,
            maxRows: request.maxRows,
            execute: (sql) => session.execute(sql, { timeoutMs: request.timeoutMs, maxRows: request.maxRows + 1 }),
            duplicates,
            judge: ({ pair: { question }, query }) => judge(question, query, schema),
          });
          verdicts.push(verdict);
          onVerdict(verdict);
        }
      } finally {
        await session.close();
      }
    }
  } finally {
    await pool.close();
  }
  return { summary: { ...summarise(verdicts), seconds: Math.round(performance.now() - started) / 1000 } };
}

async function readPairsFile({ pairs: file, dialect }: CheckRequest): Promise<Pair[]> {
  return readPairs(await readInput(file, '--in'), file).map((pair) => ({ ...pair, dialect }));
}
