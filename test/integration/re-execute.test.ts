import fc from 'fast-check';
import { expect, it } from 'vitest';
import { resultOf } from '../../bench/corpus/result-of.js';
import { checkAll, makePairs, openSamples } from '../../bench/corpus/make-pairs.js';

const flags = { dialect: 'sqlite', templates: '160', pairs: '200', databases: 'retail,hotel', seed: '5' };

it('every accepted pair gives the same result again on a fresh engine, in whatever order', async () => {
  const first = await openSamples(flags);
  const { pairs } = await makePairs(flags, first);
  const verdicts = await checkAll(flags.dialect, pairs, first);
  const accepted = pairs.filter((_, index) => verdicts[index]!.accepted);
  expect(accepted.length).toBeGreaterThan(120);
  const run = async ({ sessions, schemas }: typeof first, { database, sql }: (typeof pairs)[number]) =>
    resultOf(await sessions[schemas.findIndex(({ name }) => name === database)]!.execute(sql));
  const fresh = await openSamples(flags);
  try {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...accepted), async (pair) => {
        expect(await run(fresh, pair)).toBe(await run(first, pair));
      }),
      { numRuns: 150 },
    );
  } finally {
    await Promise.all([first.close(), fresh.close()]);
  }
});
