import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { parse as parseYaml } from 'yaml';
import type { DatabaseSchema } from '../../core/database.js';
import { describeDataset } from '../../core/datasheet.js';
import { toAlpaca, toMessages, toShareGpt } from '../../core/export/conversation.js';
import { writeDatasetCard, type DatasetCard } from '../../core/export/dataset-card.js';
import { writeModelCard, type ModelCard } from '../../core/export/model-card.js';
import { drawSample, matchesFilter } from '../../core/export/select-pairs.js';
import { toSpiderRow, toSpiderSchema } from '../../core/export/spider.js';
import { readSchema } from '../../core/seeds/spider.js';
import type { Pair } from '../../core/template.js';
import { dialects } from '../../dialects/registry.js';
import type { SplitPair } from '../../web/datasheet/dataset-page.js';
import { renderDatasheet } from '../../web/datasheet/render-datasheet.js';

const dialect = dialects.sqlite!.manifest;
const column = { nullable: false, primaryKey: false, distinct: 3, nullRate: 0, samples: ['Ann'] };
const schema: DatabaseSchema = {
  ...{ name: 'shop', dialect: 'sqlite' },
  tables: [
    {
      ...{ name: 'customers', rows: 3 },
      columns: [
        { ...column, name: 'customer_id', type: 'integer', nativeType: 'INTEGER', primaryKey: true, samples: [1] },
        { ...column, name: 'full_name', type: 'text', nativeType: 'TEXT' },
      ],
    },
    {
      ...{ name: 'orders', rows: 3 },
      columns: [
        { ...column, name: 'customer_id', type: 'integer', nativeType: 'INTEGER', samples: [1] },
        { ...column, name: 'ordered_on', type: 'date', nativeType: 'TEXT', samples: ['2024-01-01'] },
      ],
    },
  ],
  foreignKeys: [
    { table: 'orders', column: 'customer_id', referencesTable: 'customers', referencesColumn: 'customer_id' },
  ],
};

const pair = (more: Partial<Pair> = {}): Pair => ({
  ...{ id: 'p1', dialect: 'sqlite', database: 'shop', question: 'Who is called <Ann> or O’Neil?' },
  sql: "SELECT full_name FROM customers WHERE full_name = 'Ann' LIMIT 2",
  ...{ template: 't1', guide: null, teacher: 'offline', hardness: 'easy', keywords: ['LIMIT', 'SELECT'] },
  skeleton: 'SELECT _ FROM _ WHERE _ = _ LIMIT _',
  ...more,
});

const functions = [
  { name: 'upper', kind: 'scalar', arguments: ['any'], variadic: false, returns: 'any' },
  { name: 'hex', kind: 'scalar', arguments: ['any'], variadic: false, returns: 'any' },
] as const;
const pairs = [pair(), pair({ id: 'p2', hardness: 'hard', keywords: ['SELECT', 'UPPER'], database: 'library' })];
const datasheet = describeDataset(
  { train: pairs.slice(0, 1), unseen: pairs.slice(1) },
  { populated: 10, 'empty-result': 5, 'judge-disagrees': 3, 'all-null': 0 },
  { manifest: dialect, functions: functions.map((signature) => ({ ...signature, arguments: ['any'] })) },
);

