import { availableParallelism } from 'node:os';
import { visibleDevices } from '../adapters/trainer/devices.js';

const mostOnCpu = 4;

/**
 * Trainings that one worker of the gpu pool runs at a time. With GPUs one each, which has its device for itself. On a CPU a
 * small model hardly gains from a second core, so each training takes one; and there is one more training than cores, so that
 * no core idles while a model is exported or stored.
 */
export function trainingSlots(gpus = visibleDevices().length, cores = availableParallelism()): number {
  return gpus > 0 ? gpus : Math.min(cores + 1, mostOnCpu);
}
