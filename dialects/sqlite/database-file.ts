import { readFile, stat } from 'node:fs/promises';
import { withLog } from './write-ahead-log.js';

/** Times that a file is read which others write to meanwhile. */
const READINGS = 5;

/** A database file, with what its write-ahead log holds, as both stood at one time. */
export async function readImage(file: string): Promise<Uint8Array> {
  for (let reading = 1; ; reading += 1) {
    const before = await versionOf(file);
    const log = await readFile(logOf(file)).catch(() => null);
    const image = await readFile(file);
    if (reading < READINGS && (await versionOf(file)) !== before) continue;
    return log ? withLog(image, log) : image;
  }
}

const logOf = (file: string): string => `${file}-wal`;

/** Changes when a database file or its log is written or replaced; null where it is not there. */
export async function versionOf(file: string): Promise<string | null> {
  const [database, log] = await Promise.all(
    [file, logOf(file)].map(async (path) => {
      const found = await stat(path, { bigint: true }).catch(() => null);
      return found && `${found.ino}/${found.mtimeNs}/${found.size}`;
    }),
  );
  return database ? `${database} ${log ?? ''}` : null;
}
