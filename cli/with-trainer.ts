import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTrainer, type Trainer } from '../adapters/trainer/process.js';
import { locateHome } from '../schema/home.js';
import { withInterrupt } from './interrupt.js';

/** The trainer on this machine, a folder to work in, and what a signal to this process aborts. */
export interface TrainerAtHand {
  trainer: Trainer;
  /** Empty, and gone afterwards. */
  work: string;
  signal: AbortSignal;
}

/** Does something with the trainer outside any workflow; Ctrl-C and SIGTERM end it in order. */
export async function withTrainer<T>(name: string, use: (hand: TrainerAtHand) => Promise<T>): Promise<T> {
  const { python, root } = locateHome();
  const work = await mkdtemp(join(tmpdir(), `dialectic-${name}-`));
  const stop = new AbortController();
  try {
    return await withInterrupt(
      () => stop.abort(),
      () => use({ trainer: createTrainer({ python, root }), work, signal: stop.signal }),
    );
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
