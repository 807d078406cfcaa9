import type { ArtifactRef, Provenance, StageReport } from '../core/contract.js';
import { checkPair, type JudgedPair } from '../core/checks/pipeline.js';
import { reject, type Rejection } from '../core/checks/rejection.js';
import { judgeRoundTrip } from '../core/checks/round-trip.js';
import { summarise, type CheckSummary } from '../core/checks/summarise.js';
import type { DatabaseSchema } from '../core/database.js';
import type { CheckPolicy, DatabaseEntry, TeacherSpec } from '../core/run-spec.js';
import type { Verdict } from '../core/template.js';
import { dialects } from '../dialects/registry.js';
import { askForVerdicts } from '../adapters/llm/teacher.js';
import type { ModelClient } from '../adapters/llm/model-client.js';
import type { ArtifactStore } from '../adapters/s3/artifact-store.js';
import type { Databases } from './databases.js';
import { pulse } from './heartbeat.js';
import type { PopulatedPair } from './populate.js';
import type { StageRunner } from './stage.js';
import type { Teachers } from './teachers.js';

export interface CheckWork {
  dialect: string;
  pairs: ArtifactRef;
  databases: { known: DatabaseEntry[]; unseen: DatabaseEntry[] };
  judge: TeacherSpec;
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
}

const judgeSettings = { temperature: 0, maxTokens: 300, seed: 17 };

export function createCheckActivities({ store, stages, databases, teachers }: CheckServices) {
  return {
    /** Puts a shard's pairs through the checks. Duplicates are found when the shards are put together. */
    async checkShard(work: CheckWork): Promise<{ accepted: ArtifactRef; report: StageReport }> {
      const { dialect, pairs, judge, policy, provenance } = work;
      const { timeoutMs, maxRows } = policy;
      const done = await stages.once<Checked>(
        {
          ...{ stage: 'check-shard', version: 1, inputs: { pairs: pairs.sha256 } },
          parameters: { dialect, timeoutMs, maxRows, judge: { kind: judge.kind, model: judge.model } },
        },
        provenance,
        () => check(work),
      );
      const { kept, n, accepted, byReason } = done.result;
      const report: StageReport = {
        ...{ stage: 'check', dialect, in: n, out: accepted, figures: byReason as Record<string, number> },
        ...{ seconds: done.seconds, reused: done.reused },
        costUsd: judge.kind === 'offline' ? 0 : await teachers.costOf(provenance.run, 'check'),
      };
      return { accepted: kept, report };
    },
  };

  async function check({ dialect, pairs, databases: names, judge, policy, ...run }: CheckWork): Promise<Checked> {
    const beats = pulse<number>();
    const { manifest } = dialects[dialect]!;
    const entries = new Map([...names.known, ...names.unseen].map((entry) => [entry.name, entry]));
    const model = teachers.client('judge', judge, run.provenance.run, run.maxBudgetUsd);
    const rows = await store.getRows<PopulatedPair>(pairs);
    const verdicts: Verdict[] = [];
    const unjudged: JudgedPair[] = [];
    for (const [index, pair] of rows.entries()) {
      beats.signal.throwIfAborted();
      beats.beat(index);
      const entry = entries.get(pair.database)!;
      const [session, schema] = [await databases.open(entry, dialect), await databases.schema(entry, dialect)];
      const verdict = await checkPair(pair, {
        ...{ manifest, maxRows: policy.maxRows },
        execute: (sql) => session.execute(sql, { timeoutMs: policy.timeoutMs, maxRows: policy.maxRows + 1 }),
        judge: (judged) => {
          if (model === null) return judgeRoundTrip(pair.question, judged.query, schema);
          unjudged.push(judged);
          return null;
        },
      });
      verdicts.push(verdict);
    }
    if (model !== null) {
      const schemaOf = (name: string): Promise<DatabaseSchema> => databases.schema(entries.get(name)!, dialect);
      const objections = await askJudge(model, dialect, unjudged, schemaOf);
      for (const verdict of verdicts) Object.assign(verdict, objections.get(verdict.id));
    }
    const accepted = new Set(verdicts.flatMap(({ id, accepted: passed }) => (passed ? [id] : [])));
    return {
      ...summarise(verdicts),
      kept: await store.putRows(rows.filter(({ id }) => accepted.has(id))),
      verdicts: await store.putRows(verdicts),
    };
  }
}

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
    const answers = await askForVerdicts(
      { client, ...judgeSettings },
      { manifest: dialects[dialect]!.manifest, schema: await schemaOf(database), jobs },
    );
    for (const answer of answers) {
      const said = 'invalid' in answer ? answer.invalid : answer.aligned ? null : answer.reason;
      if (said !== null) objections.set(answer.job.id, { ...reject('judge-disagrees', said), accepted: false });
    }
  }
  return objections;
}
