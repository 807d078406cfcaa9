import type { ExpandedRound } from '../activities/expand.js';
import type { ExpandTemplatesInput, ExpandTemplatesResult } from '../core/contract.js';
import { io, teaches, validation } from './proxies.js';
import { joinRun } from './run.js';
import { scrapeGuides } from './scrape.js';
import { extractSeeds } from './seeds.js';

/** Makes new templates from seeds and guides, round by round, until there are enough or a round brings too little. */
export async function expandTemplates(
  input: ExpandTemplatesInput,
  run = joinRun(input),
): Promise<ExpandTemplatesResult> {
  const { dialect, teacher, plan, seed, ...given } = await validation.validate({ workflow: 'expandTemplates', input });
  const seeds = given.seeds ?? (await extractSeeds({ dialect }, run)).templates;
  const guides = given.guides ?? (await scrapeGuides({ dialect }, run)).guides;

  const rounds: ExpandedRound[] = [];
  for (let made = 0, rich = true; made < plan.target && rich;) {
    await run.now('expand', `Expanding templates of ${dialect}: ${made} of ${plan.target}.`, dialect);
    const round = await run.paid((maxBudgetUsd) =>
      teaches(teacher).expandRound({
        ...{ dialect, seeds, guides, teacher, seed, maxBudgetUsd, minYield: plan.minYield, provenance: run.provenance },
        known: rounds.map(({ templates }) => templates),
        // The grammar does all in one round; a model is asked in batches.
        wanted: teacher.kind === 'offline' ? plan.target : Math.min(plan.batch, plan.target - made),
      }),
    );
    rounds.push(round);
    made += round.report.out;
    rich = teacher.kind === 'openai' && round.report.out > plan.minYield * round.report.in;
  }

  const result = await io.joinTemplates({ dialect, rounds, provenance: run.provenance });
  run.done(result.report);
  return result;
}
