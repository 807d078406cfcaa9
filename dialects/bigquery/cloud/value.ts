import type { SqlValue } from '../../../core/database.js';
import { decodeTimestamp } from '../googlesql/civil-time.js';

/** A field of a result's schema as BigQuery's REST API gives it. */
export interface Field {
  name: string;
  type: string;
  mode?: string;
  fields?: Field[];
}

interface Cell {
  v: unknown;
}

const numbers = new Set(['INTEGER', 'INT64', 'FLOAT', 'FLOAT64', 'NUMERIC', 'BIGNUMERIC']);

/** A cell of a result in plain JSON, the same as the local engine gives. */
export function readCell(field: Field, { v }: Cell): SqlValue {
  if (v === null || v === undefined) return null;
  if (field.mode === 'REPEATED') return (v as Cell[]).map((item) => readCell({ ...field, mode: 'NULLABLE' }, item));
  if (field.fields) return field.fields.map((inner, i) => readCell(inner, (v as { f: Cell[] }).f[i]!));
  const text = String(v);
  if (numbers.has(field.type)) return readNumber(text);
  if (field.type === 'BOOLEAN' || field.type === 'BOOL') return text === 'true';
  if (field.type === 'TIMESTAMP') return readTimestamp(text);
  if (field.type === 'DATETIME') return text.replace('T', ' ');
  return text;
}

function readNumber(text: string): SqlValue {
  const value = Number(text);
  if (!Number.isFinite(value)) return /^-?inf/i.test(text) ? text.replace(/inf(inity)?/i, 'Infinity') : text;
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? text : value;
}

/** Microseconds since 1970, or seconds as a decimal, by what the request asked for. */
function readTimestamp(text: string): string {
  const micros = /^-?\d+$/.test(text) ? BigInt(text) : BigInt(Math.round(Number(text) * 1e6));
  const seconds = micros / 1_000_000n - (micros % 1_000_000n < 0n ? 1n : 0n);
  return decodeTimestamp({ seconds: String(seconds), nanos: Number(micros - seconds * 1_000_000n) * 1000 });
}
