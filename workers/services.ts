import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTrainer, type Trainer } from '../adapters/trainer/process.js';
import { createCatalogue, type Catalogue } from '../adapters/postgres/catalogue.js';
import { openPostgres, type Database } from '../adapters/postgres/database.js';
import { migrate } from '../adapters/postgres/migrate.js';
import { openStageLocks } from '../adapters/postgres/stage-locks.js';
import { createArtifactStore, type ArtifactStore } from '../adapters/s3/artifact-store.js';
import { openBucket } from '../adapters/s3/bucket.js';
import { createStageRunner, type StageRunner } from '../activities/stage.js';
import { createDatabases, type Databases } from '../activities/databases.js';
import { createTeachers, type Role, type Teachers } from '../activities/teachers.js';
import { readPrices } from '../schema/prices.js';
import type { ConnectedConfig, ModelEndpoint } from '../schema/config.js';

/** What activities are made of: the outside world, opened once for a process. */
export interface Services {
  config: ConnectedConfig;
  db: Database;
  store: ArtifactStore;
  catalogue: Catalogue;
  stages: StageRunner;
  databases: Databases;
  teachers: Teachers;
  endpoints: Partial<Record<Role, ModelEndpoint>>;
  trainer: Trainer;
  /** Folder for files while they are worked on. */
  workFolder: string;
  /** Version of Dialectic, as reports name it. */
  version: string;
  close(): Promise<void>;
}

export async function openServices(config: ConnectedConfig): Promise<Services> {
  const db = openPostgres(config.postgres.url);
  const bucket = openBucket(config.s3);
  await Promise.all([migrate(db), bucket.ensure()]);
  const store = createArtifactStore(bucket);
  const catalogue = createCatalogue(db, bucket);
  const locks = openStageLocks(config.postgres.url);
  const databases = createDatabases(
    { postgresUrl: config.postgres.url, googlesqlDir: config.home.googlesql },
    config.slots.sql,
    db,
  );
  const endpoints = { teacher: config.teacher, judge: config.judge };
  return {
    ...{ config, db, store, catalogue, databases, endpoints },
    teachers: createTeachers(db, endpoints, readPrices(config.pricesFile), config.testedKeys),
    stages: createStageRunner({ db, catalogue, locks }),
    version: packageVersion(config.home.root),
    workFolder: join(config.home.state, 'work'),
    trainer: createTrainer({ python: config.home.python, root: config.home.root }),
    async close() {
      await databases.close();
      await locks.close();
      bucket.close();
      await db.close();
    },
  };
}

function packageVersion(root: string): string {
  return (JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string }).version;
}
