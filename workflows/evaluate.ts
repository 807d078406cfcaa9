import type { EvaluateModelsInput, EvaluateModelsResult, Split } from '../core/contract.js';
import { evaluation, validation } from './proxies.js';
import { joinRun } from './run.js';
import { slidingWindow, windowWidth } from '../core/sliding-window.js';

/** Asks every model the questions of every dialect, on known and on unseen databases, and writes the report. */
export async function evaluateModels(input: EvaluateModelsInput, run = joinRun(input)): Promise<EvaluateModelsResult> {
  const { name, models, datasets, databases, plan, stages, spec } = await validation.validate({
    workflow: 'evaluateModels',
    input,
  });
  const splits: Split[] = ['heldout', 'unseen'];
  const endpoints = plan.endpoints ?? [];
  // A run that began before there were endpoints names none.
  const tested = endpoints.length > 0 ? await evaluation.describeEndpoints({ endpoints }) : [];
  const asked = [...models, ...tested];
  const cells = asked.flatMap((model) =>
    datasets.flatMap((dataset) =>
      splits.filter((split) => dataset.splits[split].rows !== 0).map((split) => ({ model, dataset, split })),
    ),
  );
  const evaluated = await slidingWindow(cells, windowWidth, async (cell, index) => {
    const { model, dataset, split } = cell;
    await run.now('evaluate', `Asking ${model.id} for ${dataset.dialect} (${index + 1} of ${cells.length}).`);
    const work = { model, dataset, split, databases, plan, provenance: run.provenance };
    return model.kind === 'endpoint'
      ? run.paid((maxBudgetUsd) => evaluation.evaluateModel({ ...work, maxBudgetUsd }))
      : evaluation.evaluateModel(work);
  });
  const result = await evaluation.writeReport({
    name,
    models: asked,
    datasets,
    evaluated,
    stages,
    spec,
    provenance: run.provenance,
  });
  run.done(result.report);
  return result;
}
