import type { Column, SqlValue } from '../database.js';
import type { Random } from '../sampling/random.js';
import type { Expr } from '../sql/ast.js';
import type { Template, ValueSlot } from '../template.js';
import type { Binding } from './bind.js';
import { type Lean, leansOf } from './bounds.js';
import { jsonKeys } from './profile.js';

/** A value for every slot, sampled so that rows come back; null where the data has none that fits. */
export function sampleValues(template: Template, binding: Binding, random: Random): Map<string, Expr> | null {
  const leans = leansOf(template.query);
  const chosen = new Map<string, Expr>();
  const spoken = new Set<string>();
  for (const slot of template.values) {
    // Two values from one column must differ: the conditions would be one condition.
    let value: Expr | null = null;
    for (let attempt = 0; attempt < 6; attempt += 1) {
      value = sampleValue(slot, binding, random, spoken, leans.get(slot.id));
      if (value === null) return null;
      if (slot.column === null || !spoken.has(`${slot.column}/${JSON.stringify(value)}`)) break;
    }
    if (value === null || (slot.column !== null && spoken.has(`${slot.column}/${JSON.stringify(value)}`))) return null;
    spoken.add(`${slot.column}/${JSON.stringify(value)}`);
    chosen.set(slot.id, value);
  }
  return chosen;
}

function sampleValue(
  slot: ValueSlot,
  binding: Binding,
  random: Random,
  taken: Set<string>,
  lean: Lean | undefined,
): Expr | null {
  const column = slot.column === null ? null : (binding.columns.get(slot.column) ?? null);
  const path = slot.column === null ? undefined : binding.paths.get(slot.column);
  const samples =
    column === null
      ? []
      : samplesOf(column, path).filter(
          (value) => !taken.has(`${slot.column}/${JSON.stringify(literal(value, column))}`),
        );
  const within = (value: string): string =>
    (slot.form ?? '{}').replace('{}', () => value).replace('{lower}', () => value.toLowerCase());
  switch (slot.use) {
    case 'limit':
      return numberExpr(random.pick([1, 2, 3, 3, 5, 5, 10]));
    case 'count':
      return numberExpr(
        random.pick(countsFor(lean).filter((n) => !taken.has(`${slot.column}/${JSON.stringify(numberExpr(n))}`))),
      );
    case 'number':
      return numberExpr(random.pick(column === null ? [2, 3, 4, 5] : [3, 4, 5, 6, 8]));
    case 'json-key':
      return path === undefined ? null : textExpr(within(path));
    case 'existing': {
      const usable = samples.filter((value) => value !== null && typeof value !== 'object' && askable(value));
      return usable.length === 0 || column === null ? null : literal(random.pick(usable.slice(0, 12)), column);
    }
    case 'threshold':
      return column === null ? null : threshold(samples, column, random, lean);
    case 'year':
    case 'month': {
      const dates = samples.filter((value): value is string => typeof value === 'string' && /^\d{4}-\d\d/.test(value));
      if (dates.length === 0) return null;
      const date = random.pick(dates);
      if (slot.use === 'year')
        return slot.form === 'text' ? textExpr(date.slice(0, 4)) : numberExpr(Number(date.slice(0, 4)));
      return slot.form === 'text' ? textExpr(date.slice(0, 7)) : numberExpr(Number(date.slice(5, 7)));
    }
    case 'date': {
      const dates = samples.filter(
        (value): value is string => typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value),
      );
      return dates.length === 0 || column === null ? null : literal(random.pick(dates), column);
    }
    case 'prefix':
    case 'suffix':
    case 'infix': {
      const texts = samples.filter((value): value is string => typeof value === 'string' && value.length >= 4);
      if (texts.length === 0) return null;
      const part = partOf(random.pick(texts), slot.use, random);
      return part === null ? null : textExpr(within(part));
    }
  }
}

/** Sizes of a group that a comparison tells apart: every group has at least one row, and none has fewer. */
function countsFor(lean: Lean | undefined): number[] {
  if (lean?.end === 'high') return lean.inclusive ? [2, 2, 3, 4] : [3, 3, 4, 5];
  return lean?.inclusive === true ? [2, 2, 3, 3, 4] : [1, 1, 2, 2, 3];
}

