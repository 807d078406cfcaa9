import { open, readFile } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import { NotFoundError, UnreachableError } from '../../core/errors.js';
import type { S3Config } from '../../schema/config.js';

/** Objects above this size travel in parts of it. */
const partBytes = 64 * 1024 * 1024;

/** The few things that Dialectic asks of S3. Writing never replaces: an object that is there already stays as it is. */
export interface Bucket {
  has(key: string): Promise<boolean>;
  putBytes(key: string, bytes: Uint8Array, mediaType: string): Promise<void>;
  putFile(key: string, path: string, size: number, mediaType: string): Promise<void>;
  /** @throws NotFoundError */
  read(key: string): Promise<Readable>;
  /** Keys that begin with `prefix`, in order. */
  list(prefix: string): AsyncIterable<string>;
  /** Creates the bucket where there is none. */
  ensure(): Promise<void>;
  close(): void;
}

export function openBucket(config: S3Config): Bucket {
  const Bucket = config.bucket;
  const client = new S3Client({
    region: config.region,
    forcePathStyle: config.forcePathStyle,
    ...(config.endpoint && { endpoint: config.endpoint }),
    ...(config.accessKeyId &&
      config.secretAccessKey && {
        credentials: { accessKeyId: config.accessKeyId, secretAccessKey: config.secretAccessKey },
      }),
    // Our own sha256 is checked on every read; servers that know no trailing checksums stay usable.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });

  async function ask<T>(what: string, request: () => Promise<T>): Promise<T> {
    try {
      return await request();
    } catch (error) {
      throw readable(error, what, config);
    }
  }

  async function has(key: string): Promise<boolean> {
    try {
      await client.send(new HeadObjectCommand({ Bucket, Key: key }));
      return true;
    } catch (error) {
      if (status(error) === 404) return false;
      throw readable(error, `look for ${key}`, config);
    }
  }

  /** 412 says that the object is there already, and it is the same: its key is its content's hash. */
  async function once(what: string, write: () => Promise<unknown>): Promise<void> {
    try {
      await write();
    } catch (error) {
      if (status(error) !== 412) throw readable(error, what, config);
    }
  }

  async function putInParts(key: string, path: string, size: number, mediaType: string): Promise<void> {
    const { UploadId } = await client.send(
      new CreateMultipartUploadCommand({ Bucket, Key: key, ContentType: mediaType }),
    );
    const file = await open(path);
    try {
      const Parts = [];
      for (let offset = 0, PartNumber = 1; offset < size; offset += partBytes, PartNumber++) {
        const Body = Buffer.alloc(Math.min(partBytes, size - offset));
        await file.read(Body, 0, Body.length, offset);
        const { ETag } = await client.send(new UploadPartCommand({ Bucket, Key: key, UploadId, PartNumber, Body }));
        Parts.push({ ETag, PartNumber });
      }
      await client.send(
        new CompleteMultipartUploadCommand({
          Bucket,
          Key: key,
          UploadId,
          MultipartUpload: { Parts },
          IfNoneMatch: '*',
        }),
      );
    } catch (error) {
      await client.send(new AbortMultipartUploadCommand({ Bucket, Key: key, UploadId })).catch(() => undefined);
      throw error;
    } finally {
      await file.close();
    }
  }

  return {
    has,
    async putBytes(key, bytes, mediaType) {
      if (await has(key)) return;
      await once(`write ${key}`, () =>
        client.send(new PutObjectCommand({ Bucket, Key: key, Body: bytes, ContentType: mediaType, IfNoneMatch: '*' })),
      );
    },
    async putFile(key, path, size, mediaType) {
      if (await has(key)) return;
      // Read whole: a stream whose file goes away meanwhile would fail where nobody listens.
      const Body = size > partBytes ? undefined : await readFile(path);
      await once(`write ${key}`, () =>
        size > partBytes
          ? putInParts(key, path, size, mediaType)
          : client.send(
              new PutObjectCommand({
                Bucket,
                Key: key,
                Body,
                ContentLength: size,
                ContentType: mediaType,
                IfNoneMatch: '*',
              }),
            ),
      );
    },
    read: (key) =>
      ask(`read ${key}`, async () => {
        const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: key }));
        return Body as Readable;
      }),
    async *list(prefix) {
      let ContinuationToken: string | undefined;
      do {
        const page = await ask(`list ${prefix}`, () =>
          client.send(new ListObjectsV2Command({ Bucket, Prefix: prefix, ContinuationToken })),
        );
        for (const { Key } of page.Contents ?? []) if (Key) yield Key;
        ContinuationToken = page.IsTruncated ? page.NextContinuationToken : undefined;
      } while (ContinuationToken);
    },
    async ensure() {
      try {
        await client.send(new HeadBucketCommand({ Bucket }));
      } catch (error) {
        if (status(error) !== 404) throw readable(error, `open the bucket ${Bucket}`, config);
        await ask(`create the bucket ${Bucket}`, () => client.send(new CreateBucketCommand({ Bucket })));
      }
    },
    close: () => client.destroy(),
  };
}

function status(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
}

function readable(error: unknown, what: string, { endpoint, bucket }: S3Config): Error {
  const code = status(error);
  if (code === 404)
    return new NotFoundError(
      `The bucket ${bucket} holds no such object (tried to ${what}).`,
      'Check S3_BUCKET and S3_ENDPOINT, or run again with --fresh to make what is lost.',
    );
  const reason = error instanceof Error ? error.message || error.name : String(error);
  return new UnreachableError(
    `S3 at ${endpoint ?? 'AWS'} could not ${what}: ${reason}.`,
    'Run `dialectic status`, and check S3_ENDPOINT and its credentials.',
    { cause: error },
  );
}
