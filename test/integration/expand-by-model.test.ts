import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { exampleEntry } from '../../activities/example-database.js';
import { expandByModel } from '../../activities/expand-by-model.js';
import { createModelClient } from '../../adapters/llm/model-client.js';
import type { PaidCall } from '../../adapters/llm/ledger.js';
import type { DatabaseSession } from '../../core/database.js';
import { loadSeeds } from '../../core/seeds/load.js';
import type { Guide } from '../../core/template.js';
import { openDatabase } from '../../dialects/open-database.js';
import { dialects } from '../../dialects/registry.js';
import { startModelServer, type ModelServer } from '../servers/misbehaving-model.js';

const guide = {
  ...{ id: 'json', dialect: 'sqlite', title: 'JSON', topic: 'json', text: 'json_group_array(x) makes an array.' },
  ...{ teaches: ['JSON_GROUP_ARRAY'], source: '', licence: '', hash: '', fetchedAt: null },
} satisfies Guide;

let examples: DatabaseSession;
let server: ModelServer;
beforeAll(async () => {
  examples = await openDatabase({ ...exampleEntry, dialect: 'sqlite' });
});
afterAll(async () => {
  await examples.close();
  await server.close();
});

it('keeps the statements that the engine runs, and says why the others are none', async () => {
  const replies = [
    [
      'SELECT city, json_group_array(name) FROM customers GROUP BY city',
      'SELECT json_group_array(name, email) FROM customers GROUP BY country HAVING COUNT(*) > 1',
      'SELECT json_group_array(surname) FROM customers',
    ],
    ['SELECT name, LENGTH(email) * 7 FROM customers ORDER BY city LIMIT 3', 'DELETE FROM customers'],
  ];
  server = await startModelServer((n) => ({
    kind: 'answer',
    content: () => JSON.stringify({ statements: replies[n]!.map((sql) => ({ uses: ['json_group_array'], sql })) }),
  }));
  const calls = new Map<string, PaidCall>();
  const client = createModelClient({
    ...{ model: 'scripted', baseUrl: server.baseUrl, timeoutMs: 5_000 },
    ledger: {
      find: async (key) => calls.get(key) ?? null,
      save: async (call) => void calls.set(call.key, call),
      spent: async () => ({ calls: 0, usd: 0 }),
    },
  });
  const file: unknown = JSON.parse(readFileSync('core/templates/seeds.json', 'utf8'));
  const seeds = loadSeeds(file, { source: dialects['sqlite']!.manifest }).templates;
  const input = { dialect: 'sqlite', seeds, guides: [guide], known: seeds, functions: [], seed: 1, wanted: 4 };
  const { templates, rejects } = await expandByModel(client, input, examples);
  expect(templates.map(({ sql, guide: from }) => [sql, from])).toEqual([
    ['SELECT {C1}, JSON_GROUP_ARRAY({C2}) FROM {T1} GROUP BY {C1}', 'json'],
  ]);
  expect(rejects).toEqual({ invalid: 1, 'unknown-column': 1, 'not-taught': 1, 'not-read-only': 1 });
});
