import { reaches, type BuildCorpusInput, type BuildCorpusResult, type StageReport } from '../core/contract.js';
import { databasesOf } from '../core/run-spec.js';
import { sumReports } from '../core/stage-report.js';
import { checkPairs } from './check.js';
import { expandTemplates } from './expand.js';
import { populatePairs } from './populate.js';
import { io } from './proxies.js';
import { joinRun } from './run.js';
import { scrapeGuides } from './scrape.js';
import { extractSeeds } from './seeds.js';

/** A dialect's dataset, from its guides to its checked pairs. */
export async function buildCorpus({ dialect, spec, until, provenance }: BuildCorpusInput): Promise<BuildCorpusResult> {
  const run = joinRun({ provenance });
  const { teacher, judge, seed } = spec;
  const databases = databasesOf(spec, dialect);
  const stages: StageReport[] = [];

  const { guides, ...scraped } = await scrapeGuides({ dialect, sources: spec.guides.sources[dialect] }, run);
  stages.push(scraped.report);
  if (!reaches(until, 'seeds')) return { stages, dataset: null };

  const { templates: seeds, ...seeded } = await extractSeeds({ dialect, limit: spec.seeds.limit }, run);
  stages.push(seeded.report);
  if (!reaches(until, 'expand')) return { stages, dataset: null };

  const expanded = await expandTemplates({ dialect, seeds, guides, teacher, plan: spec.expand, seed }, run);
  stages.push(expanded.report);
  if (!reaches(until, 'populate')) return { stages, dataset: null };

  const { templates } = expanded;
  const populated = await run.part(populatePairs, 'populate', `Pairs of ${dialect}`, [
    { dialect, templates, databases, teacher, plan: spec.populate, seed, provenance },
  ]);
  const given = spec.pairs?.length ? await io.readGivenPairs({ dialect, files: spec.pairs, databases }) : null;
  stages.push(sumReports([populated.report, given?.report ?? null]));
  if (!reaches(until, 'check')) return { stages, dataset: null };

  const name = `${spec.name}-${dialect}`;
  const checked = await run.part(checkPairs, 'check', `Checks of ${dialect}`, [
    // What people gave comes first: of equal pairs the first stays.
    {
      ...{ dialect, name, databases, judge, teacher, policy: spec.check, provenance },
      pairs: [...(given?.shards ?? []), ...populated.shards],
      ...(given && { taught: given.taught }),
    },
  ]);
  return { stages: [...stages, checked.report], dataset: checked.dataset };
}
