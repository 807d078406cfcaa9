import type { DialectManifest, DialectName } from '../core/dialect.js';
import { bigquery } from './bigquery/dialect.js';
import { engine as bigqueryEngine } from './bigquery/engine.js';
import type { Engine } from './engine.js';
import { postgres } from './postgres/dialect.js';
import { engine as postgresEngine } from './postgres/engine.js';
import { sqlite } from './sqlite/dialect.js';
import { engine as sqliteEngine } from './sqlite/engine.js';

/** Every dialect: its manifest and its engine. A new dialect is a folder and a line here. */
export const dialects: Record<DialectName, { manifest: DialectManifest; engine: Engine }> = {
  sqlite: { manifest: sqlite, engine: sqliteEngine },
  postgres: { manifest: postgres, engine: postgresEngine },
  bigquery: { manifest: bigquery, engine: bigqueryEngine },
};
