import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Readable } from 'node:stream';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ArtifactRef } from '../../core/contract.js';
import { CorruptArtifactError, DiskFullError } from '../../core/errors.js';
import type { Bucket } from './bucket.js';
import { sha256, sha256OfFile } from './hash.js';

/** Artifacts by content: written once, and never returned when their bytes do not match their hash. */
export interface ArtifactStore {
  readonly bucket: Bucket;
  putBytes(bytes: Uint8Array, mediaType: string, rows?: number): Promise<ArtifactRef>;
  putJson(value: unknown): Promise<ArtifactRef>;
  /** One JSON object a line. */
  putRows(rows: readonly unknown[]): Promise<ArtifactRef>;
  putFile(path: string, mediaType?: string, rows?: number): Promise<ArtifactRef>;
  /** @throws CorruptArtifactError, NotFoundError */
  getBytes(ref: ArtifactRef): Promise<Buffer>;
  getJson<T>(ref: ArtifactRef): Promise<T>;
  getRows<T>(ref: ArtifactRef): Promise<T[]>;
  /** Written beside `path` and renamed once the hash is right. */
  getFile(ref: ArtifactRef, path: string): Promise<void>;
}

export const mediaTypes = {
  json: 'application/json',
  rows: 'application/jsonl',
  html: 'text/html',
  file: 'application/octet-stream',
};

export function createArtifactStore(bucket: Bucket): ArtifactStore {
  async function putBytes(bytes: Uint8Array, mediaType: string, rows?: number): Promise<ArtifactRef> {
    const hash = sha256(bytes);
    await bucket.putBytes(artifactKey(hash), bytes, mediaType);
    return artifactRef(hash, bytes.byteLength, mediaType, rows);
  }

  async function getBytes(ref: ArtifactRef): Promise<Buffer> {
    const chunks: Buffer[] = [];
    for await (const chunk of await bucket.read(ref.key)) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    requireHash(ref, sha256(bytes));
    return bytes;
  }

  return {
    bucket,
    putBytes,
    putJson: (value) => putBytes(Buffer.from(JSON.stringify(value)), mediaTypes.json),
    putRows: (rows) =>
      putBytes(Buffer.from(rows.map((row) => `${JSON.stringify(row)}\n`).join('')), mediaTypes.rows, rows.length),
    async putFile(path, mediaType = mediaTypes.file, rows) {
      const [hash, { size }] = await Promise.all([sha256OfFile(path), stat(path)]);
      await bucket.putFile(artifactKey(hash), path, size, mediaType);
      return artifactRef(hash, size, mediaType, rows);
    },
    getBytes,
    async getJson<T>(ref: ArtifactRef) {
      return JSON.parse((await getBytes(ref)).toString('utf8')) as T;
    },
    async getRows<T>(ref: ArtifactRef) {
      const lines = (await getBytes(ref)).toString('utf8').split('\n');
      return lines.filter((line) => line !== '').map((line) => JSON.parse(line) as T);
    },
    async getFile(ref, path) {
      await mkdir(dirname(path), { recursive: true });
      const partial = `${path}.partial`;
      try {
        requireHash(ref, await writeHashed(await bucket.read(ref.key), partial));
        await rename(partial, path);
      } catch (error) {
        await rm(partial, { force: true });
        throw (error as NodeJS.ErrnoException).code === 'ENOSPC' ? diskFull(path, error) : error;
      }
    },
  };
}

function artifactKey(hash: string): string {
  return `artifacts/${hash.slice(0, 2)}/${hash}`;
}

function artifactRef(hash: string, bytes: number, mediaType: string, rows?: number): ArtifactRef {
  return { key: artifactKey(hash), sha256: hash, bytes, mediaType, ...(rows !== undefined && { rows }) };
}

async function writeHashed(content: Readable, path: string): Promise<string> {
  const hash = createHash('sha256');
  const hashing = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(content, hashing, createWriteStream(path));
  return hash.digest('hex');
}

function requireHash(ref: ArtifactRef, found: string): void {
  if (found === ref.sha256) return;
  throw new CorruptArtifactError(
    `The artifact ${ref.key} is corrupt: its content has the hash ${found.slice(0, 12)}…, not ${ref.sha256.slice(0, 12)}….`,
    'Restore the object from a backup, or delete it and run again with --fresh.',
  );
}

function diskFull(path: string, cause: unknown): DiskFullError {
  return new DiskFullError(`There is no space left to write ${path}.`, 'Free some space and resume the run.', {
    cause,
  });
}
