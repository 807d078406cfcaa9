import { existsSync, statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { DiskFullError } from '../../core/errors.js';

const MEBIBYTE = 1024 * 1024;

/** Bytes that may still be written where `path` is or will be. */
export function freeBytes(path: string): number {
  let folder = path;
  while (!existsSync(folder)) folder = dirname(folder);
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
}

/** Refuses to begin what would fill the disk. @param needed bytes */
export function requireSpace(path: string, needed: number, purpose: string): void {
  const free = freeBytes(path);
  if (free >= needed) return;
  throw new DiskFullError(
    `${purpose} needs ${Math.ceil(needed / MEBIBYTE)} MiB in ${path}, and ${Math.floor(free / MEBIBYTE)} MiB are free.`,
    'Free some space, or point DIALECTIC_HOME at a larger disk.',
  );
}