describe('conversations', () => {
  const input = { pair: pair(), schema, dialect };

  it('hold the schema and the question on one side and the statement alone on the other', () => {
    const { messages } = toMessages(input);
    expect(messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant']);
    expect(messages[1]!.content).toContain('Table customers: customer_id integer primary key');
    expect(messages[1]!.content).toMatch(/Question: Who is called <Ann> or O’Neil\?$/);
    expect(messages[2]!.content).toBe(pair().sql);
  });

  it('say the same in every form', () => {
    const [system, user, assistant] = toMessages(input).messages.map(({ content }) => content);
    expect(toAlpaca(input)).toEqual({ id: 'p1', instruction: system, input: user, output: assistant });
    expect(toShareGpt(input)).toEqual({
      ...{ id: 'p1', system },
      conversations: [
        { from: 'human', value: user },
        { from: 'gpt', value: assistant },
      ],
    });
  });
});

describe('Spider’s form', () => {
  it('numbers columns and keys as tables.json does, so that the reader of seeds understands it', () => {
    const entry = toSpiderSchema(schema);
    expect(entry.column_names_original).toEqual([
      ...[
        [-1, '*'],
        [0, 'customer_id'],
        [0, 'full_name'],
        [1, 'customer_id'],
        [1, 'ordered_on'],
      ],
    ]);
    expect(entry).toMatchObject({ primary_keys: [1], foreign_keys: [[3, 1]], table_names: ['customers', 'orders'] });
    const read = readSchema(entry);
    expect(read.get('orders')?.get('customer_id')).toMatchObject({ type: 'number', primary: false, foreign: true });
    expect(read.get('orders')?.get('ordered_on')).toMatchObject({ type: 'time' });
  });

  it('splits statement and question into tokens, with values masked beside', () => {
    const row = toSpiderRow(pair(), dialect);
    expect(row.query_toks.join(' ')).toBe(pair().sql);
    expect(row.query_toks_no_value.join(' ')).toBe(
      'select full_name from customers where full_name = value limit value',
    );
    expect(row.question_toks).toEqual(['Who', 'is', 'called', '<', 'Ann', '>', 'or', 'O’Neil', '?']);
  });
});

describe('choosing pairs', () => {
  it('asks for all that is named', () => {
    const chosen = (filter: Parameters<typeof matchesFilter>[1]) =>
      pairs.filter((one) => matchesFilter(one, filter)).map(({ id }) => id);
    expect(chosen({})).toEqual(['p1', 'p2']);
    expect(chosen({ hardness: 'hard' })).toEqual(['p2']);
    expect(chosen({ keywords: ['select', 'upper'] })).toEqual(['p2']);
    expect(chosen({ skeleton: 'where _ = _', database: 'shop' })).toEqual(['p1']);
    expect(chosen({ text: 'nobody' })).toEqual([]);
  });

  it('draws the same pairs for the same seed, evenly, and others for another', () => {
    const many = Array.from({ length: 1_000 }, (_, at) => ({ id: `p${at}`, half: at < 500 }));
    const drawn = drawSample(many, 100, 'a');
    expect(drawSample(many, 100, 'a')).toEqual(drawn);
    expect(drawSample(many, 100, 'b')).not.toEqual(drawn);
    const first = drawn.filter(({ half }) => half).length;
    expect(first).toBeGreaterThan(30);
    expect(first).toBeLessThan(70);
  });
});

/** The front matter of a card. */
const yamlOf = (text: string): Record<string, unknown> => parseYaml(text.split('---\n')[1]!) as Record<string, unknown>;

describe('the dataset card', () => {
  const card: DatasetCard = {
    ...{ id: 'shop-1', run: 'lifecycle/shop', createdAt: '2026-01-02T03:04:05Z', version: '1.2.3', dialect, datasheet },
    ...{ databases: ['shop', 'library'], licence: null },
    splits: [
      { name: 'train', rows: 1, bytes: 100 },
      { name: 'unseen', rows: 1, bytes: 100 },
    ],
    sources: [{ name: 'docs.example.org', address: 'https://docs.example.org', licence: 'MIT', pairs: 2 }],
  };
  it('says which files are which split, and never calls a split all, which loaders keep for themselves', () => {
    expect(yamlOf(writeDatasetCard(card))).toMatchObject({
      ...{ license: 'other', size_categories: ['n<1K'], task_categories: ['text-generation'] },
      configs: [
        {
          ...{ config_name: 'pairs', default: true },
          data_files: [
            { split: 'train', path: 'data/train-*.parquet' },
            { split: 'unseen', path: 'data/unseen-*.parquet' },
          ],
        },
        {
          config_name: 'databases',
          data_files: [{ split: 'databases', path: 'databases/databases-*.parquet' }],
        },
      ],
    });
    expect(yamlOf(writeDatasetCard({ ...card, licence: 'cc-by-4.0' }))).toMatchObject({ license: 'cc-by-4.0' });
  });

  it('tells the funnel, what no pair covers, and the licences of the sources', () => {
    const text = writeDatasetCard(card);
    expect(text).toContain('Of 10 pairs made,\n2 passed every check');
    expect(text).toContain('| empty-result | 5 |\n| judge-disagrees | 3 |');
    expect(text).not.toContain('all-null');
    expect(text).toContain('1 of 2 (50.0 %) are used; none uses HEX');
    expect(text).toContain('| [docs.example.org](https://docs.example.org) | MIT | 2 |');
  });
});

describe('the datasheet page', () => {
  const split = pairs.map((one, at): SplitPair => ({ ...one, split: at === 0 ? 'train' : 'unseen' }));
  const page = renderDatasheet({
    ...{ id: 'shop <1>', run: null, createdAt: null, version: '1.2.3', dialect, databases: ['shop'], datasheet },
    ...{ pairs: split, sample: split },
  });
  const { document } = parseHTML(page);
  const words = (selector: string): string =>
    [...document.querySelectorAll(selector)].map((node) => node.textContent.replace(/\s+/g, ' ').trim()).join(' | ');

  it('fetches nothing, and escapes whatever comes from data', () => {
    const own = page.replaceAll('http://www.w3.org/2000/svg', '').replaceAll('http://www.w3.org/1999/xlink', '');
    expect(own).not.toMatch(/https?:\/\/|<link|<img|<iframe|@import|url\(|\son\w+=/i);
    expect(words('h1')).toBe('shop <1>');
    expect(words('.pair .q')).toContain('Who is called <Ann> or O’Neil?');
  });

  it('shows the funnel by reason, what is missing, and every pair of the sample with its fields', () => {
    expect(words('#funnel')).toMatch(/made ?10 .*empty result ?5 .*judge disagrees ?3 .*accepted ?2/);
    expect(words('#coverage .chips .none')).toContain('HEX');
    expect(document.querySelectorAll('#diversity svg, #shape svg')).toHaveLength(3);
    expect([...document.querySelectorAll('.pair')].map((card) => card.getAttribute('data-hardness'))).toEqual([
      'easy',
      'hard',
    ]);
    expect(words('.filter select[name=keyword] option')).toBe('any keyword | LIMIT | SELECT | UPPER');
  });
});

describe('the model card', () => {
  const card: ModelCard = {
    model: { id: 'mixture-1234', kind: 'mixture', dialect: null, parameters: 7_300_000, promptForm: 'linked' },
    ...{ run: 'r1', createdAt: '2026-01-02T03:04:05Z', version: '0.1.0' },
    evaluations: [
      {
        ...{ model: 'mixture-1234', kind: 'mixture', dialect: 'sqlite', split: 'unseen-databases', n: 200, ex: 0.75 },
        ...{ exCi: [0.7, 0.8], exNonEmpty: 0.74, em: 0.5, bleu2: 0.9, valid: 1, goldEx: 1 },
      },
    ],
    datasets: [{ id: 'd-sqlite', dialect: 'sqlite', pairs: 9_000, databases: ['retail'] }],
    sources: [{ name: 'sqlite.org', address: 'https://sqlite.org', licence: 'public domain', pairs: 8_000 }],
    stages: [
      {
        stage: 'train',
        run: 'r0',
        parameters: { recipe: { base: null, steps: 10 } },
        finishedAt: '2026-01-01T00:00:00Z',
      },
      { stage: 'merge', run: 'r1', parameters: { method: 'mixture' }, finishedAt: '2026-01-02T00:00:00Z' },
    ],
    measured: { tensors: 61, method: 'mixture' },
  };

  it('has front matter that a model hub reads', () => {
    expect(yamlOf(writeModelCard(card))).toMatchObject({
      ...{ library_name: 'transformers', license: 'other', tags: ['text-to-sql', 'sql', 'sqlite'] },
    });
  });

  it('says what the model scores, what it learned from, how it was made and whose licences hold', () => {
    const text = writeModelCard(card);
    expect(text).toContain(
      '| sqlite | unseen-databases | 200 | 75.0 % | 70.0 % to 80.0 % | 74.0 % | 50.0 % | 90.0 % | 100.0 % |',
    );
    expect(text).toContain('| `d-sqlite` | sqlite | 9,000 | retail |');
    expect(text).toContain('1. train, run `r0`, 2026-01-01: `{"recipe":{"base":null,"steps":10}}`\n2. merge');
    expect(text).toContain('| [sqlite.org](https://sqlite.org) | public domain | 8,000 |');
    expect(writeModelCard({ ...card, evaluations: [] })).toContain('Not evaluated.');
  });
});
