import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { guardBudget, openBudgetAccount } from '../../adapters/llm/budget.js';

/** Many calls of one price, begun at once; returns what they cost and how many were made side by side. */
async function spendAll(
  count: number,
  price: number,
  maxBudgetUsd: number,
  { calls = 0, usd = 0, priced = true }: { calls?: number; usd?: number; priced?: boolean } = {},
) {
  const spent = { calls, usd };
  let running = 0;
  let peak = 0;
  const account = openBudgetAccount();
  const ledger = { spent: async () => (await sleep(1), { ...spent }) };
  // As many pieces of work, each with a guard of its own, spend from the run's one account.
  const guard = () => guardBudget({ model: 'teacher', maxBudgetUsd, ledger, account, priced });
  const call = async (): Promise<void> => {
    peak = Math.max(peak, ++running);
    await sleep(5);
    running--;
    spent.calls++;
    spent.usd += price;
  };
  const outcomes = await Promise.allSettled(Array.from({ length: count }, () => guard().spend(call)));
  return { ...spent, peak, refused: outcomes.filter(({ status }) => status === 'rejected').length };
}

it('lets no more calls begin side by side than the budget has room for', async () => {
  const { usd, calls, peak, refused } = await spendAll(12, 3, 20);
  expect([usd, calls, refused]).toEqual([18, 6, 6]);
  expect(peak).toBeGreaterThan(1);
});

it('makes one call at a time while nobody knows what one costs', async () => {
  expect(await spendAll(4, 30, 20)).toMatchObject({ usd: 30, calls: 1, peak: 1, refused: 3 });
});

it('spends a budget to its end, and nothing once it is spent', async () => {
  expect(await spendAll(9, 2.5, 10)).toMatchObject({ usd: 10, refused: 5 });
  expect(await spendAll(3, 2.5, 10, { calls: 4, usd: 10 })).toMatchObject({ usd: 10, refused: 3 });
});

it('holds back no call to a model whose price nobody knows, until others have spent the budget', async () => {
  const { calls, peak, refused } = await spendAll(5, 0, 10, { priced: false });
  expect([calls, refused]).toEqual([5, 0]);
  expect(peak).toBeGreaterThan(1);
  expect(await spendAll(5, 0, 10, { calls: 2, usd: 10, priced: false })).toMatchObject({ refused: 5 });
});