const numberExpr = (value: number): Expr => ({ kind: 'number', text: String(value) });
const textExpr = (value: string): Expr => ({ kind: 'string', value, prefix: '' });

/** The values that a comparison with the slot's column sees: below a JSON key, of an array's elements, or the column's own. */
function samplesOf(column: Column, path: string | undefined): SqlValue[] {
  if (column.type === 'json' && path !== undefined) return jsonKeys(column).get(path) ?? [];
  if (column.type === 'array') return column.samples.flatMap((sample) => (Array.isArray(sample) ? sample : []));
  if (column.type === 'struct' && path !== undefined) {
    const index = column.fields?.findIndex((field) => field.name === path) ?? -1;
    return column.samples.flatMap((sample) => {
      if (Array.isArray(sample)) return [sample[index] ?? null];
      if (sample !== null && typeof sample === 'object') return [sample[path] ?? null];
      return [];
    });
  }
  return column.samples;
}

/** A value that a question can quote: not too long, on one line. */
function askable(value: SqlValue): boolean {
  return typeof value !== 'string' || (value.length > 0 && value.length <= 40 && !/[\n"'\\;]/.test(value));
}

/** A value as a literal of the column's type. */
function literal(value: SqlValue, column: Column): Expr {
  if (typeof value === 'boolean') return { kind: 'boolean', value };
  if (typeof value === 'number')
    return value < 0 ? { kind: 'unary', operator: '-', operand: numberExpr(-value) } : numberExpr(value);
  if ((column.type === 'integer' || column.type === 'number') && /^-?\d+(\.\d+)?$/.test(String(value)))
    return numberExpr(Number(value));
  return textExpr(String(value));
}

/** A limit inside the column's range, so that both sides of a comparison have rows, more of them on the side that is kept; of large numbers only the first two digits. */
function threshold(samples: SqlValue[], column: Column, random: Random, lean: Lean | undefined): Expr | null {
  if (column.type === 'date' || column.type === 'timestamp' || column.type === 'text' || column.type === 'time') {
    const texts = samples.filter((value): value is string => typeof value === 'string' && askable(value)).sort();
    return texts.length === 0 ? null : textExpr(random.pick(towards(lean, middle(texts))));
  }
  const numbers = samples
    .map(Number)
    .filter((value) => Number.isFinite(value))
    .sort((a, b) => a - b);
  if (numbers.length === 0) return null;
  const value = random.pick(towards(lean, middle(numbers)));
  const size = 10 ** Math.max(0, Math.floor(Math.log10(Math.abs(value) || 1)) - 1);
  const rounded = Math.abs(value) >= 10 ? Math.round(value / size) * size : value;
  return literal(rounded, column);
}

function middle<T>(sorted: T[]): T[] {
  const skip = Math.floor(sorted.length / 4);
  return sorted.length < 4 ? sorted : sorted.slice(skip, sorted.length - skip);
}

/** The half that leaves more rows on the side that a comparison keeps. */
function towards<T>(lean: Lean | undefined, sorted: T[]): T[] {
  const half = Math.ceil(sorted.length / 2);
  if (lean === undefined) return sorted;
  return lean.end === 'low' ? sorted.slice(0, half) : sorted.slice(-half);
}

function partOf(text: string, use: 'prefix' | 'suffix' | 'infix', random: Random): string | null {
  const words = text.split(/[^A-Za-z0-9]+/).filter((word) => word.length >= 3);
  const clean = (part: string): string | null => (/^[A-Za-z0-9]{2,}$/.test(part) ? part : null);
  if (use === 'prefix') return clean(text.slice(0, random.pick([2, 3, 4])));
  if (use === 'suffix') return clean(text.slice(-random.pick([2, 3])));
  if (words.length === 0) return null;
  const word = random.pick(words);
  return clean(word.length > 5 ? word.slice(0, random.pick([3, 4, 5])) : word);
}
