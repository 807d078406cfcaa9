import type { Pool } from '../core/contract.js';
import type { Services } from './services.js';

/** The activities that a pool's workers run. Each pool loads its own code alone. */
export async function activitiesOf(pool: Pool, services: Services): Promise<object | undefined> {
  switch (pool) {
    case 'control':
      return undefined;
    case 'io': {
      const [run, scrape, seeds, templates, given, assemble, human] = await Promise.all([
        import('../activities/run.js'),
        import('../activities/scrape.js'),
        import('../activities/seeds.js'),
        import('../activities/templates.js'),
        import('../activities/given-pairs.js'),
        import('../activities/assemble.js'),
        import('../activities/human.js'),
      ]);
      return {
        ...run.createRunActivities(services),
        ...scrape.createScrapeActivities(services),
        ...seeds.createSeedsActivities(services),
        ...templates.createTemplateActivities(services),
        ...given.createGivenPairsActivities(services),
        ...assemble.createAssembleActivities(services),
        ...human.createHumanActivities(services),
      };
    }
    case 'llm': {
      const [expand, populate] = await Promise.all([
        import('../activities/expand.js'),
        import('../activities/populate.js'),
      ]);
      return { ...expand.createExpandActivities(services), ...populate.createPopulateActivities(services) };
    }
    case 'sql':
      return (await import('../activities/check.js')).createCheckActivities(services);
    case 'gpu': {
      const [train, merge] = await Promise.all([import('../activities/train.js'), import('../activities/merge.js')]);
      return { ...train.createTrainActivities(services), ...merge.createMergeActivities(services) };
    }
    case 'eval': {
      const [evaluate, report, experiment] = await Promise.all([
        import('../activities/evaluate.js'),
        import('../activities/report.js'),
        import('../activities/experiment.js'),
      ]);
      return {
        ...evaluate.createEvaluateActivities(services),
        ...report.createReportActivities(services),
        ...experiment.createExperimentActivities(services),
      };
    }
  }
}
