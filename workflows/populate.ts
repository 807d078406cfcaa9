import { allHandlersFinished, condition, continueAsNew } from '@temporalio/workflow';
import type { PopulatePairsInput, PopulatePairsResult } from '../core/contract.js';
import { sumReports } from '../core/stage-report.js';
import { planShards, type Shard } from '../core/plan-shards.js';
import { expandTemplates } from './expand.js';
import { teaches, validation } from './proxies.js';
import { historyIsShort, joinRun } from './run.js';
import { slidingWindow, windowWidth } from '../core/sliding-window.js';

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
    if (!historyIsShort()) {
      await condition(allHandlersFinished);
      return continueAsNew<typeof populatePairs>({
        ...input,
        provenance: run.carried,
        templates,
        progress: { done, report },
      });
    }
    const before = done.length;
    const work = async (shard: Shard, index: number) => {
      const place = `shard ${before + index + 1} of ${shards.length}`;
      await run.now('populate', `Populating pairs of ${dialect}: ${place}.`, dialect);
      return run.paid((maxBudgetUsd) =>
        teaches(teacher).populateShard({
          ...{ dialect, templates, teacher, seed, shard, maxBudgetUsd },
          provenance: run.provenance,
        }),
      );
    };
    const made = await slidingWindow(shards.slice(before), windowWidth, work, historyIsShort);
    done = [...done, ...made.map((shard) => shard.pairs)];
    report = sumReports([report, ...made.map((shard) => shard.report)]);
  }
  run.done(report!);
  return { dialect, shards: done, report: report! };
}
