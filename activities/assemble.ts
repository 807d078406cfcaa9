import { setImmediate } from 'node:timers/promises';
import type { ArtifactRef, CheckPairsResult, DatasetRef, Provenance, StageReport } from '../core/contract.js';
import type { DatabaseSchema } from '../core/database.js';
import { describeDataset } from '../core/datasheet.js';
import { InvalidInputError } from '../core/errors.js';
import type { CheckPolicy, DatabaseEntry } from '../core/run-spec.js';
import { splitOf } from '../core/splits.js';
import type { Pair } from '../core/template.js';
import { dialects } from '../dialects/registry.js';
import { dropContaminated, dropDuplicates } from './drop-pairs.js';
import type { Databases } from './databases.js';
import { pulse } from './heartbeat.js';
import type { PopulatedPair } from './populate.js';
import type { StageRunner } from './stage.js';
import type { Catalogue } from '../adapters/postgres/catalogue.js';
import type { ArtifactStore } from '../adapters/s3/artifact-store.js';

export interface AssembleWork {
  dialect: string;
  name: string;
  databases: { known: DatabaseEntry[]; unseen: DatabaseEntry[] };
  policy: CheckPolicy;
  /** Accepted pairs, a shard each. */
  shards: ArtifactRef[];
  /** What the checks of the shards came to. */
  checked: StageReport;
  provenance: Provenance;
}

export type AssembleActivities = ReturnType<typeof createAssembleActivities>;

interface AssembleServices {
  store: ArtifactStore;
  stages: StageRunner;
  databases: Databases;
  catalogue: Catalogue;
}

type Assembled = Omit<DatasetRef, 'id'> & { figures: Record<string, number> };

export function createAssembleActivities({ store, stages, databases, catalogue }: AssembleServices) {
  return {
    /** Puts the shards together: no statement and hardly a question twice, and every pair in the split it belongs to. */
    async assembleDataset(work: AssembleWork): Promise<CheckPairsResult> {
      const { dialect, name, policy, shards, checked, provenance } = work;
      const { heldout, validation, nearDuplicate } = policy;
      const done = await stages.once<Assembled>(
        {
          ...{ stage: 'check', version: 3, inputs: { shards: shards.map(({ sha256 }) => sha256) } },
          parameters: { dialect, databases: work.databases, heldout, validation, nearDuplicate },
        },
        provenance,
        () => assemble(work),
      );
      const { figures, ...parts } = done.result;
      const dataset: DatasetRef = { id: `${name}-${done.key.slice(0, 8)}`, ...parts };
      await catalogue.add({ kind: 'dataset', run: provenance.run, createdAt: done.finishedAt, reference: dataset });
      const report: StageReport = {
        ...checked,
        out: dataset.pairs,
        seconds: Math.round((checked.seconds + done.seconds) * 1000) / 1000,
        reused: checked.reused && done.reused,
        figures: { ...checked.figures, ...figures },
      };
      return { dataset, report };
    },
  };

  async function assemble({ dialect, databases: names, policy, shards, checked }: AssembleWork): Promise<Assembled> {
    const accepted = (await Promise.all(shards.map((shard) => store.getRows<PopulatedPair>(shard)))).flat();
    const { manifest } = dialects[dialect]!;
    const { beat, signal } = pulse<number>();
    const turn = async (): Promise<void> => {
      signal.throwIfAborted();
      beat(0);
      await setImmediate();
    };
    const { kept, dropped } = await dropDuplicates(accepted, manifest, policy.nearDuplicate, turn);
    if (kept.length === 0)
      throw new InvalidInputError(
        `No pair of ${dialect} passed the checks.`,
        'Raise populate.pairs, or name databases whose tables hold rows.',
      );
    const unseenNames = new Set(names.unseen.map((entry) => entry.name));
    const splits = { seeds: [], train: [], validation: [], heldout: [], unseen: [] } as Record<
      keyof DatasetRef['splits'],
      Pair[]
    >;
    const placed = kept.map((pair) => ({
      pair,
      split: unseenNames.has(pair.database) ? ('unseen' as const) : splitOf(pair.sql, policy),
    }));
    const clean = await dropContaminated(placed, manifest, turn);
    // Beside those that gave a gold file of the run spec away.
    if (clean.dropped > 0) dropped['contaminated'] = clean.dropped + (checked.figures?.['contaminated'] ?? 0);
    for (const { pair: rest, split } of clean.kept) {
      const { origin, ...pair } = rest;
      splits[split].push(pair);
      if (split === 'train' && origin === 'seed') splits.seeds.push(pair);
    }
    const entries = [...names.known, ...names.unseen];
    const schemas: Record<string, DatabaseSchema> = {};
    for (const entry of entries) schemas[entry.name] = await databases.schema(entry, dialect);

    const { seeds, ...disjoint } = splits;
    const datasheet = describeDataset(
      disjoint,
      { populated: checked.in, ...checked.figures, ...dropped },
      { manifest, functions: await databases.functions(dialect) },
    );
    const [seedRows, train, validation, heldout, unseen] = await Promise.all(
      [seeds, splits.train, splits.validation, splits.heldout, splits.unseen].map((rows) => store.putRows(rows)),
    );
    return {
      ...{
        dialect,
        pairs: clean.kept.length,
        databases: entries.map((entry) => entry.name),
        skeletons: datasheet.skeletons,
      },
      splits: { seeds: seedRows!, train: train!, validation: validation!, heldout: heldout!, unseen: unseen! },
      schemas: await store.putJson(schemas),
      datasheet: await store.putJson(datasheet),
      figures: { ...dropped, ...datasheet.splits },
    };
  }
}
