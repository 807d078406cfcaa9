import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { DatabaseSchema } from '../core/database.js';
import type { DatabaseEntry } from '../core/run-spec.js';
import { dialects } from '../dialects/registry.js';
import { exampleSchema, type GuideFixture } from '../core/expand/example-schema.js';

const fixtureFile = new URL('../dialects/guides-fixture.json', import.meta.url);
let fixture: GuideFixture | undefined;

/** The same database for an engine to run statements on. */
export const exampleEntry: DatabaseEntry = { name: 'examples', url: fileURLToPath(fixtureFile), dialect: null };

/** The small database that the guides' examples are over, as a dialect's engine would describe it. */
export function exampleDatabase(dialect: string): DatabaseSchema {
  fixture ??= JSON.parse(readFileSync(fixtureFile, 'utf8')) as GuideFixture;
  return exampleSchema(fixture, dialects[dialect]!.manifest);
}
