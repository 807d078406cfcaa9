/**
 * Whether every accepted pair gives the same result again on a fresh engine: makes pairs, checks them, opens the databases anew in new
 * processes, runs every accepted statement again and compares rows and their order.
 *
 *     npx tsx bench/corpus/re-execute.ts --dialect sqlite [--templates 3000] [--pairs 10000] [--databases retail,hotel] [--json]
 */
import { parseArgs } from 'node:util';
import type { ExecutionOutcome } from '../../core/database.js';
import { checkPair } from '../../core/checks/pipeline.js';
import { dialects } from '../../dialects/registry.js';
import { bagOf, resultOf } from './result-of.js';
import { corpusFlags, makePairs, openSamples, timed, type OpenDatabases, type Seconds } from './make-pairs.js';

const { values: flags } = parseArgs({
  options: { ...corpusFlags, pairs: { type: 'string', default: '10000' }, json: { type: 'boolean', default: false } },
});
const seconds: Seconds = {};
const { manifest } = dialects[flags.dialect]!;

const first = await openSamples(flags);
const { pairs } = await makePairs(flags, first, seconds);
/** Outcomes of accepted pairs by id. */
const results = new Map<string, ExecutionOutcome>();
await timed(seconds, 'check', () =>
  onEach(first, async (pair, session) => {
    let outcome: ExecutionOutcome | null = null;
    const execute = async (sql: string): Promise<ExecutionOutcome> => {
      const ran = await session.execute(sql, { maxRows: 1001 });
      // The checks run more than the statement itself.
      if (sql === pair.sql) outcome ??= ran;
      return ran;
    };
    const { accepted } = await checkPair(pair, { manifest, maxRows: 1000, execute });
    if (accepted) results.set(pair.id, outcome!);
  }),
);
await first.close();

const fresh = await openSamples(flags);
const changed: { id: string; sql: string; now: string }[] = [];
/** Rows that are ordered alike, or not at all, may come in any order. */
let reordered = 0;
await timed(seconds, 're-execute', () =>
  onEach(fresh, async (pair, session) => {
    const before = results.get(pair.id);
    if (before === undefined) return;
    const now = await session.execute(pair.sql, { maxRows: 1001 });
    if (resultOf(now) === resultOf(before)) return;
    if (bagOf(now) === bagOf(before)) reordered += 1;
    else changed.push({ id: pair.id, sql: pair.sql, now: resultOf(now).slice(0, 200) });
  }),
);
await fresh.close();

async function onEach(
  { sessions, schemas }: OpenDatabases,
  work: (pair: (typeof pairs)[number], session: OpenDatabases['sessions'][number]) => Promise<void>,
): Promise<void> {
  await Promise.all(
    sessions.map(async (session, index) => {
      for (const pair of pairs.filter(({ database }) => database === schemas[index]!.name)) await work(pair, session);
    }),
  );
}

const n = results.size;
const result = {
  dialect: flags.dialect,
  accepted: n,
  same: n - changed.length,
  reordered,
  share: (n - changed.length) / n,
  changed,
  seconds,
};
if (flags.json) process.stdout.write(`${JSON.stringify(result)}\n`);
else {
  process.stdout.write(
    `${flags.dialect}: ${result.same} of ${n} accepted pairs give the same result on a fresh engine (${(result.share * 100).toFixed(2)} %), ${reordered} of them with rows that are ordered alike in another order\n`,
  );
  for (const { sql, now } of changed.slice(0, 20)) process.stdout.write(`  ${sql}\n    now ${now}\n`);
}
process.exitCode = changed.length === 0 ? 0 : 1;
