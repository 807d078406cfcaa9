import type { ArmOutcome, Evaluation, LifecycleResult, ModelRef } from '../contract.js';
import type { RunSpec } from '../run-spec.js';
import type { ArmRun } from './spec.js';

/** What a finished run leaves for the comparison of its arm with the others. */
export function outcomeOf(
  { arm, seed }: Pick<ArmRun, 'arm' | 'seed'>,
  { merge }: Pick<RunSpec, 'merge'>,
  { run, stages, models, evaluations }: LifecycleResult,
): ArmOutcome {
  const learned = models.flatMap(({ kind, dialect }) => (kind === 'expert' && dialect !== null ? [dialect] : []));
  const answering = answeringModels(models);
  const answers = evaluations.filter(({ model, dialect }) =>
    answering.some((one) => one.id === model && answersFor(one, dialect)),
  );
  const behind = merge.method === 'generalist' ? [] : merge.method === 'single' ? [merge.settings.expert] : learned;
  return {
    ...{ arm, seed, run, stages, answers, learned: [...new Set(learned)] },
    experts: learned.filter((dialect) => behind.includes(dialect)),
    parameters: answering.reduce((sum, { parameters }) => sum + parameters, 0),
  };
}

/** The model that the experts became, or where they became none each dialect's own expert. */
function answeringModels(models: readonly ModelRef[]): ModelRef[] {
  const last = models.at(-1);
  const isWhole = last !== undefined && last.kind !== 'base' && last.dialect === null;
  return isWhole ? [last] : models.filter(({ kind }) => kind === 'expert');
}

/** A model of one dialect answers for that dialect. */
const answersFor = ({ dialect }: ModelRef, asked: Evaluation['dialect']): boolean =>
  dialect === null || dialect === asked;
