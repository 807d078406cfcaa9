import type { DatabaseSchema } from '../database.js';
import { editDistance, slipsOf } from './edit-distance.js';
import type { Phrase } from './phrases.js';

/** A value of the database that a phrase of the question means. */
export interface FoundValue {
  /** As the question writes it, and where. */
  text: string;
  start: number;
  end: number;
  /** As the database spells it. */
  value: string;
  columns: { table: number; column: number }[];
}

/** A value that a search came upon, with its column. */
export interface ColumnValue {
  value: string;
  table: number;
  column: number;
}

/** How well a value fits a phrase: the same but for capitals, a slip of the pen away, or the phrase and more words after it. */
type Fit = 0 | 1 | 2 | 3;

/**
 * The values that phrases mean: of each phrase the best fit, longer phrases first, none overlapping another. What is only near is
 * taken where the phrase is written like a value; a value that goes on after the phrase only where it is the only one.
 */
export function matchValues(phrases: readonly Phrase[], values: readonly ColumnValue[]): FoundValue[] {
  const byKey = new Map<string, ColumnValue[]>();
  for (const one of values) {
    const key = one.value.toLowerCase();
    byKey.set(key, [...(byKey.get(key) ?? []), one]);
  }
  const fits = phrases.flatMap((phrase) => {
    const best = bestFit(phrase, byKey);
    return best ? [{ phrase, ...best }] : [];
  });
  const order = [...fits].sort(
    (a, b) => Number(a.fit > 0) - Number(b.fit > 0) || b.phrase.text.length - a.phrase.text.length,
  );
  const taken: FoundValue[] = [];
  for (const { phrase, found } of order) {
    const { text, start, end } = phrase;
    if (taken.some((other) => start < other.end && end > other.start)) continue;
    const { value } = found[0]!;
    const columns = found.filter((one) => one.value === value).map(({ table, column }) => ({ table, column }));
    taken.push({ text, start, end, value, columns });
  }
  return taken.sort((a, b) => a.start - b.start);
}

function bestFit(
  { text, likely }: Phrase,
  byKey: Map<string, ColumnValue[]>,
): { fit: Fit; found: ColumnValue[] } | null {
  const wanted = text.toLowerCase();
  const same = byKey.get(wanted);
  // Where the database spells it in several ways, the question's own spelling is taken if it is one of them.
  if (same) return { fit: 0, found: [...same].sort((a, b) => Number(b.value === text) - Number(a.value === text)) };
  const most = slipsOf(wanted.length);
  if (!likely || wanted.length < 4) return null;
  let best: { fit: Fit; found: ColumnValue[] } | null = null;
  const beginning: ColumnValue[][] = [];
  for (const [key, found] of byKey) {
    if (key.startsWith(`${wanted} `)) beginning.push(found);
    const distance = editDistance(wanted, key, most);
    if (distance <= most && (best === null || distance < best.fit)) best = { fit: distance as Fit, found };
  }
  return best ?? (beginning.length === 1 ? { fit: 3, found: beginning[0]! } : null);
}

/** The question with its values written as the database spells them, and the schema with those values among the samples. */
export function applyValues(
  question: string,
  schema: DatabaseSchema,
  found: readonly FoundValue[],
): { question: string; schema: DatabaseSchema } {
  let text = question;
  for (const { start, end, value } of [...found].sort((a, b) => b.start - a.start)) {
    const quote = /^["'“‘`]/.exec(text.slice(start, end)) ? text[start]! : '';
    text = `${text.slice(0, start)}${quote}${value}${quote === '' ? '' : text[end - 1]!}${text.slice(end)}`;
  }
  const added = new Map<string, string[]>();
  for (const { value, columns } of found)
    for (const { table, column } of columns) {
      const key = `${table}.${column}`;
      if (!schema.tables[table]!.columns[column]!.samples.includes(value))
        added.set(key, [...(added.get(key) ?? []), value]);
    }
  if (added.size === 0) return { question: text, schema };
  const tables = schema.tables.map((table, t) => ({
    ...table,
    columns: table.columns.map((column, c) => {
      const values = added.get(`${t}.${c}`);
      return values ? { ...column, samples: [...values, ...column.samples] } : column;
    }),
  }));
  return { question: text, schema: { ...schema, tables } };
}
