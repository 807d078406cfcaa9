import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { FetchRefused } from './fetch-refused.js';

/**
 * Reads and decompresses a response's body. Counts the bytes that come out of the decompression, so that a small body that swells
 * (a compression bomb) ends at the cap like any other: refused, or cut there.
 */
export async function readBody(
  body: Readable,
  encoding: string | null,
  maxBytes: number,
  cutAtMax = false,
): Promise<Buffer> {
  const plain = decompress(body, encoding);
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of plain as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > maxBytes && !cutAtMax) {
        throw new FetchRefused('too-large', `the page is larger than ${maxBytes} bytes`);
      }
      chunks.push(chunk);
      if (bytes > maxBytes) break;
    }
  } finally {
    plain.destroy();
    body.destroy();
  }
  return Buffer.concat(chunks, Math.min(bytes, maxBytes));
}

function decompress(body: Readable, encoding: string | null): Readable {
  const coder = coderFor(encoding?.trim().toLowerCase() ?? 'identity');
  if (coder === null) return body;
  body.on('error', (error) => coder.destroy(error));
  return body.pipe(coder);
}

function coderFor(encoding: string) {
  switch (encoding) {
    case '':
    case 'identity':
      return null;
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'deflate':
      return createInflate();
    case 'br':
      return createBrotliDecompress();
    default:
      throw new FetchRefused('encoding', `the content encoding "${encoding}" is not known`);
  }
}
