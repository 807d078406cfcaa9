import type { ArtifactRef, Provenance, StageReport } from '../core/contract.js';
import { summarise, type CheckSummary } from '../core/checks/summarise.js';
import type { CheckPolicy, DatabaseEntry, TeacherSpec } from '../core/run-spec.js';
import type { ModelClient } from '../adapters/llm/model-client.js';
import type { ArtifactStore } from '../adapters/s3/artifact-store.js';
import type { Databases } from './databases.js';
import { readEvaluationSets, type EvaluationSets } from './evaluation-sets.js';
import { examinePairs, type Examination } from './examine-pairs.js';
import { beatWhileAsking, pulse } from './heartbeat.js';
import type { PopulatedPair } from './populate.js';
import { repairPairs, type CheckedPair } from './repair-pairs.js';
import type { StageRunner } from './stage.js';
import type { Teachers } from './teachers.js';

export interface CheckWork {
  dialect: string;
  pairs: ArtifactRef;
  databases: { known: DatabaseEntry[]; unseen: DatabaseEntry[] };
  judge: TeacherSpec;
  /** Who wrote the pairs, to be asked once more for those that are rejected. */
  teacher?: TeacherSpec;
  policy: CheckPolicy;
  maxBudgetUsd: number | null;
  provenance: Provenance;
}

/** While the engine is at one statement, others are parsed and judged. */
const sideBySide = 4;

export type CheckActivities = ReturnType<typeof createCheckActivities>;

export interface CheckServices {
  store: ArtifactStore;
  stages: StageRunner;
  databases: Databases;
  teachers: Teachers;
}

interface Checked extends CheckSummary {
  kept: ArtifactRef;
  verdicts: ArtifactRef;
  /** Rejected pairs that the teacher was asked to mend, and those of them that passed all checks then. */
  repairs: { asked: number; accepted: number };
  /** US dollars of judge and repairs; null where a price is not known. */
  costUsd: number | null;
}

export function createCheckActivities({ store, stages, databases, teachers }: CheckServices) {
  return {
    /** Puts a shard's pairs through the checks. Duplicates are found when the shards are put together. */
    async checkShard(work: CheckWork): Promise<{ accepted: ArtifactRef; report: StageReport }> {
      const { dialect, pairs, judge, teacher, policy, provenance } = work;
      const { timeoutMs, maxRows } = policy;
      const sets = await readEvaluationSets(policy.evaluationSets, dialect);
      const done = await stages.once<Checked>(
        {
          ...{ stage: 'check-shard', version: 4, inputs: { pairs: pairs.sha256 } },
          parameters: {
            ...(sets.hashes.length > 0 && { evaluationSets: sets.hashes }),
            ...{ dialect, timeoutMs, maxRows, judge: teachers.identity('judge', judge) },
            ...(mends(teacher) && { repair: teachers.identity('teacher', teacher) }),
          },
        },
        provenance,
        () => check(work, sets),
      );
      const { kept, n, accepted, byReason, repairs, costUsd } = done.result;
      const report: StageReport = {
        ...{ stage: 'check', dialect, in: n, out: accepted },
        figures: {
          ...(byReason as Record<string, number>),
          ...(repairs.asked > 0 && { 'repair-asked': repairs.asked, repaired: repairs.accepted }),
        },
        ...{ seconds: done.seconds, reused: done.reused },
        costUsd: done.reused ? 0 : costUsd,
      };
      return { accepted: kept, report };
    },
  };

  async function check(
    { dialect, pairs, databases: names, policy, ...work }: CheckWork,
    { check: contamination }: EvaluationSets,
  ): Promise<Checked> {
    const beats = pulse<number>();
    const entries = new Map([...names.known, ...names.unseen].map((entry) => [entry.name, entry]));
    const { provenance, maxBudgetUsd } = work;
    const purse = { provenance, stage: 'check', maxBudgetUsd };
    const asking = { provenance, maxBudgetUsd, signal: beats.signal };
    const judge = teachers.client('judge', work.judge, asking);
    const teacher = mends(work.teacher) ? teachers.client('teacher', work.teacher, asking) : null;
    const examination: Examination = {
      ...{ dialect, policy, contamination, judge, beats },
      // Where queries cost money and money is short, each must know what the one before it cost.
      sideBySide: maxBudgetUsd === null ? sideBySide : 1,
      sessionOf: (name) => databases.open(entries.get(name)!, dialect, purse),
      schemaOf: (name) => databases.schema(entries.get(name)!, dialect),
    };
    const rows = await store.getRows<PopulatedPair>(pairs);
    const verdicts = await examinePairs(examination, rows);
    const checked = rows.map((pair, index): CheckedPair => ({ pair, verdict: verdicts[index]! }));
    const { outcomes, asked, accepted } =
      teacher === null
        ? { outcomes: checked, asked: 0, accepted: 0 }
        : await mendRejected(teacher, examination, checked);
    return {
      ...summarise(outcomes.map(({ verdict }) => verdict)),
      kept: await store.putRows(outcomes.filter(({ verdict }) => verdict.accepted).map(({ pair }) => pair)),
      verdicts: await store.putRows(outcomes.map(({ verdict }) => verdict)),
      repairs: { asked, accepted },
      costUsd: sumCosts([judge, teacher].map((client) => client?.tally.costUsd ?? (client === null ? 0 : null))),
    };
  }
}

/** Has the teacher mend what was rejected, once, and puts what passes then in its place. */
async function mendRejected(
  teacher: ModelClient,
  examination: Examination,
  checked: CheckedPair[],
): Promise<{ outcomes: CheckedPair[]; asked: number; accepted: number }> {
  const { dialect, schemaOf, beats } = examination;
  // What people gave is not put into other words.
  const rejected = checked.filter(({ pair, verdict }) => !verdict.accepted && pair.origin !== 'given');
  const { asked, mended } = await beatWhileAsking(beats, checked.length, () =>
    repairPairs(teacher, { dialect, rejected, schemaOf }),
  );
  const pairs = mended.map(({ pair }) => pair);
  const verdicts = await examinePairs(examination, pairs);
  const better = new Map(
    mended.flatMap(({ instead, pair }, index) =>
      verdicts[index]!.accepted ? [[instead, { pair, verdict: verdicts[index]! }]] : [],
    ),
  );
  const outcomes = checked.map((outcome) => better.get(outcome.pair.id) ?? outcome);
  return { outcomes, asked, accepted: verdicts.filter(({ accepted }) => accepted).length };
}

/** The offline teacher has nothing to say twice. Runs that began before teachers repaired name none. */
const mends = (teacher: TeacherSpec | undefined): teacher is TeacherSpec =>
  teacher?.kind === 'openai' && teacher.repair;

const sumCosts = (costs: (number | null)[]): number | null =>
  costs.reduce((sum, cost) => (sum === null || cost === null ? null : sum + cost), 0);
