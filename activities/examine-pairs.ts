import type { ContaminationCheck } from '../core/checks/decontamination.js';
import { checkPair, type JudgedPair } from '../core/checks/pipeline.js';
import { reject, type Rejection } from '../core/checks/rejection.js';
import { createRoundTripJudge } from '../core/checks/round-trip.js';
import type { DatabaseSchema, DatabaseSession } from '../core/database.js';
import type { CheckPolicy } from '../core/run-spec.js';
import { slidingWindow } from '../core/sliding-window.js';
import type { Verdict } from '../core/template.js';
import { dialects } from '../dialects/registry.js';
import { askForVerdicts } from '../adapters/llm/judge.js';
import type { ModelClient } from '../adapters/llm/model-client.js';
import { beatWhileAsking, type Pulse } from './heartbeat.js';
import type { PopulatedPair } from './populate.js';

/** What the checks of a shard have in common. */
export interface Examination {
  dialect: string;
  policy: CheckPolicy;
  contamination: ContaminationCheck | null;
  /** Null: the round-trip judge. */
  judge: ModelClient | null;
  /** Pairs under way at a time; the verdicts are the same. */
  sideBySide: number;
  beats: Pulse<number>;
  sessionOf(database: string): Promise<DatabaseSession>;
  schemaOf(database: string): Promise<DatabaseSchema>;
}

/** A verdict a pair, by the rules, the engine and the judge. */
export async function examinePairs(examination: Examination, pairs: PopulatedPair[]): Promise<Verdict[]> {
  const { beats, judge } = examination;
  const { verdicts, unjudged } = await runChecks(examination, pairs);
  if (judge === null) return verdicts;
  const objections = await beatWhileAsking(beats, pairs.length, () => askJudge(judge, examination, unjudged));
  return verdicts.map((verdict) => ({ ...verdict, ...objections.get(verdict.id) }));
}

/** All checks but those of a model as judge, for whom `unjudged` are left. */
async function runChecks(
  { dialect, policy, contamination, judge, sideBySide, beats, ...open }: Examination,
  pairs: PopulatedPair[],
): Promise<{ verdicts: Verdict[]; unjudged: JudgedPair[] }> {
  const { manifest, phrases } = dialects[dialect]!;
  const { timeoutMs, maxRows } = policy;
  const judgeAlone = createRoundTripJudge(manifest, phrases);
  const unjudged = new Map<number, JudgedPair>();
  const verdicts = await slidingWindow(pairs, sideBySide, async (pair, index) => {
    beats.signal.throwIfAborted();
    beats.beat(index);
    const [session, schema] = [await open.sessionOf(pair.database), await open.schemaOf(pair.database)];
    return checkPair(pair, {
      ...{ manifest, maxRows, contamination },
      execute: (sql) => session.execute(sql, { timeoutMs, maxRows: maxRows + 1 }),
      judge: (judged) => {
        if (judge === null) return judgeAlone(pair.question, judged.query, schema);
        unjudged.set(index, judged);
        return null;
      },
    });
  });
  return { verdicts, unjudged: [...unjudged.keys()].sort((a, b) => a - b).map((index) => unjudged.get(index)!) };
}

/** The judge's objections by pair; a pair whose reply cannot be read is rejected, for nobody vouched for it. */
async function askJudge(
  judge: ModelClient,
  { dialect, schemaOf }: Examination,
  judged: JudgedPair[],
): Promise<Map<string, Rejection & { accepted: false }>> {
  const { manifest } = dialects[dialect]!;
  const objections = new Map<string, Rejection & { accepted: false }>();
  for (const database of new Set(judged.map(({ pair }) => pair.database))) {
    const jobs = judged
      .filter(({ pair }) => pair.database === database)
      .map(({ pair, outcome }) => ({ id: pair.id, question: pair.question, sql: pair.sql, rows: outcome.rows }));
    const answers = await askForVerdicts(judge, { manifest, schema: await schemaOf(database), jobs });
    for (const answer of answers) {
      const said = 'invalid' in answer ? answer.invalid : answer.aligned ? null : answer.reason;
      if (said !== null) objections.set(answer.job.id, { ...reject('judge-disagrees', said), accepted: false });
    }
  }
  return objections;
}
