import { allHandlersFinished, condition, continueAsNew } from '@temporalio/workflow';
import type { ArtifactRef, CheckPairsInput, CheckPairsResult } from '../core/contract.js';
import { sumReports } from '../core/stage-report.js';
import { checks, io, validation } from './proxies.js';
import { historyIsShort, joinRun } from './run.js';
import { slidingWindow, windowWidth } from '../core/sliding-window.js';

/** Runs every statement on the dialect's engine, keeps the pairs that pass all checks, and splits them into a dataset. */
export async function checkPairs(input: CheckPairsInput, run = joinRun(input)): Promise<CheckPairsResult> {
  const { dialect, pairs, taught, databases, judge, teacher, policy, name, progress } = await validation.validate({
    workflow: 'checkPairs',
    input,
  });
  let { done, report } = progress;

  while (done.length < pairs.length) {
    if (!historyIsShort()) {
      await condition(allHandlersFinished);
      return continueAsNew<typeof checkPairs>({ ...input, provenance: run.carried, progress: { done, report } });
    }
    const before = done.length;
    const work = async (shard: ArtifactRef, index: number) => {
      await run.now('check', `Checking pairs of ${dialect}: shard ${before + index + 1} of ${pairs.length}.`, dialect);
      return run.paid((maxBudgetUsd) =>
        checks(judge, teacher).checkShard({
          ...{ dialect, pairs: shard, databases, judge, teacher, policy, maxBudgetUsd },
          provenance: run.provenance,
        }),
      );
    };
    const checked = await slidingWindow(pairs.slice(before), windowWidth, work, historyIsShort);
    done = [...done, ...checked.map((shard) => shard.accepted)];
    report = sumReports([report, ...checked.map((shard) => shard.report)]);
  }

  const assembled = await io.assembleDataset({
    ...{ dialect, name, databases, policy, provenance: run.provenance },
    shards: done,
    ...(taught && { taught }),
    checked: report!,
  });
  run.done(assembled.report);
  return assembled;
}
