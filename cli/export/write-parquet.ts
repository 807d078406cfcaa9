import { writeFile } from 'node:fs/promises';
import { parquetWriteBuffer, type SchemaElement } from 'hyparquet-writer';
import type { ParquetColumn } from '../../core/export/parquet-columns.js';

/** Rows in a group: small enough that the Hugging Face viewer can page through a file. */
const ROWS_IN_GROUP = 10_000;

/** Writes columns of equal length as a Parquet file (Snappy) and gives its size in bytes. */
export async function writeParquet(path: string, columns: ParquetColumn[]): Promise<number> {
  const root: SchemaElement = { name: 'root', num_children: columns.length };
  const bytes = parquetWriteBuffer({
    columnData: columns.map(({ name, type, values }) => ({
      name,
      data: type === 'integer' ? Int32Array.from(values as number[]) : values,
    })),
    schema: [root, ...columns.flatMap(elementsOf)],
    rowGroupSize: ROWS_IN_GROUP,
    createdBy: 'Dialectic',
  });
  await writeFile(path, Buffer.from(bytes));
  return bytes.byteLength;
}

/** A list is three elements deep, as the format's logical types have it: the list, its repetition, the text. */
function elementsOf({ name, type }: ParquetColumn): SchemaElement[] {
  const text = { type: 'BYTE_ARRAY', converted_type: 'UTF8' } as const;
  switch (type) {
    case 'text':
      return [{ name, ...text, repetition_type: 'REQUIRED' }];
    case 'nullable-text':
      return [{ name, ...text, repetition_type: 'OPTIONAL' }];
    case 'integer':
      return [{ name, type: 'INT32', repetition_type: 'REQUIRED' }];
    case 'texts':
      return [
        { name, repetition_type: 'OPTIONAL', num_children: 1, converted_type: 'LIST' },
        { name: 'list', repetition_type: 'REPEATED', num_children: 1 },
        { name: 'element', ...text, repetition_type: 'OPTIONAL' },
      ];
  }
}
