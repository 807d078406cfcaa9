import { readdirSync } from 'node:fs';
import { MissingDependencyError } from '../../core/errors.js';

/** GPUs that are lent to one training at a time. */
export interface DevicePool {
  /** How many there are. */
  readonly size: number;
  /**
   * Waits until so many are free and runs `work` with them, as CUDA_VISIBLE_DEVICES names them. Without GPUs it gets none.
   * @throws MissingDependencyError where there are fewer GPUs than wanted
   */
  lend<T>(count: number, work: (devices: string[]) => Promise<T>): Promise<T>;
}

/** The GPUs that a process may use: those that CUDA_VISIBLE_DEVICES names, or else all that the NVIDIA driver shows. */
export function visibleDevices(env: NodeJS.ProcessEnv = process.env, nodes = deviceNodes()): string[] {
  const named = env.CUDA_VISIBLE_DEVICES;
  if (named === undefined) return nodes;
  const names = named
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  // CUDA itself ends the list at the first name that is none.
  const end = names.findIndex((name) => name.startsWith('-'));
  return nodes.length === 0 ? [] : names.slice(0, end < 0 ? undefined : end);
}

function deviceNodes(): string[] {
  try {
    return readdirSync('/dev')
      .flatMap((name) => /^nvidia(\d+)$/.exec(name)?.[1] ?? [])
      .sort((a, b) => Number(a) - Number(b));
  } catch {
    return [];
  }
}

export function createDevicePool(devices: readonly string[] = visibleDevices()): DevicePool {
  const free = [...devices];
  const waiting: { count: number; take: (devices: string[]) => void }[] = [];

  /** In their order, so that whoever wants many does get them. */
  function serve(): void {
    while (waiting.length > 0 && waiting[0]!.count <= free.length) {
      const { count, take } = waiting.shift()!;
      take(free.splice(0, count));
    }
  }

  return {
    size: devices.length,
    async lend(count, work) {
      if (devices.length === 0) return work([]);
      if (count > devices.length)
        throw new MissingDependencyError(
          `The recipe wants ${count} GPUs, and this worker has ${devices.length}.`,
          'Lower recipe.processes, or start a gpu worker on a machine with more GPUs.',
        );
      const lent = await new Promise<string[]>((take) => {
        waiting.push({ count, take });
        serve();
      });
      try {
        return await work(lent);
      } finally {
        free.push(...lent);
        serve();
      }
    },
  };
}
