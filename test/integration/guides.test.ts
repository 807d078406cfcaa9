import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readBuiltInGuides } from '../../adapters/web/markdown-folder.js';
import type { DatabaseSession } from '../../core/database.js';
import { readExamples } from '../../core/guides/examples.js';
import { openDatabase } from '../../dialects/open-database.js';
import { projectRoot } from '../../schema/home.js';

const fixture = join(projectRoot(), 'dialects', 'guides-fixture.json');

describe.each(['sqlite', 'postgres', 'bigquery', 'duckdb'])('the built-in guides of %s', (dialect) => {
  let session: DatabaseSession;
  beforeAll(async () => {
    session = await openDatabase({ name: 'guides', dialect, url: fixture });
  });
  afterAll(() => session?.close());

  it('hold only examples that run on the engine and return something', async () => {
    const guides = await readBuiltInGuides(dialect);
    const examples = guides.flatMap(({ id, text }) => readExamples(text).map(({ sql }) => ({ id, sql })));
    const faults: string[] = [];
    for (const { id, sql } of examples) {
      const outcome = await session.execute(sql, { timeoutMs: 20_000 });
      if (outcome.kind !== 'rows') faults.push(`${id}: ${outcome.kind}: ${outcome.message}\n  ${sql}`);
      else if (outcome.rows.every((row) => row.every((value) => value === null)))
        faults.push(`${id}: no rows\n  ${sql}`);
    }
    expect(faults).toEqual([]);
    expect(examples.length).toBeGreaterThan(150);
  });

  it('show all that they say they teach', async () => {
    const guides = await readBuiltInGuides(dialect);
    const shown = (text: string): string =>
      readExamples(text)
        .map(({ sql }) => sql.toUpperCase())
        .join('\n');
    const missing = guides.flatMap(({ id, text, teaches }) => {
      const code = shown(text);
      return teaches.filter((term) => !code.includes(term)).map((term) => `${id}: ${term}`);
    });
    expect(missing).toEqual([]);
  });
});
