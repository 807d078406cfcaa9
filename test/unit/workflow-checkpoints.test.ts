import { describe, expect, it } from 'vitest';
import { createCheckpointKeeper } from '../../activities/keep-checkpoints.js';

const gate = () => {
  let open!: () => void;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
};

describe('keeping checkpoints', () => {
  it('keeps one at a time, and of those that came meanwhile the newest alone', async () => {
    const first = gate();
    const kept: number[] = [];
    const keeper = createCheckpointKeeper(async ({ step }) => {
      if (step === 1) await first.opened;
      kept.push(step);
    });
    for (const step of [1, 2, 3, 4]) keeper.seen({ step, path: '' });
    first.open();
    await keeper.settled();
    expect(kept).toEqual([1, 4]);
  });

  it('forgets a failure when a newer one is kept, and throws that of the last', async () => {
    const keeper = createCheckpointKeeper(async ({ step }) => {
      if (step !== 2) throw new Error(`step ${step} is gone`);
    });
    keeper.seen({ step: 1, path: '' });
    keeper.seen({ step: 2, path: '' });
    await keeper.settled();
    keeper.seen({ step: 3, path: '' });
    await expect(keeper.settled()).rejects.toThrow('step 3 is gone');
  });
});
