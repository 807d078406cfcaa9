/**
 * Concurrency that follows the server: additive increase, multiplicative decrease.
 * A 429 shrinks the limit to three quarters and closes the gate until its Retry-After is over;
 * every 25 successes widen it by one.
 */
export interface AdaptiveLimit {
  /** Runs `call` when a place is free. Errors pass through; `onRateLimit` must be called by whoever sees a 429. */
  run<T>(call: () => Promise<T>): Promise<T>;
  onRateLimit(retryAfterMs: number): void;
  readonly current: number;
}

const successesPerStep = 25;
const decrease = 0.75;

/** @param options.now milliseconds clock, given so that tests can drive it */
export function createAdaptiveLimit(options: { start: number; max: number; now?: () => number }): AdaptiveLimit {
  const now = options.now ?? Date.now;
  let limit = Math.max(1, options.start);
  let running = 0;
  let successes = 0;
  let closedUntil = 0;
  const waiting: (() => void)[] = [];

  const admit = (): void => {
    const wait = closedUntil - now();
    if (wait > 0) {
      setTimeout(admit, wait);
      return;
    }
    while (waiting.length > 0 && running < Math.floor(limit)) {
      running++;
      waiting.shift()!();
    }
  };

  return {
    get current() {
      return Math.floor(limit);
    },
    onRateLimit(retryAfterMs) {
      limit = Math.max(1, limit * decrease);
      successes = 0;
      closedUntil = Math.max(closedUntil, now() + retryAfterMs);
    },
    async run(call) {
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
        admit();
      });
      try {
        const result = await call();
        if (++successes >= successesPerStep) {
          successes = 0;
          limit = Math.min(options.max, limit + 1);
        }
        return result;
      } finally {
        running--;
        admit();
      }
    },
  };
}
