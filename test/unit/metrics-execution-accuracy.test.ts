import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SqlValue } from '../../core/database.js';
import { sameResult } from '../../core/metrics/execution-accuracy.js';

const same = (gold: SqlValue[][], predicted: SqlValue[][], ordered = false) =>
  sameResult({ rows: gold }, { rows: predicted }, { ordered });

const value = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom<SqlValue>(null, true, 'a', 'b', '3', [1, 'x'], { f: 0.1 }),
);
const table = fc
  .integer({ min: 1, max: 4 })
  .chain((width) => fc.array(fc.array(value, { minLength: width, maxLength: width }), { maxLength: 12 }));

describe('execution accuracy', () => {
  it('compares rows as a bag', () => {
    expect(same([[1], [2], [2]], [[2], [1], [2]])).toBe(true);
    expect(same([[1], [2], [2]], [[2], [1], [1]])).toBe(false);
    expect(same([[1]], [[1], [1]])).toBe(false);
  });

  it('minds the order only where the gold orders', () => {
    expect(same([[1], [2]], [[2], [1]], true)).toBe(false);
    expect(
      same(
        [
          [1, 'a'],
          [2, 'b'],
        ],
        [
          ['a', 1],
          ['b', 2],
        ],
        true,
      ),
    ).toBe(true);
  });

  it('does not mind the order of columns, but which values stand beside each other', () => {
    expect(
      same(
        [
          ['x', 1],
          ['y', 2],
        ],
        [
          [1, 'x'],
          [2, 'y'],
        ],
      ),
    ).toBe(true);
    expect(
      same(
        [
          ['x', 1],
          ['y', 2],
        ],
        [
          [2, 'x'],
          [1, 'y'],
        ],
      ),
    ).toBe(false);
    expect(
      same(
        [
          [1, 2],
          [2, 1],
        ],
        [
          [1, 1],
          [2, 2],
        ],
      ),
    ).toBe(false);
    expect(same([[1]], [[1, 1]])).toBe(false);
  });

  it('compares numbers by tolerance and types strictly', () => {
    expect(same([[3]], [[3.0000001]])).toBe(true);
    expect(same([[0.1 + 0.2]], [[0.3]])).toBe(true);
    expect(same([[1000000]], [[1000002]])).toBe(false);
    expect(same([[3]], [['3']])).toBe(false);
    expect(same([[true]], [[1]])).toBe(false);
    expect(same([[null]], [[0]])).toBe(false);
    expect(same([[null]], [['']])).toBe(false);
    expect(same([[null], [null]], [[null], [null]])).toBe(true);
  });

  it('compares arrays and structs by content', () => {
    expect(same([[[1, [2, 0.3]]]], [[[1, [2, 0.1 + 0.2]]]])).toBe(true);
    expect(same([[[1, 2]]], [[[2, 1]]])).toBe(false);
    expect(same([[{ a: 1, b: null }]], [[{ b: null, a: 1 }]])).toBe(true);
  });

  it('takes any two empty results for the same', () => {
    expect(same([], [])).toBe(true);
    expect(same([], [[1]])).toBe(false);
  });

  it('matches rows whose inexact columns would sort differently', () => {
    expect(
      same(
        [
          [1.0000001, 5.5],
          [1.00000015, 7.5],
        ],
        [
          [1.0000002, 5.5],
          [1.00000005, 7.5],
        ],
      ),
    ).toBe(true);
  });

  it('holds for any result, shuffled in rows and columns', () => {
    fc.assert(
      fc.property(table, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (rows, stream) => {
        const shuffle = <T>(items: T[]): T[] =>
          items
            .map((item) => [stream.next().value as number, item] as const)
            .sort(([a], [b]) => a - b)
            .map(([, item]) => item);
        const columns = shuffle((rows[0] ?? []).map((_, index) => index));
        const moved = shuffle(rows).map((row) => columns.map((column) => row[column]!));
        expect(same(rows, moved)).toBe(true);
        expect(same(moved, rows)).toBe(true);
        expect(
          same(
            rows,
            rows.map((row) => columns.map((column) => row[column]!)),
            true,
          ),
        ).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('sees a row that is missing, doubled or changed', () => {
    fc.assert(
      fc.property(
        table.filter((rows) => rows.length > 0),
        fc.nat(),
        (rows, pick) => {
          const index = pick % rows.length;
          const changed = rows.map((row, at) => (at === index ? ['changed', ...row.slice(1)] : row));
          expect(same(rows, rows.toSpliced(index, 1))).toBe(false);
          expect(same(rows, [...rows, rows[index]!])).toBe(false);
          expect(same(rows, changed)).toBe(false);
        },
      ),
    );
  });

  it('is fast where many columns look alike', () => {
    const rows = Array.from({ length: 500 }, (_, row) =>
      Array.from({ length: 12 }, (_, column) => (row * (column + 1)) % 2),
    );
    const moved = rows.map((row) => [...row].reverse());
    const start = performance.now();
    expect(same(rows, moved)).toBe(true);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
