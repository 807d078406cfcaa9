import { readFileSync } from 'node:fs';
import type { ArtifactRef, ExtractSeedsResult, Provenance, StageReport } from '../core/contract.js';
import { extractSeeds } from '../core/seeds/extract.js';
import { loadSeeds } from '../core/seeds/load.js';
import type { SpiderRow, SpiderSchema } from '../core/seeds/spider.js';
import { dialects } from '../dialects/registry.js';
import type { ArtifactStore } from '../adapters/s3/artifact-store.js';
import { sha256 } from '../adapters/s3/hash.js';
import type { StageRunner } from './stage.js';

export interface SeedsWork {
  dialect: string;
  /** JSON of queries and schemas in Spider's format; none: the built-in seeds. */
  queries?: ArtifactRef;
  limit: number;
  provenance: Provenance;
}

/** Queries with the schemas of their databases: what Spider keeps in `train_spider.json` and `tables.json`. */
export interface SpiderQueries {
  rows: SpiderRow[];
  schemas: SpiderSchema[];
}

export type SeedsActivities = ReturnType<typeof createSeedsActivities>;

interface Seeded {
  templates: ArtifactRef;
  /** Queries read, and those that gave no template, by reason. */
  read: number;
  failed: Record<string, number>;
}

const builtIn = new URL('../core/templates/seeds.json', import.meta.url);

export function createSeedsActivities({ store, stages }: { store: ArtifactStore; stages: StageRunner }) {
  return {
    /** Seed templates legal in the dialect, most frequent first. */
    async extractSeeds({ dialect, queries, limit, provenance }: SeedsWork): Promise<ExtractSeedsResult> {
      const file = queries ? null : readFileSync(builtIn, 'utf8');
      const done = await stages.once<Seeded>(
        {
          ...{ stage: 'seeds', version: 1, parameters: { dialect, limit } },
          inputs: { queries: queries?.sha256 ?? sha256(file!) },
        },
        provenance,
        async () => {
          const { templates, read, failed } = file
            ? builtInSeeds(file, dialect, limit)
            : await extracted(queries!, dialect);
          return { templates: await store.putRows(templates.slice(0, limit)), read, failed };
        },
      );
      const { templates, read, failed } = done.result;
      const report: StageReport = {
        ...{ stage: 'seeds', dialect, in: read, out: templates.rows ?? 0, figures: failed },
        ...{ seconds: done.seconds, reused: done.reused, costUsd: 0 },
      };
      return { dialect, templates, report };
    },
  };

  async function extracted(queries: ArtifactRef, dialect: string) {
    const { rows, schemas } = await store.getJson<SpiderQueries>(queries);
    const source = dialects['sqlite']!.manifest;
    const { templates, report } = extractSeeds(rows, schemas, { source, target: dialects[dialect]!.manifest });
    return { templates, read: report.rows, failed: report.failed as Record<string, number> };
  }
}

function builtInSeeds(file: string, dialect: string, limit: number) {
  const manifests = { source: dialects['sqlite']!.manifest, target: dialects[dialect]!.manifest };
  const { templates, report } = loadSeeds(JSON.parse(file), manifests, { limit });
  return { templates, read: report.seeds, failed: report.lost as Record<string, number> };
}
