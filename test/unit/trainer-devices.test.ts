import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDevicePool } from '../../adapters/trainer/devices.js';
import { createTrainer } from '../../adapters/trainer/process.js';
import { MissingDependencyError } from '../../core/errors.js';
import { toFailure } from '../../activities/failures.js';

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'trainer-devices-'))));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A trainer that is this shell script. */
async function trainerOf(name: string, script: string, gpus: string[]) {
  const python = join(folder, name);
  await writeFile(python, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const trainer = createTrainer({
    python,
    root: folder,
    devices: createDevicePool(gpus),
    env: { PATH: process.env.PATH },
  });
  return (wanted: number) =>
    trainer.run({
      ...{ command: 'train', spec: {}, out: folder, work: folder, gpus: wanted },
      ...{ onEvent: () => undefined, signal: new AbortController().signal },
    });
}

it('shows trainings that run at once a GPU each', async () => {
  const run = await trainerOf(
    'seeing',
    'sleep 0.2; echo "{\\"event\\": \\"done\\", \\"result\\": {\\"sees\\": \\"$CUDA_VISIBLE_DEVICES\\"}}"',
    ['2', '5', '7'],
  );
  const seen = (await Promise.all([run(1), run(1), run(1)])).map(({ sees }) => sees);
  expect(seen.sort()).toEqual(['2', '5', '7']);
  expect(await run(2)).toEqual({ sees: expect.stringMatching(/^[257],[257]$/) as string });
});

it('tries a recipe again nowhere that needs a GPU which is not there', async () => {
  const error = { event: 'error', kind: 'MissingDevice', message: 'No usable GPU.', remedy: 'Start a gpu worker.' };
  const run = await trainerOf('refusing', `echo '${JSON.stringify(error)}'; exit 6`, []);
  const refused = await run(1).catch((caught: unknown) => caught);
  expect(refused).toBeInstanceOf(MissingDependencyError);
  expect(refused).toMatchObject({ remedy: 'Start a gpu worker.' });
  expect(toFailure(refused)).toMatchObject({ nonRetryable: true, message: 'No usable GPU. Start a gpu worker.' });
});
