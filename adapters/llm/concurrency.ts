import { setTimeout as sleep } from 'node:timers/promises';
import { RateLimitedError } from './errors.js';

/**
 * Concurrency that follows the server: additive increase, multiplicative decrease, and a memory of what has worked.
 *
 * - A 429 shrinks the limit to three quarters, once for all calls of the same burst; the refused call waits for its Retry-After.
 * - Every 25 successes widen the limit by one. Two stretches are known ground and taken faster, by one a success: from the
 *   start to the first 429, and back to the number of calls that the server has been seen to take at once.
 * - A step beyond that number which is refused again is tried half as often the next time: a server of a fixed size is seldom
 *   asked for more than it has.
 * - When calls begun after the shrink are refused, too, or nothing else runs, the limit is on calls a minute and not on calls
 *   at once: then nothing at all is begun before Retry-After is over.
 */
export interface AdaptiveLimit {
  /**
   * Runs `call` when a place is free, and again after a 429, as long as the server asks for; the tenth 429 of a call is thrown.
   * Other errors pass through. A call that has not begun when `signal` is aborted never does.
   */
  run<T>(call: () => Promise<T>, signal?: AbortSignal): Promise<T>;
  /** Allows at most so many calls from now on. */
  setMax(max: number): void;
  readonly current: number;
}

const successesPerStep = 25;
const longestStep = successesPerStep * 64;
const decrease = 0.75;
const refusalsPerCall = 10;

export function createAdaptiveLimit(options: { start: number; max: number }): AdaptiveLimit {
  let { max } = options;
  let limit = Math.min(max, Math.max(1, options.start));
  /** Calls that the server has taken at once; unknown before the first 429. */
  let proven = Infinity;
  let step = successesPerStep;
  let successes = 0;
  let running = 0;
  let begun = 0;
  /** The last burst of refusals: the newest call it may concern, the calls that ran then, those refused, the limit it left. */
  let burst = { newest: 0, ran: 0, refused: 0, limit };
  let pausedUntil = 0;
  let closedUntil = 0;
  const waiting: (() => void)[] = [];

  const admit = (): void => {
    const wait = closedUntil - Date.now();
    if (wait > 0) {
      setTimeout(admit, wait);
      return;
    }
    while (waiting.length > 0 && running < Math.floor(limit)) waiting.shift()!();
  };

  const onRefusal = (number: number, retryAfterMs: number): void => {
    const until = Date.now() + retryAfterMs;
    let close = false;
    if (number > burst.newest) {
      close = Date.now() < pausedUntil;
      if (Math.floor(limit) > proven) step = Math.min(longestStep, step * 2);
      burst = { newest: begun, ran: running, refused: 0, limit: Math.max(1, limit * decrease) };
      successes = 0;
    }
    const taken = burst.ran - ++burst.refused;
    proven = taken > 0 ? taken : Math.floor(burst.limit);
    limit = Math.min(burst.limit, proven);
    pausedUntil = Math.max(pausedUntil, until);
    if (close || taken <= 0) closedUntil = Math.max(closedUntil, until);
  };

  const onSuccess = (): void => {
    if (limit < proven) limit = Math.min(max, proven, limit + 1);
    else if (Date.now() < pausedUntil) return;
    else if (++successes >= step) {
      if (Math.floor(limit) > proven) step = successesPerStep;
      proven = Math.floor(limit);
      successes = 0;
      limit = Math.min(max, proven + 1);
    }
  };

  const place = (signal: AbortSignal | undefined, first: boolean): Promise<number> =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const begin = (): void => {
        signal?.removeEventListener('abort', leave);
        running++;
        resolve(++begun);
      };
      const leave = (): void => {
        const at = waiting.indexOf(begin);
        if (at >= 0) waiting.splice(at, 1);
        reject(signal!.reason);
      };
      signal?.addEventListener('abort', leave, { once: true });
      if (first) waiting.unshift(begin);
      else waiting.push(begin);
      admit();
    });

  const attempt = async <T>(
    number: number,
    call: () => Promise<T>,
  ): Promise<{ value: T } | { refused: RateLimitedError }> => {
    try {
      const value = await call();
      onSuccess();
      return { value };
    } catch (error) {
      if (!(error instanceof RateLimitedError)) throw error;
      onRefusal(number, error.retryAfterMs);
      return { refused: error };
    } finally {
      running--;
      admit();
    }
  };

  return {
    get current() {
      return Math.floor(limit);
    },
    setMax(wanted) {
      max = wanted;
      limit = Math.min(limit, max);
    },
    async run(call, signal) {
      for (let refusals = 0; ;) {
        const outcome = await attempt(await place(signal, refusals > 0), call);
        if ('value' in outcome) return outcome.value;
        if (++refusals >= refusalsPerCall) throw outcome.refused;
        await sleep(outcome.refused.retryAfterMs, undefined, { signal });
      }
    },
  };
}
