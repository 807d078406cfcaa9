import { setTimeout as sleep } from 'node:timers/promises';

/** Lets one request after another go to a host, with a pause between their starts. Different hosts do not wait for each other. */
export interface HostPacer {
  turn(host: string, intervalMs: number, signal?: AbortSignal): Promise<void>;
}

export function createHostPacer(): HostPacer {
  const next = new Map<string, number>();
  return {
    async turn(host, intervalMs, signal) {
      const now = Date.now();
      const start = Math.max(now, next.get(host) ?? now);
      next.set(host, start + intervalMs);
      if (start > now) await sleep(start - now, undefined, signal ? { signal } : {});
    },
  };
}
