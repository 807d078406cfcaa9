import type { ExtractSeedsInput, ExtractSeedsResult } from '../core/contract.js';
import { io, validation } from './proxies.js';
import { joinRun } from './run.js';

/** Takes seed templates out of human-written SQL and prints them in a dialect. */
export async function extractSeeds(input: ExtractSeedsInput, run = joinRun(input)): Promise<ExtractSeedsResult> {
  const { dialect, queries, limit } = await validation.validate({ workflow: 'extractSeeds', input });
  await run.now('seeds', `Taking seed templates for ${dialect}.`, dialect);
  const result = await io.extractSeeds({ dialect, queries, limit, provenance: run.provenance });
  run.done(result.report);
  return result;
}
