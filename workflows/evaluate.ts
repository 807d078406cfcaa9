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
  const cells = models.flatMap((model) =>
    datasets.flatMap((dataset) =>
      splits.filter((split) => dataset.splits[split].rows !== 0).map((split) => ({ model, dataset, split })),
    ),
  );
  const evaluated = await slidingWindow(cells, windowWidth, async (cell, index) => {
    const { model, dataset, split } = cell;
    await run.now('evaluate', `Asking ${model.id} for ${dataset.dialect} (${index + 1} of ${cells.length}).`);
    return evaluation.evaluateModel({ model, dataset, split, databases, plan, provenance: run.provenance });
  });
  const result = await evaluation.writeReport({
    name,
    models,
    datasets,
    evaluated,
    stages,
    spec,
    provenance: run.provenance,
  });
  run.done(result.report);
  return result;
}
