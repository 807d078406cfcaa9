import type { TypeCast } from 'mysql2';
import type { SqlValue } from '../../core/database.js';

type Field = Parameters<Extract<TypeCast, (...args: never[]) => unknown>>[0];

const numbers = new Set([
  'TINY',
  'SHORT',
  'INT24',
  'LONG',
  'LONGLONG',
  'FLOAT',
  'DOUBLE',
  'DECIMAL',
  'NEWDECIMAL',
  'YEAR',
]);

/** A value as the server sent it: numbers as numbers unless that would change them, bits as a number, all else as text. */
export function readField(field: Field): SqlValue {
  if (field.type === 'BIT') {
    const bytes = field.buffer();
    return bytes === null ? null : readNumber(BigInt(`0x${bytes.toString('hex') || '0'}`).toString());
  }
  if (field.type === 'GEOMETRY') return field.buffer()?.toString('hex').toUpperCase() ?? null;
  const text = field.string('utf8');
  if (text === null) return null;
  return numbers.has(field.type) ? readNumber(text) : text;
}

function readNumber(text: string): SqlValue {
  const value = Number(text);
  if (!Number.isFinite(value)) return text;
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? text : value;
}
