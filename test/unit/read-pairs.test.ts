import { expect, it } from 'vitest';
import { readPairs } from '../../core/read-pairs.js';

it('reads our pairs, and those that Spider and BIRD name otherwise', () => {
  const read = (record: object) => readPairs(JSON.stringify([record]), 'pairs.json')[0]!;
  const question = 'How many?';
  expect(read({ id: 'a', database: 'shop', dialect: 'duckdb', question, sql: 'SELECT 1' })).toMatchObject({
    ...{ id: 'a', database: 'shop', dialect: 'duckdb', question, sql: 'SELECT 1', keywords: [] },
  });
  expect(read({ db_id: 'shop', question, query: 'SELECT 1' })).toMatchObject({ id: '0', database: 'shop' });
  expect(read({ question_id: 1471, db_id: 'shop', question, SQL: 'SELECT 1' })).toMatchObject({ id: '1471' });
  expect(read({ id: 7, question, sql: 'SELECT 1' }).id).toBe('7');
});

it('names the line that has no question or no statement', () => {
  const lines = '{"question": "How many?", "sql": "SELECT 1"}\n{"question": "Who?"}';
  expect(() => readPairs(lines, 'pairs.jsonl')).toThrow('Line 2 of pairs.jsonl has no sql');
  expect(() => readPairs('{"sql": "SELECT 1"}', 'pairs.jsonl')).toThrow('Line 1 of pairs.jsonl has no question');
  expect(() => readPairs('no JSON', 'pairs.jsonl')).toThrow('neither JSON nor JSON Lines');
});
