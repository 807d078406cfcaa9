import type { ArtifactRef, Provenance, StageReport } from '../core/contract.js';
import type { TeacherSpec } from '../core/run-spec.js';
import type { Guide, Template } from '../core/template.js';
import type { ArtifactStore } from '../adapters/s3/artifact-store.js';
import { exampleEntry } from './example-database.js';
import { expandByModel } from './expand-by-model.js';
import { expandOffline } from './expand-offline.js';
import type { Databases } from './databases.js';
import { beatWhileAsking, pulse } from './heartbeat.js';
import type { StageRunner } from './stage.js';
import type { Teachers } from './teachers.js';

export interface ExpandWork {
  dialect: string;
  seeds: ArtifactRef;
  guides: ArtifactRef;
  /** Templates of the rounds before. */
  known: ArtifactRef[];
  /** Templates wanted of this round. */
  wanted: number;
  teacher: TeacherSpec;
  seed: number;
  /** Where a smaller share of what is tried is new, the offline teacher stops. */
  minYield?: number;
  maxBudgetUsd: number | null;
  provenance: Provenance;
}

export interface ExpandedRound {
  templates: ArtifactRef;
  report: StageReport;
}

/** What a teacher made: templates, and what was tried in vain, by reason. */
export interface Expansion {
  templates: Template[];
  rejects: Record<string, number>;
}

export type ExpandActivities = ReturnType<typeof createExpandActivities>;

export interface ExpandServices {
  store: ArtifactStore;
  stages: StageRunner;
  databases: Databases;
  teachers: Teachers;
}

interface Expanded extends Omit<Expansion, 'templates'> {
  templates: ArtifactRef;
  /** US dollars; null where a price is not known. */
  costUsd: number | null;
}

export function createExpandActivities({ store, stages, databases, teachers }: ExpandServices) {
  return {
    /** One round of new templates. The first takes in the seeds that can be filled and read out. */
    async expandRound(work: ExpandWork): Promise<ExpandedRound> {
      const { dialect, seeds, guides, known, wanted, teacher, seed, provenance } = work;
      const done = await stages.once<Expanded>(
        {
          ...{ stage: 'expand-round', version: 3 },
          inputs: { seeds: seeds.sha256, guides: guides.sha256, known: known.map(({ sha256 }) => sha256) },
          parameters: {
            dialect,
            wanted,
            seed,
            minYield: work.minYield ?? null,
            teacher: teachers.identity('teacher', teacher),
          },
        },
        provenance,
        () => expand(work),
      );
      const { templates, rejects } = done.result;
      const failed = Object.values(rejects).reduce((sum, count) => sum + count, 0);
      const report: StageReport = {
        ...{ stage: 'expand', dialect, in: (templates.rows ?? 0) + failed, out: templates.rows ?? 0, figures: rejects },
        ...{ seconds: done.seconds, reused: done.reused },
        costUsd: done.reused ? 0 : done.result.costUsd,
      };
      return { templates, report };
    },
  };

  async function expand({
    dialect,
    seeds,
    guides,
    known,
    wanted,
    teacher,
    seed,
    ...run
  }: ExpandWork): Promise<Expanded> {
    const beats = pulse<number>();
    const { beat, signal } = beats;
    beat(0);
    const input = {
      ...{ dialect, wanted, seed },
      seeds: await store.getRows<Template>(seeds),
      guides: await store.getRows<Guide>(guides),
      known: (await Promise.all(known.map((round) => store.getRows<Template>(round)))).flat(),
      functions: await databases.functions(dialect),
      ...(run.minYield === undefined ? {} : { minYield: run.minYield }),
    };
    const client = teachers.client('teacher', teacher, { ...run, signal });
    const { templates, rejects } = client
      ? await beatWhileAsking(beats, 0, async () =>
          expandByModel(client, input, await databases.open(exampleEntry, dialect)),
        )
      : await expandOffline(input, beat);
    return { templates: await store.putRows(templates), rejects, costUsd: client ? client.tally.costUsd : 0 };
  }
}
