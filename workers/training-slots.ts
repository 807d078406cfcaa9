import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';

const mostOnCpu = 4;

/**
 * Trainings that one worker of the gpu pool runs at a time. With a GPU one, which has the device for itself. On a CPU a small model
 * hardly gains from a second core, so each training takes one; and there is one more training than cores, so that no core
 * idles while a model is exported or stored.
 */
export function trainingSlots(hasGpu = existsSync('/dev/nvidia0'), cores = availableParallelism()): number {
  return hasGpu ? 1 : Math.min(cores + 1, mostOnCpu);
}
