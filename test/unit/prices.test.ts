import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPrices } from '../../schema/prices.js';

const file = join(mkdtempSync(join(tmpdir(), 'prices-')), 'prices.json');

describe('the price list', () => {
  it('is read by model', () => {
    writeFileSync(file, '{"m": {"input": 0.1, "output": 0.4}}');
    expect(readPrices(file)).toEqual({ m: { input: 0.1, output: 0.4 } });
  });

  it('knows nothing where no file is named', () => expect(readPrices(undefined)).toEqual({}));

  it.each(['{"m": {"input": -1, "output": 0}}', 'not JSON'])('refuses %s with the remedy', (text) => {
    writeFileSync(file, text);
    expect(() => readPrices(file)).toThrow(/DIALECTIC_PRICES/);
  });
});
