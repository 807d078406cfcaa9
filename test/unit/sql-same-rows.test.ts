import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runnable, sameRowsRate } from '../../bench/corpus/same-rows-rate.js';
import { publicData } from '../../bench/corpus/statements.js';
import { readSchema, type SpiderSchema } from '../../core/seeds/spider.js';

const sample = 300;

describe('a statement', () => {
  const all = runnable();
  it.skipIf(all.length === 0)(
    `gives the same rows printed, and refilled from its seed: ${sample} of Spider's`,
    async () => {
      const text = readFileSync(`${publicData}/spider/tables.public.json`, 'utf8');
      const schemas = new Map((JSON.parse(text) as SpiderSchema[]).map((each) => [each.db_id, readSchema(each)]));
      const step = Math.floor(all.length / sample);
      const statements = all.filter((_, index) => index % step === 0).slice(0, sample);
      const rate = await sameRowsRate(schemas, statements);
      expect(rate.different).toEqual([]);
      expect(rate.ran).toBeGreaterThan(0.98 * sample);
      expect(rate.nonEmpty).toBeGreaterThan(0.9 * sample);
      expect(rate.abstracted).toBeGreaterThan(0.98 * sample);
    },
    600_000,
  );
});
