import type { ArmOutcome, StageReport } from '../contract.js';
import { mean } from '../metrics/bootstrap.js';
import type { ArmReport } from './report.js';

/** What an arm took, over its runs. @param changes what it changes in the base */
export function describeArm(arm: string, changes: Record<string, unknown>, runs: readonly ArmOutcome[]): ArmReport {
  const own = runs.filter((run) => run.arm === arm);
  const stages = own.flatMap((run) => run.stages);
  const now = stages.filter(({ reused }) => !reused);
  const costs = now.map(({ costUsd }) => costUsd);
  return {
    arm,
    changes,
    seconds: sum(now.map(({ seconds }) => seconds)),
    secondsAlone: sum(stages.map(({ seconds }) => seconds)),
    costUsd: costs.some((cost) => cost === null) ? null : sum(costs.map((cost) => cost ?? 0)),
    stages: stages.length,
    reused: stages.length - now.length,
    parameters: mean(own.map(({ parameters }) => parameters)),
    rows: mean(own.map((run) => sum(trainingsOf(run).map((training) => training.in)))),
    tokens: mean(own.map((run) => sum(trainingsOf(run).map(({ figures }) => figures?.['tokens'] ?? 0)))),
  };
}

/** The trainings that led to what answers: a model made without the experts, or with one, owes nothing to the others. */
function trainingsOf({ stages, experts }: ArmOutcome): StageReport[] {
  return stages.filter(
    ({ stage, dialect }) => stage === 'train' && (dialect === undefined || experts.includes(dialect)),
  );
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
