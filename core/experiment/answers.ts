import type { ArmOutcome, LifecycleResult } from '../contract.js';
import type { RunSpec } from '../run-spec.js';
import type { ArmRun } from './spec.js';

/**
 * What a finished run leaves for the comparison of its arm with the others. The model that its experts became answers for it, or
 * where they became none each dialect's own expert.
 */
export function outcomeOf(
  { arm, seed }: Pick<ArmRun, 'arm' | 'seed'>,
  { merge }: Pick<RunSpec, 'merge'>,
  { run, stages, models, evaluations }: LifecycleResult,
): ArmOutcome {
  const experts = models.filter(({ kind, dialect }) => kind === 'expert' && dialect !== null);
  // A single expert that was not tuned is itself the answer.
  const asItIs = merge.method === 'single' && merge.tuning === null;
  const learned = experts.flatMap(({ dialect }) => dialect ?? []);
  const answering =
    merge.method === 'none'
      ? experts
      : asItIs
        ? experts.filter(({ dialect }) => dialect === merge.settings.expert)
        : models.slice(-1);
  const answers = evaluations.filter(({ model, dialect }) =>
    answering.some((one) => one.id === model && (merge.method !== 'none' || one.dialect === dialect)),
  );
  const behind = merge.method === 'generalist' ? [] : merge.method === 'single' ? [merge.settings.expert] : learned;
  return {
    ...{ arm, seed, run, stages, answers, learned },
    experts: learned.filter((dialect) => behind.includes(dialect)),
    parameters: answering.reduce((sum, { parameters }) => sum + parameters, 0),
  };
}
