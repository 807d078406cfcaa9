import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawRows, isReserved, mayLearn } from '../../core/learn-rows.js';
import { dialects } from '../../dialects/registry.js';
import { learnPlan } from '../../schema/run-spec.js';

const { manifest } = dialects.sqlite!;
const pair = (sql: string, skeleton = sql) => ({ sql, skeleton });
const simple = pair('SELECT x FROM a');
const joined = pair('SELECT a.x FROM a JOIN b ON a.id = b.id');
const nested = pair('SELECT x FROM a WHERE y IN (SELECT y FROM c)');
const learned = (plan: Parameters<typeof mayLearn>[0]) =>
  [simple, joined, nested].map((one) => mayLearn(plan, manifest)(one));

describe('what may be learned', () => {
  it('is everything unless the plan says otherwise', () => {
    expect(learned({})).toEqual([true, true, true]);
  });

  it('has no more joins and no deeper queries than the plan allows', () => {
    expect(learned({ maxJoins: 0 })).toEqual([true, false, true]);
    expect(learned({ maxNesting: 1 })).toEqual([true, true, false]);
  });

  it('has none of the skeletons that are kept from training, about as many as the share says', () => {
    const skeletons = Array.from({ length: 2000 }, (_, at) => `SELECT _ FROM _ WHERE _ ${at}`);
    const kept = skeletons.filter((skeleton) => isReserved(skeleton, 0.3));
    expect(kept.length / skeletons.length).toBeCloseTo(0.3, 1);
    expect(mayLearn({ withoutSkeletons: 0.3 }, manifest)(pair('SELECT 1', kept[0]))).toBe(false);
    expect(kept.every((skeleton) => isReserved(skeleton, 0.5))).toBe(true);
  });
});

describe('rows drawn', () => {
  const rows = (name: string, count: number) => Array.from({ length: count }, (_, at) => ({ id: `${name}${at}` }));

  it('are as many as are wanted, people’s share of them, and a smaller number is part of a larger', () => {
    fc.assert(
      fc.property(fc.nat(60), fc.nat(60), fc.double({ min: 0, max: 1, noNaN: true }), (few, more, humanShare) => {
        const [made, human] = [rows('made', 60), rows('human', 60)];
        const drawn = drawRows(made, human, { rows: few, humanShare })!;
        expect(drawn).toHaveLength(few);
        expect(drawn.filter(({ id }) => id.startsWith('human'))).toHaveLength(Math.round(humanShare * few));
        const small = drawRows(made, human, { rows: Math.min(few, more) })!.map(({ id }) => id);
        const large = new Set(drawRows(made, human, { rows: Math.max(few, more) })!.map(({ id }) => id));
        expect(small.every((id) => large.has(id))).toBe(true);
      }),
    );
  });

  it('keep their order, and all of them where no number is given', () => {
    expect(drawRows(rows('made', 5), [], {})).toEqual(rows('made', 5));
    const drawn = drawRows(rows('made', 50), [], { rows: 20 })!.map(({ id }) => Number(id.slice(4)));
    expect(drawn).toEqual([...drawn].sort((a, b) => a - b));
  });

  it('are none where people wrote too few', () => {
    expect(drawRows(rows('made', 10), rows('human', 3), { humanShare: 0.5 })).toBeNull();
  });
});

it('a plan that says nothing stays absent, so that the keys of stages are what they were', () => {
  expect(learnPlan.parse(undefined)).toBeUndefined();
  expect(learnPlan.parse({ rows: 5 })).toEqual({ rows: 5 });
});
