import { expect, it } from 'vitest';
import { createDevicePool, visibleDevices } from '../../adapters/trainer/devices.js';
import { trainingSlots } from '../../workers/training-slots.js';

it('gives each GPU to one training at a time', () =>
  expect([1, 4].map((gpus) => trainingSlots(gpus, 64))).toEqual([1, 4]));

it('runs one training more than cores on a CPU, four at most', () => {
  expect([1, 2, 16].map((cores) => trainingSlots(0, cores))).toEqual([2, 3, 4]);
});

it('sees the GPUs that the environment leaves it', () => {
  const nodes = ['0', '1', '2'];
  expect(visibleDevices({}, nodes)).toEqual(nodes);
  expect(visibleDevices({ CUDA_VISIBLE_DEVICES: '2, 0' }, nodes)).toEqual(['2', '0']);
  expect(visibleDevices({ CUDA_VISIBLE_DEVICES: '' }, nodes)).toEqual([]);
  expect(visibleDevices({ CUDA_VISIBLE_DEVICES: '1,-1,2' }, nodes)).toEqual(['1']);
  expect(visibleDevices({ CUDA_VISIBLE_DEVICES: '0' }, [])).toEqual([]);
});

it('lends a GPU to one at a time, and many at once to whoever wants many', async () => {
  const pool = createDevicePool(['0', '1', '2']);
  const held = new Set<string>();
  const lent: string[][] = [];
  await Promise.all(
    [1, 1, 3, 2, 1, 1].map((count) =>
      pool.lend(count, async (devices) => {
        expect(devices.some((device) => held.has(device))).toBe(false);
        devices.forEach((device) => held.add(device));
        await new Promise((resolve) => setTimeout(resolve, 5));
        devices.forEach((device) => held.delete(device));
        lent.push(devices);
      }),
    ),
  );
  expect(lent.map(({ length }) => length).sort()).toEqual([1, 1, 1, 1, 2, 3]);
});

it('takes a GPU back from a training that failed', async () => {
  const pool = createDevicePool(['0']);
  await expect(pool.lend(1, () => Promise.reject(new Error('lost')))).rejects.toThrow('lost');
  expect(await pool.lend(1, (devices) => Promise.resolve(devices))).toEqual(['0']);
});

it('refuses to wait for more GPUs than there are, and lends none where there is none', async () => {
  const refused = createDevicePool(['0']).lend(2, () => Promise.resolve());
  await expect(refused).rejects.toThrow('The recipe wants 2 GPUs, and this worker has 1.');
  expect(await createDevicePool([]).lend(4, (devices) => Promise.resolve(devices))).toEqual([]);
});
