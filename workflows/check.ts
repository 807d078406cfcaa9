import { allHandlersFinished, condition, continueAsNew, workflowInfo } from '@temporalio/workflow';
import type { CheckPairsInput, CheckPairsResult } from '../core/contract.js';
import { sumReports } from '../core/stage-report.js';
import { checks, io, validation } from './proxies.js';
import { joinRun } from './run.js';
import { slidingWindow } from './sliding-window.js';

const width = 3;

/** Runs every statement on the dialect's engine, keeps the pairs that pass all checks, and splits them into a dataset. */
export async function checkPairs(input: CheckPairsInput, run = joinRun(input)): Promise<CheckPairsResult> {
  const { dialect, pairs, databases, judge, teacher, policy, name, progress } = await validation.validate({
    workflow: 'checkPairs',
    input,
  });
  let { done, report } = progress;

  while (done.length < pairs.length) {
    if (workflowInfo().continueAsNewSuggested) {
      await condition(allHandlersFinished);
      return continueAsNew<typeof checkPairs>({ ...input, provenance: run.carried, progress: { done, report } });
    }
    const next = pairs.slice(done.length, done.length + width);
    await run.now('check', `Checking pairs of ${dialect}: shard ${done.length + 1} of ${pairs.length}.`, dialect);
    const checked = await slidingWindow(next, width, (shard) =>
      run.paid((maxBudgetUsd) =>
        checks(judge, teacher).checkShard({
          ...{ dialect, pairs: shard, databases, judge, teacher, policy, maxBudgetUsd },
          provenance: run.provenance,
        }),
      ),
    );
    done = [...done, ...checked.map((shard) => shard.accepted)];
    report = sumReports([report, ...checked.map((shard) => shard.report)]);
  }

  const assembled = await io.assembleDataset({
    ...{ dialect, name, databases, policy, provenance: run.provenance },
    shards: done,
    checked: report!,
  });
  run.done(assembled.report);
  return assembled;
}
