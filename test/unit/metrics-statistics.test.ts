import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acrossSeeds, pairedItems } from '../../core/metrics/across-seeds.js';
import { bootstrapInterval, mean } from '../../core/metrics/bootstrap.js';
import { coverageOf, diversityOf } from '../../core/metrics/diversity.js';
import { comparePaired, mcnemarExact } from '../../core/metrics/paired.js';
import { studentQuantile } from '../../core/metrics/student.js';
import { createRandom } from '../../core/sampling/random.js';

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

describe("Student's t", () => {
  // Table of the t distribution, NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2.
  it.each([
    [1, 12.706],
    [2, 4.303],
    [3, 3.182],
    [5, 2.571],
    [10, 2.228],
    [30, 2.042],
    [Infinity, 1.96],
  ])('with %s degrees of freedom holds 95 %% within %s', (freedom, t) => {
    expect(studentQuantile(0.95, freedom)).toBeCloseTo(t, 2);
  });

  it('falls with the degrees of freedom, whole or not, and rises with the confidence', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1, max: 500, noNaN: true }),
        fc.double({ min: 0.5, max: 0.98, noNaN: true }),
        (n, share) => {
          expect(studentQuantile(share, n + 1)).toBeLessThanOrEqual(studentQuantile(share, n) + 1e-9);
          expect(studentQuantile(share + 0.01, n)).toBeGreaterThan(studentQuantile(share, n));
        },
      ),
      { numRuns: 40 },
    );
  });
});

describe('a mean across seeds', () => {
  const answers = (name: string, hits: readonly number[]) => hits.map((value, at) => ({ id: `${name}${at}`, value }));
  const bits = fc.array(fc.constantFrom(0, 1), { minLength: 1, maxLength: 30 });

  it('counts every seed alike, lies within its interval, and is the same every time', () => {
    fc.assert(
      fc.property(fc.array(bits, { minLength: 1, maxLength: 4 }), (seeds) => {
        const items = seeds.map((hits, at) => answers(`s${at}-`, hits));
        const found = acrossSeeds(items);
        expect(found.mean).toBeCloseTo(mean(seeds.map((hits) => mean(hits))), 9);
        expect(found.interval[0]).toBeLessThanOrEqual(found.mean);
        expect(found.interval[1]).toBeGreaterThanOrEqual(found.mean);
        expect(acrossSeeds(items)).toEqual(found);
      }),
      { numRuns: 30 },
    );
  });

  it('of one seed has the interval of its questions alone', () => {
    const hits = Array.from({ length: 400 }, (_, at) => Number(at % 4 !== 0));
    const { interval, betweenSeeds } = acrossSeeds([answers('', hits)]);
    expect(interval[1] - interval[0]).toBeCloseTo(2 * 1.96 * Math.sqrt((0.75 * 0.25) / 400), 2);
    expect(betweenSeeds).toBeNull();
  });

  it('is known better with more seeds only where they ask different questions', () => {
    const hits = Array.from({ length: 200 }, (_, at) => Number(at % 2 === 0));
    const width = (seeds: string[]) => {
      const { interval } = acrossSeeds(seeds.map((name) => answers(name, hits)));
      return interval[1] - interval[0];
    };
    expect(width(['a', 'a', 'a', 'a'])).toBeCloseTo(width(['a']), 2);
    expect(width(['a', 'b', 'c', 'd'])).toBeCloseTo(width(['a']) / 2, 2);
  });

  it('is known worse where seeds differ by more than their questions explain', () => {
    const seed = (right: number) => Array.from({ length: 100 }, (_, at) => Number(at < right));
    const even = acrossSeeds([answers('a', seed(50)), answers('b', seed(50)), answers('c', seed(50))]);
    const uneven = acrossSeeds([answers('a', seed(20)), answers('b', seed(50)), answers('c', seed(80))]);
    expect(even.betweenSeeds).toBe(0);
    expect(uneven.betweenSeeds).toBeGreaterThan(0.25);
    expect(uneven.interval[1] - uneven.interval[0]).toBeGreaterThan(4 * (even.interval[1] - even.interval[0]));
  });

  it('has an interval that holds the truth about as often as it says, with seeds that differ', () => {
    const random = createRandom('coverage');
    const normal = () => Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
    const trials = 150;
    let held = 0;
    for (let trial = 0; trial < trials; trial += 1) {
      const seeds = Array.from({ length: 3 }, (_, at) => {
        const accuracy = 0.5 + 0.08 * normal();
        return answers(
          `${at}-`,
          Array.from({ length: 80 }, () => Number(random.next() < accuracy)),
        );
      });
      const [low, high] = acrossSeeds(seeds, trial).interval;
      held += Number(low <= 0.5 && 0.5 <= high);
    }
    expect(held / trials).toBeGreaterThan(0.88);
  });

  it('of differences is paired by question, and null where the questions differ', () => {
    expect(pairedItems(answers('q', [1, 0, 1]), answers('q', [0, 0, 1]).reverse())).toEqual(answers('q', [1, 0, 0]));
    expect(pairedItems(answers('q', [1]), answers('r', [1]))).toBeNull();
    expect(pairedItems(answers('q', [1]), answers('q', [1, 1]))).toBeNull();
  });
});
