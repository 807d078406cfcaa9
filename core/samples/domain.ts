/** A sample database as data: its tables, what each column holds, and how a value of it is made. */
export interface SampleDomain {
  name: string;
  tables: SampleTable[];
}

export interface SampleTable {
  name: string;
  rows: number;
  columns: Record<string, SampleColumn>;
  primaryKey: string[];
}

export interface SampleColumn {
  /** As parseDataType reads it: `integer`, `text`, `array<text>`, … */
  type: string;
  make: ValueRecipe;
  /** Share of rows in which it is NULL. */
  nulls: number;
}

/** Names and words that only a list of real ones gives; the generator's `FakeWords` supplies them. */
export type WordKind =
  | 'person'
  | 'company'
  | 'email'
  | 'phone'
  | 'street'
  | 'product'
  | 'song'
  | 'album'
  | 'band'
  | 'book'
  | 'job'
  | 'postcode';

export type ValueRecipe =
  | { kind: 'serial'; from: number }
  /** The key of a row of another table, early rows more often than late ones; `earlier`: of a row before this one. */
  | { kind: 'reference'; table: string; earlier: boolean }
  | { kind: 'choice'; values: (string | number)[] }
  | { kind: 'integer'; min: number; max: number }
  | { kind: 'decimal'; min: number; max: number; digits: number }
  | { kind: 'date' | 'timestamp'; from: string; to: string }
  /** A date or timestamp so many days after another column's; NULL where that is NULL. */
  | { kind: 'after'; column: string; minDays: number; maxDays: number }
  | { kind: 'boolean'; chance: number }
  | { kind: 'words'; of: WordKind }
  /** `{}` stands for a number, or for the row's own number with `serial`. */
  | { kind: 'pattern'; pattern: string; min: number; max: number }
  | { kind: 'several'; values: string[]; min: number; max: number }
  | { kind: 'struct' | 'json'; fields: Record<string, SampleColumn> }
  | { kind: 'structs'; fields: Record<string, SampleColumn>; min: number; max: number };

const column = (type: string, make: ValueRecipe): SampleColumn => ({ type, make, nulls: 0 });

/** The words in which the domains are written. Each makes one column. */
export const serial = (from = 1): SampleColumn => column('integer', { kind: 'serial', from });
export const reference = (table: string): SampleColumn =>
  column('integer', { kind: 'reference', table, earlier: false });
export const earlier = (table: string): SampleColumn => column('integer', { kind: 'reference', table, earlier: true });
export const choice = (...values: string[]): SampleColumn => column('text', { kind: 'choice', values });
export const integer = (min: number, max: number): SampleColumn => column('integer', { kind: 'integer', min, max });
export const decimal = (min: number, max: number, digits = 2): SampleColumn =>
  column('number', { kind: 'decimal', min, max, digits });
export const date = (from: string, to: string): SampleColumn => column('date', { kind: 'date', from, to });
export const timestamp = (from: string, to: string): SampleColumn =>
  column('timestamp', { kind: 'timestamp', from, to });
export const dateAfter = (other: string, minDays: number, maxDays: number): SampleColumn =>
  column('date', { kind: 'after', column: other, minDays, maxDays });
export const timestampAfter = (other: string, minDays: number, maxDays: number): SampleColumn =>
  column('timestamp', { kind: 'after', column: other, minDays, maxDays });
export const boolean = (chance: number): SampleColumn => column('boolean', { kind: 'boolean', chance });
export const words = (of: WordKind): SampleColumn => column('text', { kind: 'words', of });
export const pattern = (text: string, min: number, max: number): SampleColumn =>
  column('text', { kind: 'pattern', pattern: text, min, max });
export const several = (min: number, max: number, ...values: string[]): SampleColumn =>
  column('array<text>', { kind: 'several', values, min, max });
export const json = (fields: Record<string, SampleColumn>): SampleColumn => column('json', { kind: 'json', fields });
export const struct = (fields: Record<string, SampleColumn>): SampleColumn =>
  column(structType(fields), { kind: 'struct', fields });
export const structs = (min: number, max: number, fields: Record<string, SampleColumn>): SampleColumn =>
  column(`array<${structType(fields)}>`, { kind: 'structs', fields, min, max });

/** The same column, NULL in a share of the rows. */
export const sometimes = (nulls: number, of: SampleColumn): SampleColumn => ({ ...of, nulls });

/** A table whose key is its serial column, unless `primaryKey` names others. */
export function table(
  name: string,
  rows: number,
  columns: Record<string, SampleColumn>,
  primaryKey?: string[],
): SampleTable {
  const serials = Object.keys(columns).filter((key) => columns[key]!.make.kind === 'serial');
  return { name, rows, columns, primaryKey: primaryKey ?? serials };
}

function structType(fields: Record<string, SampleColumn>): string {
  return `struct<${Object.entries(fields)
    .map(([name, { type }]) => `${name} ${type}`)
    .join(', ')}>`;
}
