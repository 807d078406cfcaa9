import { readFileSync, readdirSync } from 'node:fs';
import type { DatabaseSchema } from '../../core/database.js';
import { exampleSchema, type GuideFixture } from '../../core/expand/example-schema.js';
import type { Guide } from '../../core/template.js';
import { dialects } from '../../dialects/registry.js';

const folder = new URL('../../dialects/', import.meta.url);

/** The database that the built-in guides' examples are over, as the dialect's engine would describe it. */
export function examplesFor(dialect: string): DatabaseSchema {
  const fixture = JSON.parse(readFileSync(new URL('guides-fixture.json', folder), 'utf8')) as GuideFixture;
  return exampleSchema(fixture, dialects[dialect]!.manifest);
}

/** The built-in guides with the words they say they teach. */
export function guidesFor(dialect: string): Guide[] {
  const place = new URL(`${dialect}/guides/`, folder);
  return readdirSync(place)
    .filter((name) => name.endsWith('.md'))
    .sort()
    .map((name) => {
      const text = readFileSync(new URL(name, place), 'utf8');
      const list = /teaches:\s*\[([\s\S]*?)\]/.exec(text)?.[1] ?? '';
      const teaches = list
        .split(',')
        .map((word) => word.trim().replace(/^'|'$/g, ''))
        .filter((word) => word !== '');
      return {
        id: name.replace('.md', ''),
        dialect,
        title: name,
        topic: '',
        text,
        teaches,
        source: '',
        licence: '',
        hash: '',
        fetchedAt: null,
      };
    });
}
