import type { RunSpec, TeacherSpec } from '../../core/run-spec.js';
import { jsonSchemaOf, type ModelRequest } from './ledger.js';
import { costOf, type PriceList, type TokenUsage } from './prices.js';

/** Statements that a reply to a question of expand brings, on average. */
export const statementsPerReply = 2;
/** Of them, those that become templates; and of all pairs, those that go back for repair: as the models that were tried had it. */
const keptStatements = 0.5;
const repairedPairs = 0.3;

/** Characters of a token in English and SQL, as tokenizers of today's models have them. */
const charactersPerToken = 3.6;
/** Of the answer, before the model has given any: what answers of that stage came to with the models that were tried. */
const usualOutputTokens: Record<string, number> = { expand: 180, populate: 70, repair: 110, check: 40 };

/** What a request is expected to use, before it is sent. Nothing is taken to be cached. */
export function estimateUsage(
  { system, user, schema, stage, maxTokens }: ModelRequest<unknown>,
  outputTokens: Record<string, number> = {},
): TokenUsage {
  const characters = system.length + user.length + JSON.stringify(schema && jsonSchemaOf(schema)).length;
  return {
    inputTokens: Math.ceil(characters / charactersPerToken),
    cachedInputTokens: 0,
    outputTokens: Math.ceil(Math.min(maxTokens, outputTokens[stage] ?? usualOutputTokens[stage] ?? maxTokens)),
  };
}

/** What a stage of a run will ask of a model, about. */
export interface StageEstimate {
  stage: string;
  model: string;
  calls: number;
  inputTokens: number;
  outputTokens: number;
  /** Null where the model's price is not known. */
  usd: number | null;
}

/** How many calls of each kind a run makes for one dialect, about. @param seeds templates that the run begins with */
export function estimateCalls(
  { teacher, judge, expand, populate }: Pick<RunSpec, 'teacher' | 'judge' | 'expand' | 'populate'>,
  seeds: number,
): Record<string, number> {
  const pairs = populate.seedPairs + populate.pairs + populate.unseenPairs;
  const asks = ({ kind }: TeacherSpec): boolean => kind === 'openai';
  // A round is asked for even where the seeds alone reach the target.
  const statements = Math.max(Math.min(expand.batch, expand.target), (expand.target - seeds) / keptStatements);
  return {
    ...(asks(teacher) && { expand: Math.ceil(statements / statementsPerReply), populate: pairs }),
    ...(asks(teacher) && teacher.repair && { repair: Math.ceil(pairs * repairedPairs) }),
    ...(asks(judge) && { check: pairs }),
  };
}

/** `calls` requests like the samples, which are of one stage. @param outputTokens of an answer by stage, as the model has given them so far */
export function estimateStage(
  samples: ModelRequest<unknown>[],
  calls: number,
  of: { model: string; prices: PriceList; batch: boolean; outputTokens: Record<string, number> },
): StageEstimate {
  const usages = samples.map((request) => estimateUsage(request, of.outputTokens));
  const total = (field: 'inputTokens' | 'outputTokens'): number =>
    Math.ceil((usages.reduce((sum, usage) => sum + usage[field], 0) / Math.max(1, usages.length)) * calls);
  const usage = { inputTokens: total('inputTokens'), cachedInputTokens: 0, outputTokens: total('outputTokens') };
  const { inputTokens, outputTokens } = usage;
  const usd = costOf(of.model, usage, of.prices, of.batch ? 'batch' : 'call');
  return { stage: samples[0]?.stage ?? '', model: of.model, calls, inputTokens, outputTokens, usd };
}
