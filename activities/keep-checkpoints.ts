/** A checkpoint folder that the trainer wrote. */
export interface LocalCheckpoint {
  step: number;
  path: string;
}

export interface CheckpointKeeper {
  /** Keeps this checkpoint when its turn comes, unless a newer one was seen by then. */
  seen(checkpoint: LocalCheckpoint): void;
  /** Waits until the last one is kept. @throws what keeping it threw */
  settled(): Promise<void>;
}

/**
 * Keeps the newest checkpoint while the trainer goes on: one at a time, and those in between are left out when keeping takes
 * longer than training. The trainer drops old checkpoints, so one may be gone before it is kept; then a newer one follows.
 */
export function createCheckpointKeeper(keep: (checkpoint: LocalCheckpoint) => Promise<void>): CheckpointKeeper {
  let next: LocalCheckpoint | null = null;
  let failure: unknown = null;
  let working: Promise<void> | null = null;

  async function work(): Promise<void> {
    while (next) {
      const checkpoint = next;
      next = null;
      try {
        await keep(checkpoint);
        failure = null;
      } catch (error) {
        failure = error;
      }
    }
    working = null;
  }

  return {
    seen(checkpoint) {
      next = checkpoint;
      working ??= work();
    },
    async settled() {
      await working;
      if (failure !== null) throw failure as Error;
    },
  };
}
