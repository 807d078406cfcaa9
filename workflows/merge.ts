import { ApplicationFailure } from '@temporalio/workflow';
import type { MergeExpertsInput, MergeExpertsResult } from '../core/contract.js';
import { generalistRecipe } from '../core/generalist-recipe.js';
import { gpu, validation } from './proxies.js';
import { joinRun, type Run } from './run.js';
import { trainExpert } from './train.js';

/** Merges experts into one model, or takes what merging is to be compared with, and tunes it briefly on the data of all of them. */
export async function mergeExperts(input: MergeExpertsInput, run = joinRun(input)): Promise<MergeExpertsResult> {
  const merging = await validation.validate({ workflow: 'mergeExperts', input });
  const { name, datasets, plan, learn, human } = merging;
  const { model, stages } = await startingPoint(merging, run);
  if (plan.tuning === null) return { model, stages };
  const tuned = await trainExpert(
    { name, kind: model.kind, from: model, datasets, rows: 'train', learn, human, recipe: plan.tuning },
    run,
  );
  return { model: tuned.model, stages: [...stages, tuned.report] };
}

type Merging = Awaited<ReturnType<typeof validation.validate<'mergeExperts'>>>;

async function startingPoint(
  { name, base, experts, datasets, plan, learn, human, expert: recipe }: Merging,
  run: Run,
): Promise<MergeExpertsResult> {
  if (plan.method === 'single') {
    const model = experts.find(({ dialect }) => dialect === plan.settings.expert);
    if (model) return { model, stages: [] };
    throw ApplicationFailure.nonRetryable(
      `There is no expert of "${String(plan.settings.expert)}". Name one of the run's dialects in merge.settings.expert.`,
      'InvalidInputError',
    );
  }
  if (plan.method === 'generalist') {
    const long = generalistRecipe(recipe, experts.length);
    const { model, report } = await trainExpert(
      { name, kind: 'generalist', from: base, datasets, rows: 'train', learn, human, recipe: long },
      run,
    );
    return { model, stages: [report] };
  }
  await run.now('merge', `Merging ${experts.length} experts into ${name}.`);
  const { model, report } = await gpu.merge({
    ...{ name, base, experts, datasets, plan, learn, provenance: run.provenance },
  });
  run.done(report);
  return { model, stages: [report] };
}
