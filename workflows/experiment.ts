import { ActivityFailure, ChildWorkflowFailure, isCancellation, workflowInfo } from '@temporalio/workflow';
import type { ArmOutcome, ExperimentInput, ExperimentResult, LifecycleResult, StageReport } from '../core/contract.js';
import { outcomeOf } from '../core/experiment/answers.js';
import type { ExperimentRun } from '../core/experiment/report.js';
import { sumReports } from '../core/stage-report.js';
import { lifecycle } from './lifecycle.js';
import { evaluation, validation } from './proxies.js';
import { recordRun } from './record-run.js';
import { joinRun, type Run } from './run.js';
import { slidingWindow } from '../core/sliding-window.js';

/** Runs a lifecycle for every arm and seed, and compares the arms. What two of them have in common is done once. */
export async function experiment(input: ExperimentInput): Promise<ExperimentResult> {
  const { workflowId, startTime } = workflowInfo();
  const run = joinRun({
    provenance: { run: workflowId, startedAt: startTime.toISOString(), fresh: input.fresh ?? false },
  });
  return recordRun(workflowId, () => runArms(input, run));
}

async function runArms(input: ExperimentInput, run: Run): Promise<ExperimentResult> {
  const { spec, runs: planned } = await validation.beginExperiment({ run: run.provenance.run, input });
  const { fresh } = run.provenance;
  run.setBudget(budgetOf(planned.map(({ spec: armSpec }) => armSpec.maxBudgetUsd)));
  const finished: ArmOutcome[] = [];
  const runs = await slidingWindow(planned, spec.experiment.parallel, async ({ arm, seed, spec: armSpec }, index) => {
    await run.now('evaluate', `Arm ${arm}, seed ${seed} (run ${index + 1} of ${planned.length}).`);
    const part = `${arm}-${seed}`;
    const about: ExperimentRun = { arm, seed, run: `${run.provenance.run}/${part}`, failure: null };
    try {
      const result = await run.part(lifecycle, part, `Arm ${arm}, seed ${seed}`, [{ spec: armSpec, fresh }]);
      finished.push(outcomeOf({ arm, seed }, armSpec, result));
      run.done(summary(part, result));
      return about;
    } catch (failure) {
      // The other arms are worth what they are worth without this one.
      if (isCancellation(failure)) throw failure;
      return { ...about, failure: reasonOf(failure) };
    }
  });

  await run.now('evaluate', 'Comparing the arms.');
  const places = new Map(planned.map(({ arm, seed }, index) => [`${arm}-${seed}`, index]));
  const placeOf = ({ arm, seed }: ArmOutcome): number => places.get(`${arm}-${seed}`)!;
  return evaluation.compareArms({
    ...{ spec, runs, provenance: run.provenance },
    // In the order of the spec, whichever was finished first.
    finished: finished.sort((a, b) => placeOf(a) - placeOf(b)),
  });
}

/** What all arms may cost together: the largest budget that one of them names. */
function budgetOf(budgets: (number | null)[]): number | null {
  return budgets.reduce((most, budget) => (most === null || budget === null ? null : Math.max(most, budget)));
}

/** A whole run as one line of the experiment's progress: what was done for it, and not found finished. */
function summary(part: string, { stages, models, evaluations }: LifecycleResult): StageReport {
  const now = stages.filter(({ reused }) => !reused);
  const { seconds, costUsd, reused } = sumReports(now.length > 0 ? now : stages);
  return { stage: 'evaluate', part, in: models.length, out: evaluations.length, seconds, reused, costUsd };
}

/** What went wrong at the bottom of it, in words. */
function reasonOf(failure: unknown): string {
  if (failure instanceof ChildWorkflowFailure || failure instanceof ActivityFailure) return reasonOf(failure.cause);
  return failure instanceof Error ? failure.message : String(failure);
}
