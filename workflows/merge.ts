import type { MergeExpertsInput, MergeExpertsResult } from '../core/contract.js';
import { gpu, validation } from './proxies.js';
import { joinRun } from './run.js';
import { trainExpert } from './train.js';

/** Merges experts into one model, and tunes it briefly on the data of all of them. */
export async function mergeExperts(input: MergeExpertsInput, run = joinRun(input)): Promise<MergeExpertsResult> {
  const { name, base, experts, datasets, plan } = await validation.validate({ workflow: 'mergeExperts', input });
  await run.now('merge', `Merging ${experts.length} experts into ${name}.`);
  const { model, report } = await gpu.merge({
    ...{ name, base, experts, datasets, plan, provenance: run.provenance },
  });
  run.done(report);
  if (plan.tuning === null) return { model, stages: [report] };
  const tuned = await trainExpert(
    { name, kind: model.kind, from: model, datasets, rows: 'train', recipe: plan.tuning },
    run,
  );
  return { model: tuned.model, stages: [report, tuned.report] };
}
