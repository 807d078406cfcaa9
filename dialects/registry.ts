import type { DialectManifest, DialectName } from '../core/dialect.js';
import type { DialectPhrases } from '../core/verbalise/phrase.js';
import { bigquery } from './bigquery/dialect.js';
import { engine as bigqueryEngine } from './bigquery/engine.js';
import { bigqueryPhrases } from './bigquery/phrases.js';
import { duckdb } from './duckdb/dialect.js';
import { engine as duckdbEngine } from './duckdb/engine.js';
import { duckdbPhrases } from './duckdb/phrases.js';
import type { Engine } from './engine.js';
import { mariadb } from './mariadb/dialect.js';
import { engine as mariadbEngine } from './mariadb/engine.js';
import { mariadbPhrases } from './mariadb/phrases.js';
import { postgres } from './postgres/dialect.js';
import { engine as postgresEngine } from './postgres/engine.js';
import { postgresPhrases } from './postgres/phrases.js';
import { sqlite } from './sqlite/dialect.js';
import { engine as sqliteEngine } from './sqlite/engine.js';
import { sqlitePhrases } from './sqlite/phrases.js';

/** Every dialect: its manifest, its engine and its words. A new dialect is a folder and a line here. */
export const dialects: Record<DialectName, { manifest: DialectManifest; engine: Engine; phrases: DialectPhrases }> = {
  sqlite: { manifest: sqlite, engine: sqliteEngine, phrases: sqlitePhrases },
  postgres: { manifest: postgres, engine: postgresEngine, phrases: postgresPhrases },
  bigquery: { manifest: bigquery, engine: bigqueryEngine, phrases: bigqueryPhrases },
  duckdb: { manifest: duckdb, engine: duckdbEngine, phrases: duckdbPhrases },
  mariadb: { manifest: mariadb, engine: mariadbEngine, phrases: mariadbPhrases },
};
