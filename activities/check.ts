import type { ArtifactRef, Provenance, StageReport } from '../core/contract.js';
import { checkPair, type JudgedPair } from '../core/checks/pipeline.js';
import { reject, type Rejection } from '../core/checks/rejection.js';
import { createRoundTripJudge } from '../core/checks/round-trip.js';
import { summarise, type CheckSummary } from '../core/checks/summarise.js';
import type { DatabaseSchema } from '../core/database.js';
import type { CheckPolicy, DatabaseEntry, TeacherSpec } from '../core/run-spec.js';
import type { Verdict } from '../core/template.js';
import { dialects } from '../dialects/registry.js';
import { askForVerdicts } from '../adapters/llm/judge.js';
import type { ModelClient } from '../adapters/llm/model-client.js';
import type { ArtifactStore } from '../adapters/s3/artifact-store.js';
import type { Databases } from './databases.js';
import { readEvaluationSets, type EvaluationSets } from './evaluation-sets.js';
import { beatWhileAsking, pulse } from './heartbeat.js';
import type { PopulatedPair } from './populate.js';
import { repairPairs } from './repair-pairs.js';
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
          ...{ stage: 'check-shard', version: 2, inputs: { pairs: pairs.sha256 } },
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
    const schemaOf = (name: string): Promise<DatabaseSchema> => databases.schema(entries.get(name)!, dialect);
    const asking = { run: work.provenance.run, maxBudgetUsd: work.maxBudgetUsd, signal: beats.signal };
    const judge = teachers.client('judge', work.judge, asking);
    const teacher = mends(work.teacher) ? teachers.client('teacher', work.teacher, asking) : null;
    const { manifest, phrases } = dialects[dialect]!;
    const judgeAlone = createRoundTripJudge(manifest, phrases);
    const rows = await store.getRows<PopulatedPair>(pairs);

    const examine = async (these: PopulatedPair[]): Promise<Verdict[]> => {
      const { verdicts, unjudged } = await runChecks(these);
      if (judge === null) return verdicts;
      const objections = await beatWhileAsking(beats, rows.length, () => askJudge(judge, dialect, unjudged, schemaOf));
      return verdicts.map((verdict) => ({ ...verdict, ...objections.get(verdict.id) }));
    };
    const runChecks = async (these: PopulatedPair[]): Promise<{ verdicts: Verdict[]; unjudged: JudgedPair[] }> => {
      const verdicts: Verdict[] = [];
      const unjudged: JudgedPair[] = [];
      for (const [index, pair] of these.entries()) {
        beats.signal.throwIfAborted();
        beats.beat(index);
        const entry = entries.get(pair.database)!;
        const [session, schema] = [await databases.open(entry, dialect), await schemaOf(pair.database)];
        const verdict = await checkPair(pair, {
          ...{ manifest, maxRows: policy.maxRows, contamination },
          execute: (sql) => session.execute(sql, { timeoutMs: policy.timeoutMs, maxRows: policy.maxRows + 1 }),
          judge: (judged) => {
            if (judge === null) return judgeAlone(pair.question, judged.query, schema);
            unjudged.push(judged);
            return null;
          },
        });
        verdicts.push(verdict);
      }
      return { verdicts, unjudged };
    };

    const first = await examine(rows);
    const outcomes = rows.map((pair, index) => ({ pair, verdict: first[index]! }));
    const repairs = { asked: 0, accepted: 0 };
    if (teacher !== null) {
      const rejected = outcomes.filter(({ verdict }) => !verdict.accepted);
      const { asked, mended } = await beatWhileAsking(beats, rows.length, () =>
        repairPairs(teacher, { dialect, rejected, schemaOf }),
      );
      const second = await examine(mended.map(({ pair }) => pair));
      const better = new Map(mended.map(({ instead, pair }, index) => [instead, { pair, verdict: second[index]! }]));
      for (const [place, { pair }] of outcomes.entries()) {
        const now = better.get(pair.id);
        if (now?.verdict.accepted) outcomes[place] = now;
      }
      Object.assign(repairs, { asked, accepted: second.filter(({ accepted }) => accepted).length });
    }
    return {
      ...summarise(outcomes.map(({ verdict }) => verdict)),
      kept: await store.putRows(outcomes.filter(({ verdict }) => verdict.accepted).map(({ pair }) => pair)),
      verdicts: await store.putRows(outcomes.map(({ verdict }) => verdict)),
      repairs,
      costUsd: sumCosts([judge, teacher].map((client) => client?.tally.costUsd ?? (client === null ? 0 : null))),
    };
  }
}

/** The offline teacher has nothing to say twice. Runs that began before teachers repaired name none. */
const mends = (teacher: TeacherSpec | undefined): teacher is TeacherSpec =>
  teacher?.kind === 'openai' && teacher.repair;

const sumCosts = (costs: (number | null)[]): number | null =>
  costs.reduce((sum, cost) => (sum === null || cost === null ? null : sum + cost), 0);

/** The judge's objections by pair; a pair whose reply cannot be read is rejected, for nobody vouched for it. */
async function askJudge(
  client: ModelClient,
  dialect: string,
  judged: JudgedPair[],
  schemaOf: (database: string) => Promise<DatabaseSchema>,
): Promise<Map<string, Rejection & { accepted: false }>> {
  const objections = new Map<string, Rejection & { accepted: false }>();
  for (const database of new Set(judged.map(({ pair }) => pair.database))) {
    const jobs = judged
      .filter(({ pair }) => pair.database === database)
      .map(({ pair, outcome }) => ({ id: pair.id, question: pair.question, sql: pair.sql, rows: outcome.rows }));
    const { manifest } = dialects[dialect]!;
    const answers = await askForVerdicts(client, { manifest, schema: await schemaOf(database), jobs });
    for (const answer of answers) {
      const said = 'invalid' in answer ? answer.invalid : answer.aligned ? null : answer.reason;
      if (said !== null) objections.set(answer.job.id, { ...reject('judge-disagrees', said), accepted: false });
    }
  }
  return objections;
}
