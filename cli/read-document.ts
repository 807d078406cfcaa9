import { readFile } from 'node:fs/promises';
import { InvalidInputError, NotFoundError } from '../core/errors.js';

/** A YAML or JSON file as plain data. @throws NotFoundError, InvalidInputError */
export async function readDocument(path: string): Promise<unknown> {
  const { parse } = await import('yaml');
  const text = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new NotFoundError(`The file ${path} cannot be read (${cause.code}).`, 'Check its path.', { cause });
  });
  try {
    // JSON is YAML, too, but a large file is read a hundred times faster as what it is.
    return (/^\s*[[{]/.test(text) ? JSON.parse(text) : parse(text)) as unknown;
  } catch (cause) {
    const [line] = (cause as Error).message.split('\n');
    throw new InvalidInputError(`${path} is neither YAML nor JSON: ${line}.`, 'Mend that line.', { cause });
  }
}
