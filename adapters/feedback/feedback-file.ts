import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Feedback, FeedbackStore } from '../../core/feedback/feedback.js';

/**
 * Feedback as JSON Lines, for where no PostgreSQL is. Each record is one write to the end of the file, which the system does not
 * interleave with another's, and is on the disk before `add` returns. A line that a power failure cut off is passed over and harms no other.
 */
export function createFeedbackFile(file: string): FeedbackStore {
  return {
    async add(feedback) {
      await mkdir(dirname(file), { recursive: true });
      const handle = await open(file, 'a+', 0o600);
      try {
        const line = `${(await endsInMidLine(handle)) ? '\n' : ''}${JSON.stringify(feedback)}\n`;
        const { bytesWritten } = await handle.write(line);
        if (bytesWritten < Buffer.byteLength(line)) throw new Error(`${file} took only a part of a record.`);
        await handle.sync();
      } finally {
        await handle.close();
      }
    },
    async list() {
      const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return '';
        throw error;
      });
      return text.split('\n').flatMap((line) => readLine(line) ?? []);
    },
  };
}

async function endsInMidLine(handle: Awaited<ReturnType<typeof open>>): Promise<boolean> {
  const { size } = await handle.stat();
  if (size === 0) return false;
  const { buffer } = await handle.read(Buffer.alloc(1), 0, 1, size - 1);
  return buffer[0] !== 0x0a;
}

function readLine(line: string): Feedback | null {
  try {
    return line.trim() === '' ? null : (JSON.parse(line) as Feedback);
  } catch {
    return null;
  }
}
