import type { DatabaseSchema } from '../database.js';
import type { DialectName } from '../dialect.js';
import type { NamePrinter } from '../sql/print-names.js';
import { typeWords } from './column-words.js';
import type { LinkedField, Links, LinkedValue, ValueType } from './links.js';
import type { NameTarget } from './name-index.js';
import { indexToken, tokenFamilies, type TokenFamily } from './special-tokens.js';

/** A column by its places in the schema. */
export interface ColumnPlace {
  table: number;
  column: number;
}

export const place = ({ table, column }: ColumnPlace): string => `${table}.${column}`;

/** Gives out index tokens in order of first use; null where a family is used up. */
export class Numbering {
  private readonly tables: number[] = [];
  /** Tables numbered, and owners of columns that are. */
  private readonly promised = new Set<number>();
  private readonly columns: ColumnPlace[] = [];
  private readonly fields: LinkedField[] = [];
  private readonly values: LinkedValue[] = [];

  constructor(
    private readonly schema: DatabaseSchema,
    private readonly print: NamePrinter,
  ) {}

  tableToken(table: number): string | null {
    if (!this.promise(table)) return null;
    return token('t', this.tables, (known) => known === table, table);
  }

  columnToken({ table, column }: ColumnPlace): string | null {
    if (!this.promise(table)) return null;
    return token('c', this.columns, (known) => known.table === table && known.column === column, { table, column });
  }

  nameToken(target: NameTarget): string | null {
    if (target.kind === 'table') return this.tableToken(target.table);
    if (target.kind === 'column') return this.columnToken(target);
    const { name } = target;
    return token('f', this.fields, (known) => known.name === name, { name, sql: this.print.name(name) });
  }

  /** A name's token, and at its first mention a column's type after it. */
  name(target: NameTarget): string[] | null {
    const before = this.columns.length;
    const text = this.nameToken(target);
    if (text === null) return null;
    if (target.kind !== 'column' || this.columns.length === before) return [text];
    return [text, typeWords(this.schema.tables[target.table]!.columns[target.column]!)];
  }

  /** A value's token, and at its first mention the value's type after it. */
  value(text: string, type: ValueType): string[] | null {
    const before = this.values.length;
    const escaped = this.print.string(text, '').replace(/^[^']*'|'$/g, '');
    const found = token('v', this.values, (known) => known.text === text, { text, escaped, type });
    if (found === null) return null;
    return this.values.length === before ? [found] : [found, type];
  }

  /** Places of the numbered tables, in order of their numbers. */
  tablesInOrder(): number[] {
    return [...this.tables];
  }

  links(dialect: DialectName, joinOrder: number[]): Links {
    for (const { table } of this.columns) this.tableToken(table);
    const { schema, print } = this;
    const names = schema.tables.flatMap(({ name, columns }) => [name, ...columns.map((column) => column.name)]);
    return {
      dialect,
      tables: this.tables.map((t) => ({
        name: schema.tables[t]!.name,
        sql: print.name(schema.tables[t]!.name),
        columnNames: schema.tables[t]!.columns.map(({ name }) => name.toLowerCase()),
      })),
      columns: this.columns.map(({ table, column }) => {
        const { name, type } = schema.tables[table]!.columns[column]!;
        return { table: this.tables.indexOf(table), name, sql: print.name(name), type };
      }),
      fields: this.fields,
      values: this.values,
      joinOrder: joinOrder.map((table) => this.tables.indexOf(table)).filter((table) => table >= 0),
      sourcePrefix: freePrefix('q', names),
      outputPrefix: freePrefix('a', names),
    };
  }

  private promise(table: number): boolean {
    if (!this.promised.has(table) && this.promised.size >= tokenFamilies.t) return false;
    this.promised.add(table);
    return true;
  }
}

function token<Item>(family: TokenFamily, items: Item[], same: (item: Item) => boolean, item: Item): string | null {
  let index = items.findIndex(same);
  if (index < 0) {
    if (items.length >= tokenFamilies[family]) return null;
    index = items.push(item) - 1;
  }
  return indexToken(family, index);
}

/** `q`, `qq`, …: the first that, followed by a number, is no name of the schema. */
function freePrefix(letter: string, names: string[]): string {
  let prefix = letter;
  while (names.some((name) => new RegExp(`^${prefix}\\d+$`, 'i').test(name))) prefix += letter;
  return prefix;
}
