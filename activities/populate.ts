import type { ArtifactRef, Provenance, StageReport } from '../core/contract.js';
import type { Shard } from '../core/plan-shards.js';
import type { TeacherSpec } from '../core/run-spec.js';
import type { Pair, Template } from '../core/template.js';
import type { ArtifactStore } from '../adapters/s3/artifact-store.js';
import type { Databases } from './databases.js';
import { beatWhileAsking, pulse } from './heartbeat.js';
import { populateByModel } from './populate-by-model.js';
import { populateOffline } from './populate-offline.js';
import type { StageRunner } from './stage.js';
import type { Teachers } from './teachers.js';

/** A pair that still knows whether a seed or an expanded template made it, or people gave it. */
export type PopulatedPair = Pair & { origin: 'seed' | 'expanded' | 'given' };

export interface PopulateWork {
  dialect: string;
  templates: ArtifactRef;
  teacher: TeacherSpec;
  seed: number;
  shard: Shard;
  maxBudgetUsd: number | null;
  provenance: Provenance;
}

export type PopulateActivities = ReturnType<typeof createPopulateActivities>;

export interface PopulateServices {
  store: ArtifactStore;
  stages: StageRunner;
  databases: Databases;
  teachers: Teachers;
}

interface Populated {
  pairs: ArtifactRef;
  attempts: number;
  /** Attempts that gave no pair, by reason. */
  rejected: Record<string, number>;
  /** US dollars; null where a price is not known. */
  costUsd: number | null;
}

export function createPopulateActivities({ store, stages, databases, teachers }: PopulateServices) {
  /** The templates of the shard before: a stage's shards all read the same. */
  let latest: { sha256: string; rows: Promise<Template[]> } | null = null;

  return {
    /** Makes a shard's pairs: templates in turn, filled from one database, with a question each. */
    async populateShard(work: PopulateWork): Promise<{ pairs: ArtifactRef; report: StageReport }> {
      const { dialect, templates, teacher, seed, shard, provenance } = work;
      const done = await stages.once<Populated>(
        {
          ...{ stage: 'populate-shard', version: 2, inputs: { templates: templates.sha256 } },
          parameters: { dialect, shard, seed, teacher: teachers.identity('teacher', teacher) },
        },
        provenance,
        () => populate(work),
      );
      const { pairs, attempts, rejected } = done.result;
      const report: StageReport = {
        ...{ stage: 'populate', dialect, in: attempts, out: pairs.rows ?? 0, figures: rejected },
        ...{ seconds: done.seconds, reused: done.reused },
        costUsd: done.reused ? 0 : done.result.costUsd,
      };
      return { pairs, report };
    },
  };

  function readTemplates({ sha256, ...rest }: ArtifactRef): Promise<Template[]> {
    if (latest?.sha256 === sha256) return latest.rows;
    const rows = store.getRows<Template>({ sha256, ...rest });
    latest = { sha256, rows };
    // A failure is not remembered: the next attempt reads anew.
    rows.catch(() => (latest = null));
    return rows;
  }

  async function populate({ dialect, templates, teacher, seed, shard, ...run }: PopulateWork): Promise<Populated> {
    const beats = pulse<number>();
    const { beat, signal } = beats;
    const all = await readTemplates(templates);
    const wanted = shard.origin === 'any' ? all : all.filter((template) => originOf(template) === shard.origin);
    const schema = await databases.schema(shard.database, dialect);
    const client = teachers.client('teacher', teacher, { ...run, signal });
    const onProgress = (made: number): void => {
      signal.throwIfAborted();
      beat(made);
    };
    const input = { dialect, templates: wanted, schema, shard, seed, onProgress };
    const { pairs, attempts, rejected } = client
      ? await beatWhileAsking(beats, 0, () => populateByModel(client, input))
      : await populateOffline(input);
    const origins = new Map(wanted.map((template) => [template.id, originOf(template)]));
    const rows = pairs.map((pair): PopulatedPair => ({ ...pair, origin: origins.get(pair.template)! }));
    return { pairs: await store.putRows(rows), attempts, rejected, costUsd: client ? client.tally.costUsd : 0 };
  }
}

const originOf = (template: Template): PopulatedPair['origin'] => (template.origin === 'seed' ? 'seed' : 'expanded');
