import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Shows what is added to each log, a line at a time with the log's name before it, until `signal` aborts. */
export async function followLogs(
  files: string[],
  signal: AbortSignal,
  show: (line: string) => void,
  everyMilliseconds = 300,
): Promise<void> {
  const seen = files.map((file) => ({ file, at: existsSync(file) ? statSync(file).size : 0, rest: '' }));
  while (!signal.aborted) {
    for (const log of seen) {
      const lines = (log.rest + readFrom(log)).split('\n');
      log.rest = lines.pop()!;
      for (const line of lines) show(`${basename(log.file, '.log')}  ${line}`);
    }
    await sleep(everyMilliseconds, undefined, { signal }).catch(() => undefined);
  }
}

function readFrom(log: { file: string; at: number }): string {
  if (!existsSync(log.file)) return '';
  const { size } = statSync(log.file);
  if (size < log.at) log.at = 0;
  const buffer = Buffer.alloc(size - log.at);
  const descriptor = openSync(log.file, 'r');
  try {
    log.at += readSync(descriptor, buffer, 0, buffer.length, log.at);
  } finally {
    closeSync(descriptor);
  }
  return buffer.toString('utf8');
}
