import type { TrainExpertInput, TrainExpertResult } from '../core/contract.js';
import { gpu, validation } from './proxies.js';
import { joinRun } from './run.js';

/** Trains a base from scratch, or goes on from a model: an expert on its dialect, a mixture on all of them. */
export async function trainExpert(input: TrainExpertInput, run = joinRun(input)): Promise<TrainExpertResult> {
  const training = await validation.validate({ workflow: 'trainExpert', input });
  await run.now('train', `Training ${training.name}.`, training.dialect ?? undefined);
  const result = await gpu.train({ ...training, provenance: run.provenance });
  run.done(result.report);
  return result;
}
