import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, stageKeyText } from '../../core/stage-key.js';
import { planShards } from '../../core/plan-shards.js';
import { splitOf, statementKey } from '../../core/splits.js';
import { sumReports } from '../../core/stage-report.js';
import { poolsUntil } from '../../core/contract.js';
import { slidingWindow } from '../../core/sliding-window.js';

describe('a stage key', () => {
  it('does not depend on the order of fields', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const reversed = Object.fromEntries(Object.entries(value).reverse());
        expect(canonicalJson(reversed)).toBe(canonicalJson(value));
      }),
    );
  });

  it('reads back as the same JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('leaves out what is not there, and tells apart what differs', () => {
    const identity = { stage: 'train', version: 1, inputs: {}, parameters: { a: 1 } };
    expect(stageKeyText({ ...identity, parameters: { a: 1, b: undefined } })).toBe(stageKeyText(identity));
    expect(stageKeyText({ ...identity, version: 2 })).not.toBe(stageKeyText(identity));
  });

  it('refuses what JSON cannot hold', () => {
    expect(() => canonicalJson({ loss: Number.NaN })).toThrow(TypeError);
  });
});

describe('shards', () => {
  const database = (name: string) => ({ name, url: `sample:${name}`, dialect: null });

  it('make exactly the pairs that the plan wants', () => {
    fc.assert(
      fc.property(
        fc.nat(3000),
        fc.nat(3000),
        fc.integer({ min: 10, max: 500 }),
        fc.integer({ min: 1, max: 9 }),
        (seeds, pairs, batch, count) => {
          const known = Array.from({ length: count }, (_, index) => database(`d${index}`));
          const shards = planShards(
            { known, unseen: [database('u')] },
            { seedPairs: seeds, pairs, unseenPairs: 7, batch },
          );
          const total = (origin: string) =>
            shards.filter((shard) => shard.origin === origin).reduce((sum, shard) => sum + shard.pairs, 0);
          expect([total('seed'), total('expanded'), total('any')]).toEqual([seeds, pairs, 7]);
          expect(shards.every((shard) => shard.pairs > 0 && shard.pairs <= batch)).toBe(true);
        },
      ),
    );
  });
});

describe('splits', () => {
  const shares = { heldout: 0.2, validation: 0.1 };

  it('put a statement into the same split in every dialect and however it is quoted', () => {
    const written = ["SELECT name FROM t WHERE city = 'Oslo'", 'select "name"  from `t` where "city" = \'Oslo\''];
    expect(new Set(written.map(statementKey)).size).toBe(1);
    expect(new Set(written.map((sql) => splitOf(sql, shares))).size).toBe(1);
  });

  it('tell values apart by letter case', () => {
    expect(statementKey("SELECT 'A'")).not.toBe(statementKey("SELECT 'a'"));
  });

  it('come near the shares that are asked for', () => {
    const splits = Array.from({ length: 4000 }, (_, index) => splitOf(`SELECT c FROM t WHERE x > ${index}`, shares));
    const share = (split: string) => splits.filter((found) => found === split).length / splits.length;
    expect(share('heldout')).toBeCloseTo(0.2, 1);
    expect(share('validation')).toBeCloseTo(0.1, 1);
  });
});

describe('reports', () => {
  const report = {
    stage: 'check' as const,
    in: 10,
    out: 8,
    seconds: 1,
    reused: true,
    costUsd: 0.5,
    figures: { duplicate: 2 },
  };

  it('add up, and a sum is reused when every part was', () => {
    const sum = sumReports([null, report, { ...report, reused: false, figures: { 'empty-result': 1 } }]);
    expect(sum).toMatchObject({
      in: 20,
      out: 16,
      reused: false,
      costUsd: 1,
      figures: { duplicate: 2, 'empty-result': 1 },
    });
  });

  it('have an unknown cost when a part has', () => {
    expect(sumReports([report, { ...report, costUsd: null }]).costUsd).toBeNull();
  });
});

describe('the sliding window', () => {
  it('keeps the order of the items and never runs more than its width at a time', async () => {
    let running = 0;
    let most = 0;
    const results = await slidingWindow([5, 1, 4, 2, 3], 2, async (item) => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, item));
      running--;
      return item * 10;
    });
    expect([results, most]).toEqual([[50, 10, 40, 20, 30], 2]);
  });

  it('begins no further item when it is told not to go on, and returns what it has', async () => {
    let begun = 0;
    const results = await slidingWindow(
      [1, 2, 3, 4, 5],
      2,
      async (item) => (begun++, item),
      () => begun < 3,
    );
    expect(results).toEqual([1, 2, 3]);
  });

  it('starts nothing more after a failure, and throws it', async () => {
    const started: number[] = [];
    const work = slidingWindow([1, 2, 3, 4], 1, async (item) => {
      started.push(item);
      if (item === 2) throw new Error('second');
    });
    await expect(work).rejects.toThrow('second');
    expect(started).toEqual([1, 2]);
  });
});

it.each([
  ['expand', ['control', 'io', 'llm']],
  ['check', ['control', 'io', 'llm', 'sql']],
  ['merge', ['control', 'io', 'llm', 'sql', 'gpu']],
  ['evaluate', ['control', 'io', 'llm', 'sql', 'gpu', 'eval']],
] as const)('a run that ends after %s needs the pools of its stages alone', (last, needed) => {
  expect(poolsUntil(last)).toEqual(needed);
});
