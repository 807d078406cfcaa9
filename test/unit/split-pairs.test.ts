import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { PopulatedPair } from '../../activities/populate.js';
import { splitNames, splitPairs } from '../../activities/split-pairs.js';
import type { ArtifactRef } from '../../core/contract.js';
import { splitOf, statementKey } from '../../core/splits.js';
import { dialects } from '../../dialects/registry.js';

const { manifest } = dialects['sqlite']!;
const policy = { nearDuplicate: 0.8, heldout: 0.3, validation: 0.1 };
const pair = (id: string, question: string, sql: string, of: Partial<PopulatedPair> = {}): PopulatedPair => ({
  ...{ id, dialect: 'sqlite', database: 'shop', question, sql, template: 't', guide: null, teacher: 'offline' },
  ...{ hardness: 'easy' as const, keywords: ['SELECT'], skeleton: sql, origin: 'expanded' as const, ...of },
});
/** The first of some statements that the policy puts into a split. */
const statementIn = (split: string): string =>
  Array.from({ length: 99 }, (_, n) => `SELECT c${n} FROM orders`).find((sql) => splitOf(sql, policy) === split)!;

const split = (...shards: PopulatedPair[][]) => splitTaught([], shards);

async function splitTaught(taught: string[], shards: PopulatedPair[][], atATime?: number) {
  const source = {
    shards: shards.map((_, index) => ({ key: String(index), rows: shards[index]!.length }) as ArtifactRef),
    read: async ({ key }: ArtifactRef) => shards[Number(key)]!,
  };
  const rules = { manifest, policy, unseen: new Set(['club']), taught: new Set(taught.map(statementKey)) };
  const folder = mkdtempSync(join(tmpdir(), 'dialectic-split-'));
  const { files, ...rest } = await splitPairs(source, rules, folder, async () => undefined, atATime);
  const rows = splitNames.map((name) => {
    const text = readFileSync(files[name].path, 'utf8').split('\n').filter(Boolean);
    expect(files[name].rows).toBe(text.length);
    return [name, text.map((line) => (JSON.parse(line) as { id: string }).id)];
  });
  return { ...rest, splits: Object.fromEntries(rows) as Record<string, string[]> };
}

test('what is learned from gives no held-out or unseen question or statement away, whichever shard holds it', async () => {
  const heldout = statementIn('heldout');
  const train = statementIn('train');
  const { splits, dropped, pairs, datasheet } = await split(
    [
      pair('leaks-statement', 'Name the members', 'select  name FROM members'),
      pair('seed', 'Show the c', train, { origin: 'seed' }),
      pair('leaks-question', 'how many of all those orders are there', statementIn('validation')),
    ],
    [
      pair('unseen', 'Names of members?', 'SELECT name FROM members', { database: 'club' }),
      pair('heldout', 'How many of all those orders are there?', heldout),
    ],
  );
  expect(splits).toEqual({
    ...{ seeds: ['seed'], train: ['seed'], validation: [], heldout: ['heldout'], unseen: ['unseen'] },
  });
  expect(dropped).toEqual({ contaminated: 2 });
  expect(pairs).toBe(3);
  const sheet = datasheet.finish({ populated: 5 }, { manifest, functions: [] });
  expect(sheet).toMatchObject({ pairs: 3, splits: { train: 1, validation: 0, heldout: 1, unseen: 1 } });
});

test('of what says the same, the first stays, and a question asks for one statement only', async () => {
  const train = statementIn('train');
  const { splits, dropped } = await split(
    [pair('first', 'Show every c of the orders, please', train)],
    [
      pair('again', 'Show every c of the orders please', train),
      pair('same-words', 'show every c of the orders, please', 'SELECT COUNT(*) FROM orders'),
    ],
  );
  expect(splits['train']).toEqual(['first']);
  expect(dropped).toEqual({ 'near-duplicate-question': 2 });
});

test('what people gave is learned from, and its statements are in no evaluation split of any dialect', async () => {
  const [mine, theirs] = [statementIn('heldout'), statementIn('validation')];
  const { splits, dropped } = await splitTaught(
    [mine, theirs],
    [
      [pair('given', 'What did we order?', mine, { origin: 'given', teacher: 'feedback' })],
      [
        pair('same-statement', 'Give me each c there is', mine),
        pair('given-elsewhere', 'And what of the others', theirs),
        pair('other', 'Show a c', statementIn('train')),
      ],
    ],
  );
  expect(splits).toEqual({ ...{ seeds: [], validation: [], heldout: [], unseen: [] }, train: ['given', 'other'] });
  expect(dropped).toEqual({ contaminated: 2 });
});

test('a dataset is the same however many pairs are compared at a time', async () => {
  const ways = [
    'Show the c',
    'Which c are there?',
    'List each c, please',
    'show THE c',
    'Give me c',
    'Name every c now',
  ];
  const shards = Array.from({ length: 4 }, (_, shard) =>
    Array.from({ length: 30 }, (_, at) => {
      const value = (shard * 30 + at) % 17;
      const sql = `SELECT c${at % 5} FROM orders WHERE c${at % 3} > ${value % 4}`;
      const question = `${ways[(shard + at) % ways.length]} of orders with more than ${value} in column ${at % 3}`;
      return pair(`${shard}-${at}`, question, sql, at % 7 === 0 ? { database: 'club' } : {});
    }),
  );
  // More ways of asking for one statement than are kept.
  shards.push(ways.map((way, at) => pair(`way-${at}`, `${way} that the shop has`, 'SELECT c9 FROM orders')));
  const whole = await splitTaught([], shards);
  expect(whole.dropped['duplicate']).toBeGreaterThan(0);
  expect(whole.dropped['near-duplicate-question']).toBeGreaterThan(0);
  for (const atATime of [1, 7, 40]) {
    const { splits, dropped } = await splitTaught([], shards, atATime);
    expect({ splits, dropped }).toEqual({ splits: whole.splits, dropped: whole.dropped });
  }
});
