import { setImmediate } from 'node:timers/promises';
import type { ArtifactRef, CheckPairsResult, DatasetRef, Provenance, StageReport } from '../core/contract.js';
import type { DatabaseSchema } from '../core/database.js';
import { InvalidInputError } from '../core/errors.js';
import type { CheckPolicy, DatabaseEntry } from '../core/run-spec.js';
import { dialects } from '../dialects/registry.js';
import type { Databases } from './databases.js';
import { pulse } from './heartbeat.js';
import type { PopulatedPair } from './populate.js';
import { splitNames, splitPairs } from './split-pairs.js';
import type { StageRunner } from './stage.js';
import { inWorkFolder } from './work-folder.js';
import type { Catalogue } from '../adapters/postgres/catalogue.js';
import { mediaTypes, type ArtifactStore } from '../adapters/s3/artifact-store.js';

export interface AssembleWork {
  dialect: string;
  name: string;
  databases: { known: DatabaseEntry[]; unseen: DatabaseEntry[] };
  policy: CheckPolicy;
  /** Accepted pairs, a shard each. */
  shards: ArtifactRef[];
  /** JSON: the keys of statements that people gave to learn from. */
  taught?: ArtifactRef;
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
  workFolder: string;
}

type Assembled = Omit<DatasetRef, 'id'> & { figures: Record<string, number> };

export function createAssembleActivities({ store, stages, databases, catalogue, workFolder }: AssembleServices) {
  return {
    /** Puts the shards together: no statement and hardly a question twice, and every pair in the split it belongs to. */
    async assembleDataset(work: AssembleWork): Promise<CheckPairsResult> {
      const { dialect, name, policy, shards, taught, checked, provenance } = work;
      const { heldout, validation, nearDuplicate } = policy;
      const done = await stages.once<Assembled>(
        {
          ...{
            stage: 'check',
            version: 4,
            inputs: { shards: shards.map(({ sha256 }) => sha256), ...(taught && { taught: taught.sha256 }) },
          },
          parameters: { dialect, databases: work.databases, heldout, validation, nearDuplicate },
        },
        provenance,
        () => inWorkFolder(workFolder, 'assemble', (folder) => assemble(work, folder)),
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

  async function assemble(work: AssembleWork, folder: string): Promise<Assembled> {
    const { dialect, databases: names, policy, shards, taught, checked } = work;
    const { manifest } = dialects[dialect]!;
    const { beat, signal } = pulse<number>();
    const turn = async (): Promise<void> => {
      signal.throwIfAborted();
      beat(0);
      await setImmediate();
    };
    const { files, pairs, dropped, datasheet } = await splitPairs(
      { shards, read: (shard) => store.getRows<PopulatedPair>(shard) },
      {
        ...{ manifest, policy, unseen: new Set(names.unseen.map((entry) => entry.name)) },
        taught: new Set(taught ? await store.getJson<string[]>(taught) : []),
      },
      folder,
      turn,
    );
    if (pairs === 0)
      throw new InvalidInputError(
        `No pair of ${dialect} passed the checks.`,
        'Raise populate.pairs, or name databases whose tables hold rows.',
      );
    // Beside those that gave a gold file of the run spec away.
    if (dropped['contaminated'] !== undefined) dropped['contaminated'] += checked.figures?.['contaminated'] ?? 0;
    const entries = [...names.known, ...names.unseen];
    const schemas: Record<string, DatabaseSchema> = {};
    for (const entry of entries) schemas[entry.name] = await databases.schema(entry, dialect);
    const sheet = datasheet.finish(
      { populated: checked.in, ...checked.figures, ...dropped },
      { manifest, functions: await databases.functions(dialect) },
    );
    const splits = {} as DatasetRef['splits'];
    for (const name of splitNames) {
      await turn();
      splits[name] = await store.putFile(files[name].path, mediaTypes.rows, files[name].rows);
    }
    return {
      ...{ dialect, pairs, databases: entries.map((entry) => entry.name), skeletons: sheet.skeletons, splits },
      schemas: await store.putJson(schemas),
      datasheet: await store.putJson(sheet),
      figures: { ...dropped, ...sheet.splits },
    };
  }
}
