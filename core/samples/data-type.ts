import type { ColumnType } from '../database.js';

/** A column's type, read from `integer`, `array<text>`, `struct<street text, postcode text>`, `ARRAY<STRUCT<sku STRING, qty INT64>>`. */
export interface DataType {
  type: ColumnType;
  /** The type's own word, upper case, by which a loader tells DATETIME from TIMESTAMP or NUMERIC from FLOAT64. */
  word: string;
  element?: DataType;
  fields?: { name: string; type: DataType }[];
}

const neutralTypes: Record<string, ColumnType> = {
  INTEGER: 'integer',
  INT: 'integer',
  INT64: 'integer',
  NUMBER: 'number',
  FLOAT: 'number',
  FLOAT64: 'number',
  NUMERIC: 'number',
  BIGNUMERIC: 'number',
  DECIMAL: 'number',
  TEXT: 'text',
  STRING: 'text',
  DATE: 'date',
  TIMESTAMP: 'timestamp',
  DATETIME: 'timestamp',
  TIME: 'time',
  BOOLEAN: 'boolean',
  BOOL: 'boolean',
  JSON: 'json',
  BYTES: 'bytes',
};

/** Reads a type as a JSON database writes it. Throws a plain Error that names what it could not read. */
export function parseDataType(text: string): DataType {
  const tokens = text.match(/\w+|[<>,]/g) ?? [];
  let position = 0;
  const expect = (token: string): void => {
    if (tokens[position++] !== token) throw new Error(`"${text}" is no column type: "${token}" is missing.`);
  };

  const read = (): DataType => {
    const word = (tokens[position++] ?? '').toUpperCase();
    if (word === 'ARRAY') {
      expect('<');
      const element = read();
      expect('>');
      return { type: 'array', word, element };
    }
    if (word === 'STRUCT') {
      const fields: { name: string; type: DataType }[] = [];
      do {
        expect(fields.length === 0 ? '<' : ',');
        const name = tokens[position++] ?? '';
        fields.push({ name, type: read() });
      } while (tokens[position] === ',');
      expect('>');
      return { type: 'struct', word, fields };
    }
    const type = neutralTypes[word];
    if (!type) throw new Error(`"${text}" is no column type: "${word.toLowerCase()}" is unknown.`);
    return { type, word };
  };

  const result = read();
  if (position < tokens.length) throw new Error(`"${text}" is no column type: it goes on after its end.`);
  return result;
}
