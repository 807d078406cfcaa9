import { readFileSync } from 'node:fs';
import type { DatabaseSchema } from '../core/database.js';
import { dialects } from '../dialects/registry.js';
import { exampleSchema, type GuideFixture } from '../core/expand/example-schema.js';

let fixture: GuideFixture | undefined;

/** The small database that the guides' examples are over, as a dialect's engine would describe it. */
export function exampleDatabase(dialect: string): DatabaseSchema {
  fixture ??= JSON.parse(
    readFileSync(new URL('../dialects/guides-fixture.json', import.meta.url), 'utf8'),
  ) as GuideFixture;
  return exampleSchema(fixture, dialects[dialect]!.manifest);
}
