import { readFile } from 'node:fs/promises';
import { createDatasheet } from '../core/datasheet.js';
import type { DatasetRef, Provenance, StageReport } from '../core/contract.js';
import type { DatabaseSchema } from '../core/database.js';
import { InvalidInputError, NotFoundError } from '../core/errors.js';
import { readGoldItems } from '../core/evaluate/gold.js';
import type { DatabaseEntry, HumanPlan, HumanQuestions } from '../core/run-spec.js';
import type { Pair } from '../core/template.js';
import { dialects } from '../dialects/registry.js';
import type { Catalogue } from '../adapters/postgres/catalogue.js';
import { sha256 } from '../adapters/s3/hash.js';
import type { ArtifactStore } from '../adapters/s3/artifact-store.js';
import type { Databases } from './databases.js';
import { describeStatement } from '../core/sql/describe-statement.js';
import { pulse } from './heartbeat.js';
import type { StageRunner } from './stage.js';

export interface HumanWork {
  name: string;
  plan: HumanPlan;
  provenance: Provenance;
}

export type HumanActivities = ReturnType<typeof createHumanActivities>;

interface HumanServices {
  store: ArtifactStore;
  stages: StageRunner;
  databases: Databases;
  catalogue: Catalogue;
}

type Read = Omit<DatasetRef, 'id'> & { figures: Record<string, number>; questions: number };

/** The dialect in which such sets are written. */
const dialect = 'sqlite';

export function createHumanActivities({ store, stages, databases, catalogue }: HumanServices) {
  return {
    /** Reads people's questions with their databases' schemas: those to learn from, and those to be asked. */
    async readHumanQuestions({ name, plan, provenance }: HumanWork): Promise<{
      dataset: DatasetRef;
      report: StageReport;
    }> {
      const texts = { train: await textOf(plan.train), test: await textOf(plan.test) };
      const done = await stages.once<Read>(
        {
          ...{ stage: 'human', version: 1, parameters: { plan } },
          inputs: { train: sha256(Buffer.from(texts.train)), test: sha256(Buffer.from(texts.test)) },
        },
        provenance,
        () => read(plan, texts),
      );
      const { figures, questions, ...parts } = done.result;
      const dataset: DatasetRef = { id: `${name}-human-${done.key.slice(0, 8)}`, ...parts };
      await catalogue.add({ kind: 'dataset', run: provenance.run, createdAt: done.finishedAt, reference: dataset });
      const report: StageReport = {
        ...{ stage: 'check', dialect, part: 'human questions', in: questions, out: dataset.pairs, figures },
        ...{ seconds: done.seconds, reused: done.reused, costUsd: 0 },
      };
      return { dataset, report };
    },
  };

  async function read(plan: HumanPlan, texts: { train: string; test: string }): Promise<Read> {
    const schemas: Record<string, DatabaseSchema> = {};
    const entries: DatabaseEntry[] = [];
    const figures: Record<string, number> = {};
    const datasheet = createDatasheet(['train', 'validation', 'heldout', 'unseen']);
    const pairsOf = async (split: string, from: HumanQuestions | undefined, text: string): Promise<Pair[]> => {
      if (!from) return [];
      const { pairs, dropped } = await readPairs(from, text, { schemas, entries });
      for (const [reason, count] of Object.entries(dropped)) figures[reason] = (figures[reason] ?? 0) + count;
      for (const pair of pairs) datasheet.add(split, pair);
      return pairs;
    };
    const train = await pairsOf('train', plan.train, texts.train);
    const unseen = await pairsOf('unseen', plan.test, texts.test);
    if (datasheet.pairs === 0)
      throw new InvalidInputError(
        'None of the questions of people has its database and a statement that can be read.',
        'Check the paths in human: the folder holds <name>/<name>.sqlite for each db_id of the file.',
      );
    const { manifest } = dialects[dialect]!;
    const questions = datasheet.pairs + Object.values(figures).reduce((sum, count) => sum + count, 0);
    const functions = await databases.functions(dialect);
    const sheet = datasheet.finish({ populated: questions, ...figures }, { manifest, functions });
    const none = await store.putRows([]);
    return {
      ...{ dialect, pairs: datasheet.pairs, databases: entries.map(({ name }) => name), skeletons: sheet.skeletons },
      splits: {
        ...{ seeds: none, validation: none, heldout: none },
        ...{ train: await store.putRows(train), unseen: await store.putRows(unseen) },
      },
      ...{ schemas: await store.putJson(schemas), datasheet: await store.putJson(sheet) },
      ...{ origin: 'human', entries, figures, questions },
    };
  }

  /** The questions whose database is there and whose statement is one query that the dialect's parser reads. */
  async function readPairs(
    { questions, databases: folder }: HumanQuestions,
    text: string,
    { schemas, entries }: { schemas: Record<string, DatabaseSchema>; entries: DatabaseEntry[] },
  ): Promise<{ pairs: Pair[]; dropped: Record<string, number> }> {
    const { signal, beat } = pulse<number>();
    const missing = new Set<string>();
    const dropped: Record<string, number> = {};
    const drop = (reason: string): void => void (dropped[reason] = (dropped[reason] ?? 0) + 1);
    const pairs: Pair[] = [];
    for (const [at, item] of readGoldItems(text, questions, dialect).entries()) {
      signal.throwIfAborted();
      beat(at);
      const { database, question, sql } = item;
      if (!schemas[database] && !missing.has(database)) {
        const entry: DatabaseEntry = { name: database, url: folder, dialect };
        const schema = await databases.schema(entry, dialect).catch((error: unknown) => {
          if (error instanceof NotFoundError) return null;
          throw error;
        });
        if (schema) {
          schemas[database] = schema;
          entries.push(entry);
        } else missing.add(database);
      }
      const described = describeStatement(sql, dialects[dialect]!.manifest);
      if (missing.has(database)) drop('no-database');
      else if (described.skeleton === undefined) drop('parse-error');
      else
        pairs.push({
          ...{ id: item.id, dialect, database, question, sql, template: '', guide: null, teacher: 'human' },
          ...(described as Required<typeof described>),
        });
    }
    return { pairs, dropped };
  }
}

/** Empty where no file is named. @throws NotFoundError */
async function textOf(from: HumanQuestions | undefined): Promise<string> {
  if (!from) return '';
  return readFile(from.questions, 'utf8').catch((cause: unknown) => {
    throw new NotFoundError(
      `The file of questions ${from.questions} cannot be read.`,
      'Name a file in human that the workers of the pool "io" can read.',
      { cause },
    );
  });
}
