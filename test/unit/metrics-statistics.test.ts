import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bootstrapInterval, mean } from '../../core/metrics/bootstrap.js';
import { coverageOf, diversityOf } from '../../core/metrics/diversity.js';
import { comparePaired, mcnemarExact } from '../../core/metrics/paired.js';

describe('bootstrap', () => {
  it('is near the normal approximation for many answers', () => {
    const answers = Array.from({ length: 400 }, (_, index) => Number(index % 4 !== 0));
    const [low, high] = bootstrapInterval(answers);
    const half = 1.96 * Math.sqrt((0.75 * 0.25) / 400);
    expect(low).toBeCloseTo(0.75 - half, 1.7);
    expect(high).toBeCloseTo(0.75 + half, 1.7);
  });

  it('is the same for the same seed, holds the mean, and knows nothing of nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0, 1), { minLength: 1, maxLength: 60 }), fc.integer(), (answers, seed) => {
        const interval = bootstrapInterval(answers, { seed, resamples: 200 });
        expect(bootstrapInterval(answers, { seed, resamples: 200 })).toEqual(interval);
        expect(interval[0]).toBeLessThanOrEqual(mean(answers) + 1e-9);
        expect(interval[1]).toBeGreaterThanOrEqual(mean(answers) - 1e-9);
      }),
    );
    expect(bootstrapInterval([])).toEqual([0, 1]);
    expect(bootstrapInterval([1, 1, 1])).toEqual([1, 1]);
  });
});

describe('paired comparison', () => {
  it("gives McNemar's exact p", () => {
    // 2 · (C(10,0) + C(10,1)) / 2¹⁰
    expect(mcnemarExact(9, 1)).toBeCloseTo((2 * 11) / 1024, 12);
    expect(mcnemarExact(5, 5)).toBe(1);
    expect(mcnemarExact(0, 0)).toBe(1);
    expect(mcnemarExact(0, 2000)).toBeLessThan(1e-300);
  });

  it('finds the better of two models on the same questions', () => {
    const first = Array.from({ length: 100 }, (_, index) => index < 80);
    const second = Array.from({ length: 100 }, (_, index) => index < 60);
    const comparison = comparePaired(first, second);
    expect(comparison).toMatchObject({ n: 100, onlyFirst: 20, onlySecond: 0 });
    expect(comparison.difference).toBeCloseTo(0.2, 12);
    expect(comparison.interval[0]).toBeGreaterThan(0.1);
    expect(comparison.p).toBeLessThan(0.001);
    expect(() => comparePaired([true], [])).toThrow(RangeError);
  });
});

describe('diversity', () => {
  it('counts shapes, levels and keywords', () => {
    const pair = (skeleton: string, keywords: string[]) => ({
      skeleton,
      keywords,
      database: 'd',
      hardness: 'easy' as const,
    });
    const diversity = diversityOf([
      pair('a', ['SELECT']),
      pair('a', ['SELECT', 'RANK']),
      pair('b', ['SELECT']),
      pair('b', []),
    ]);
    expect(diversity).toMatchObject({
      pairs: 4,
      skeletons: 2,
      skeletonEntropy: 1,
      topTenShare: 1,
      databases: 1,
      keywords: { RANK: 1, SELECT: 3 },
    });
    expect(diversity.hardness.easy).toBe(4);
    expect(coverageOf(['rank', 'LAG'], diversity.keywords)).toEqual({
      covered: ['RANK'],
      missing: ['LAG'],
      share: 0.5,
    });
  });
});
