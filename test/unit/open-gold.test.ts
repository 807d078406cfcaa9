import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { answersOf } from '../../core/evaluate/open-gold.js';

describe('the right answers of a limit that cuts through rows ordered alike', () => {
  const rows = [
    ['a', 9],
    ['b', 7],
    ['c', 7],
    ['d', 7],
    ['e', 1],
  ];

  it.each([
    [1, false, ['a']],
    [2, false, ['ab', 'ac', 'ad']],
    [3, false, ['abc', 'abd', 'acd']],
    [3, true, ['abc', 'abd', 'acb', 'acd', 'adb', 'adc']],
    [5, false, ['abcde']],
    [6, false, []],
  ])('of %i, sequence counting: %s', (limit, ordered, answers) => {
    expect(answersOf(rows, limit, 1, ordered).map((answer) => answer.flat().join(''))).toEqual(answers);
  });

  it('are not written down where they are too many', () => {
    const many = Array.from({ length: 60 }, (_, at) => [at, 0]);
    expect(answersOf(many, 2, 1, false)).toEqual([]);
    expect(answersOf(many, 1, 1, false)).toHaveLength(60);
  });

  it('are ordered by the same, and the engine’s own is among them', () => {
    const table = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 7 });
    fc.assert(
      fc.property(table, fc.integer({ min: 1, max: 7 }), (values, limit) => {
        const sorted = values.toSorted((a, b) => a - b).map((value, at) => [at, value]);
        const answers = answersOf(sorted, limit, 1, false);
        if (limit > sorted.length) return answers.length === 0;
        const best = sorted.slice(0, limit);
        const sum = (answer: (string | number | bigint | boolean | null | object)[][]) =>
          answer.reduce((total, [at]) => total + Number(sorted[Number(at)]![1]), 0);
        return (
          answers.every((answer) => new Set(answer.flat()).size === limit && sum(answer) === sum(best)) &&
          answers.some((answer) => answer.every(([at], place) => at === place))
        );
      }),
    );
  });
});
