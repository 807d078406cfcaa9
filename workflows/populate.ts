import { allHandlersFinished, condition, continueAsNew, workflowInfo } from '@temporalio/workflow';
import type { PopulatePairsInput, PopulatePairsResult } from '../core/contract.js';
import { sumReports } from '../core/stage-report.js';
import { planShards } from '../core/plan-shards.js';
import { expandTemplates } from './expand.js';
import { teaches, validation } from './proxies.js';
import { joinRun } from './run.js';
import { slidingWindow } from './sliding-window.js';

const width = 3;

/** Fills templates from databases and writes the questions, a shard of pairs an activity. */
export async function populatePairs(input: PopulatePairsInput, run = joinRun(input)): Promise<PopulatePairsResult> {
  const { dialect, databases, teacher, plan, seed, progress, ...given } = await validation.validate({
    workflow: 'populatePairs',
    input,
  });
  const templates = given.templates ?? (await expandTemplates({ dialect, teacher, seed }, run)).templates;
  const shards = planShards(databases, plan);
  let { done, report } = progress;

  while (done.length < shards.length) {
    if (workflowInfo().continueAsNewSuggested) {
      await condition(allHandlersFinished);
      return continueAsNew<typeof populatePairs>({
        ...input,
        provenance: run.carried,
        templates,
        progress: { done, report },
      });
    }
    const next = shards.slice(done.length, done.length + width);
    await run.now('populate', `Populating pairs of ${dialect}: shard ${done.length + 1} of ${shards.length}.`, dialect);
    const made = await slidingWindow(next, width, (shard) =>
      run.paid((maxBudgetUsd) =>
        teaches(teacher).populateShard({
          dialect,
          templates,
          teacher,
          seed,
          shard,
          maxBudgetUsd,
          provenance: run.provenance,
        }),
      ),
    );
    done = [...done, ...made.map((shard) => shard.pairs)];
    report = sumReports([report, ...made.map((shard) => shard.report)]);
  }
  run.done(report!);
  return { dialect, shards: done, report: report! };
}
