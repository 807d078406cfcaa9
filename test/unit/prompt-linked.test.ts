import { describe, expect, it } from 'vitest';
import { buildLinkedPrompt } from '../../core/prompt/linked-prompt.js';
import { specialTokens } from '../../core/prompt/special-tokens.js';
import { sqlite } from '../../dialects/sqlite/dialect.js';
import { shop } from './prompt-fixture.js';

const build = (question: string) => buildLinkedPrompt({ question, schema: shop('sqlite'), dialect: sqlite });
/** The question's part of the prompt. */
const sentence = (question: string) => build(question).prompt.split(' |')[1]!.trim();

describe('the linked prompt', () => {
  it('numbers names in the order in which the question says them, types beside their first mention', () => {
    expect(sentence('Which status do orders have, and which total? Count each status.')).toBe(
      'which<c0> text do<t0> have and which<c1> number count each<c0>',
    );
  });

  it('matches names however they are split, cased and numbered', () => {
    expect(sentence('the Unit Price of every product')).toBe('the<c0> number of every<t0>');
    expect(sentence('the unitPrice of all products')).toBe('the<c0> number of all<t0>');
  });

  it('prefers the longest name', () => {
    expect(sentence('show all order items')).toBe('show all<t0>');
  });

  it('gives a shared column name to the table said nearest to it', () => {
    const { prompt, links } = build('Show the name of customers and the name of products.');
    expect(prompt).toContain('show the<c0> text of<t0> and the<c1> text of<t1>');
    expect(links.columns.slice(0, 2).map(({ table }) => links.tables[table]!.name)).toEqual(['customers', 'products']);
  });

  it('reads numbers, dates, quoted texts, samples and proper names as values', () => {
    const { links } = build(`orders over $1,250.50 placed on 2024-01-05 by "Bo O'Hara" from new york, or by Zoe Quill`);
    expect(links.values.map(({ text, type }) => [text, type])).toEqual([
      ['1250.50', 'number'],
      ['2024-01-05', 'date'],
      ["Bo O'Hara", 'text'],
      ['New York', 'text'],
      ['Zoe Quill', 'text'],
    ]);
  });

  it('tells the column in whose samples a value was found', () => {
    expect(build('How many customers are in Paris?').prompt).toMatch(/<t0><c0> text has<v0>/);
  });

  it('joins the named tables along foreign keys, bridge tables included, in the words of SQL', () => {
    const { prompt, links } = build('products that customers bought');
    const joins = prompt.split(' |').at(-1)!;
    expect(joins).toMatch(/^<t0> JOIN<t\d> ON<c\d+> =<c\d+> JOIN<t\d> ON<c\d+> =<c\d+> JOIN<t1> ON<c\d+> =<c\d+>$/);
    expect(links.joinOrder.map((table) => links.tables[table]!.name)).toEqual([
      'products',
      'order_items',
      'orders',
      'customers',
    ]);
  });

  it('knows the keys of JSON documents and the fields of structs', () => {
    expect(sentence('customers by tier in profile, and the width of products')).toBe(
      'customers by tier in profile and the width of products'
        .replace('customers', '<t0>')
        .replace(' tier', '<f0>')
        .replace(' profile', '<c0> json')
        .replace(' width', '<f1>')
        .replace(' products', '<t1>'),
    );
  });

  it('leaves words of counting and sorting alone where a column has their name', () => {
    const schema = shop('sqlite');
    schema.tables[0]!.columns.push({ ...schema.tables[0]!.columns[0]!, name: 'number', primaryKey: false });
    const ask = (question: string) => buildLinkedPrompt({ question, schema, dialect: sqlite }).prompt.split(' |')[1];
    expect(ask('the number of customers')).toBe(' the number of<t0>');
    expect(ask('customers with the highest number')).toBe('<t0> with the highest<c0> integer');
  });

  it('offers a few tables in words where the question names nothing', () => {
    const { prompt, links } = build('anything new?');
    expect(links.tables).toHaveLength(4);
    expect(prompt).toContain('name text');
  });

  it('uses only tokens of the vocabulary', () => {
    const { prompt } = build(
      'name city status total quantity unit price tags size salary of customers orders products employees',
    );
    for (const token of prompt.match(/<[a-z]+\d+>/g)!) expect(specialTokens).toContain(token);
  });

  it('does not run out of tokens on a schema larger than the vocabulary', () => {
    const schema = shop('sqlite');
    const table = schema.tables[0]!;
    schema.tables = Array.from({ length: 30 }, (_, at) => ({
      ...table,
      name: `thing${'abcdefghijklmnopqrstuvwxyzäöüß'[at]}`,
    }));
    const question = schema.tables.map(({ name }) => name).join(', ');
    const { links } = buildLinkedPrompt({ question, schema, dialect: sqlite });
    expect(links.tables).toHaveLength(12);
  });
});
