import type { ScrapeGuidesInput, ScrapeGuidesResult } from '../core/contract.js';
import { io, validation } from './proxies.js';
import { joinRun } from './run.js';

/** Reads a dialect's guides: the built-in ones, or those of the given sources. Pages that did not change cost nothing. */
export async function scrapeGuides(input: ScrapeGuidesInput, run = joinRun(input)): Promise<ScrapeGuidesResult> {
  const { dialect, sources } = await validation.validate({ workflow: 'scrapeGuides', input });
  await run.now('scrape', `Reading the guides of ${dialect}.`, dialect);
  const result = await io.scrapeGuides({ dialect, sources, provenance: run.provenance });
  run.done(result.report);
  return result;
}
