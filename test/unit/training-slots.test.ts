import { expect, it } from 'vitest';
import { trainingSlots } from '../../workers/training-slots.js';

it('gives a GPU to one training at a time', () => expect(trainingSlots(true, 64)).toBe(1));

it('runs one training more than cores on a CPU, four at most', () => {
  expect([1, 2, 16].map((cores) => trainingSlots(false, cores))).toEqual([2, 3, 4]);
});
