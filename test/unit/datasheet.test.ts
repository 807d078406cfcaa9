import { expect, test } from 'vitest';
import { describeDataset } from '../../core/datasheet.js';
import type { Pair } from '../../core/template.js';
import { dialects } from '../../dialects/registry.js';

const { manifest } = dialects['sqlite']!;

const pair = (id: string, keywords: string[]): Pair => ({
  ...{ id, dialect: 'sqlite', database: 'retail', question: 'How many orders are there?', sql: 'SELECT 1' },
  ...{ template: 't', guide: null, teacher: 'offline', hardness: 'easy', keywords, skeleton: id },
});
const signature = (name: string) => ({
  ...{ name, kind: 'scalar' as const, arguments: ['text'], variadic: false, returns: 'text' },
});

test('a datasheet says which functions of the engine and keywords of the dialect no pair uses', () => {
  const sheet = describeDataset(
    { train: [pair('a', ['SELECT', 'STRFTIME']), pair('b', ['SELECT', 'INSTR'])], heldout: [] },
    { populated: 3, duplicate: 1 },
    { manifest, functions: ['strftime', 'instr', 'hex', 'load_extension'].map(signature) },
  );
  expect(sheet.keywords).toEqual({ SELECT: 2, INSTR: 1, STRFTIME: 1 });
  expect(sheet.coverage.functions).toEqual({ covered: ['INSTR', 'STRFTIME'], missing: ['HEX'], share: 2 / 3 });
  expect(sheet.coverage.keywords.covered).toEqual(['INSTR', 'STRFTIME']);
  expect(sheet.coverage.keywords.missing).toContain('GLOB');
});
