import { expect, it } from 'vitest';
import { buildPlainPrompt } from '../../core/prompt/plain-prompt.js';
import { dialects } from '../../dialects/registry.js';
import { shop } from './prompt-fixture.js';

const dialect = dialects['sqlite']!.manifest;
const schema = shop('sqlite');
const prompt = (question: string, budget?: number) =>
  buildPlainPrompt({ question, schema, dialect }, budget === undefined ? {} : { budget });
const tablesOf = (text: string) => [...text.matchAll(/^Table (\w+)/gm)].map(([, name]) => name);

it('tells types, keys and sample values of every table that fits', () => {
  const text = prompt('How many orders has each customer?');
  expect(tablesOf(text)).toEqual(schema.tables.map(({ name }) => name));
  expect(text).toContain('id integer primary key (like 1, 2, 3)');
  expect(text).toContain('city text (like Paris, New York)');
  expect(text).toContain('orders.customer_id = customers.id');
  expect(text.endsWith('Question: How many orders has each customer?\nSQL: ')).toBe(true);
});

it('keeps the tables that the question mentions when the schema is over the budget', () => {
  const whole = prompt('How many orders has each customer?').length;
  const text = prompt('How many orders has each customer?', 600);
  expect(text.length).toBeLessThan(whole);
  expect(tablesOf(text)).toEqual(expect.arrayContaining(['customers', 'orders']));
  expect(tablesOf(text)).not.toContain('products');
  expect(text).toContain('orders.customer_id = customers.id');
});

it('names no key of a table that was left out', () => {
  const text = prompt('What are the names of all products?', 250);
  expect(tablesOf(text)).toContain('products');
  expect(text).not.toContain('customers.id');
});
