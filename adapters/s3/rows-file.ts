import { open } from 'node:fs/promises';

/** A file of JSON lines that grows row by row, for more rows than fit in memory. */
export interface RowsFile {
  readonly path: string;
  readonly rows: number;
  add(row: unknown): Promise<void>;
  /** Writes what is left. Until then the file is not whole. */
  close(): Promise<void>;
}

const bufferedCharacters = 1 << 18;

/** Creates the file, or empties it. */
export async function createRowsFile(path: string): Promise<RowsFile> {
  const handle = await open(path, 'w');
  let pending: string[] = [];
  let characters = 0;
  let rows = 0;
  const flush = async (): Promise<void> => {
    const text = pending.join('');
    pending = [];
    characters = 0;
    await handle.writeFile(text);
  };
  return {
    path,
    get rows() {
      return rows;
    },
    async add(row) {
      const line = `${JSON.stringify(row)}\n`;
      pending.push(line);
      characters += line.length;
      rows += 1;
      if (characters >= bufferedCharacters) await flush();
    },
    async close() {
      try {
        await flush();
      } finally {
        await handle.close();
      }
    },
  };
}

/** The rows of such a file, one after the other. */
export async function* readRowsFile<Row>(path: string): AsyncGenerator<Row> {
  const handle = await open(path);
  try {
    for await (const line of handle.readLines()) yield JSON.parse(line) as Row;
  } finally {
    await handle.close();
  }
}
