import type { Column, DatabaseSchema, Table } from '../database.js';
import type { Random } from '../sampling/random.js';
import type { ColumnSlot, Template } from '../template.js';
import { isKey, jsonKeys, roleOf } from './profile.js';

/** Which table, column and JSON key each slot stands for in one statement. */
export interface Binding {
  tables: Map<string, Table>;
  columns: Map<string, Column>;
  /** JSON key or struct field by column slot. */
  paths: Map<string, string>;
}

const attempts = 30;

/** Finds tables along foreign keys and columns of the right type and use; null where the database has none. */
export function bind(template: Template, schema: DatabaseSchema, random: Random): Binding | null {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const binding: Binding = { tables: new Map(), columns: new Map(), paths: new Map() };
    if (
      bindTables(template, schema, random, binding) &&
      bindColumns(template, schema, random, binding, attempt > attempts / 2)
    ) {
      return binding;
    }
  }
  return null;
}

function bindTables(template: Template, schema: DatabaseSchema, random: Random, binding: Binding): boolean {
  const slotTable = new Map(template.columns.map((slot) => [slot.id, slot.table]));
  const pending = [...template.joins];
  const used = (): Set<string> => new Set([...binding.tables.values()].map((t) => t.name));
  const first = template.tables[0];
  const put = (slot: string): boolean => {
    const free = schema.tables.filter(
      (table) => table.rows > 0 && !used().has(table.name) && suits(slot, table, template),
    );
    if (free.length === 0) return false;
    binding.tables.set(slot, random.pick(free));
    return true;
  };
  if (first !== undefined && !put(first)) return false;
  while (pending.length > 0) {
    const index = pending.findIndex((join) =>
      [join.left, join.right].some((id) => binding.tables.has(slotTable.get(id) ?? '')),
    );
    if (index < 0) {
      const open = slotTable.get(pending[0]!.left) ?? '';
      if (!put(open)) return false;
      continue;
    }
    const join = pending.splice(index, 1)[0]!;
    if (!bindJoin(join.left, join.right, slotTable, schema, random, binding, template)) return false;
  }
  return template.tables.every((slot) => binding.tables.has(slot) || put(slot));
}

/** A cheap look ahead: a table without a column of some needed type need not be tried. */
function suits(slot: string, table: Table, template: Template): boolean {
  const needed = template.columns.filter((column) => column.table === slot);
  return needed.every((column) => table.columns.some((candidate) => typeFits(column, candidate)));
}

function bindJoin(
  left: string,
  right: string,
  slotTable: Map<string, string>,
  schema: DatabaseSchema,
  random: Random,
  binding: Binding,
  template: Template,
): boolean {
  const [leftTable, rightTable] = [slotTable.get(left)!, slotTable.get(right)!];
  const options = schema.foreignKeys.flatMap((fk) => [
    { l: [fk.table, fk.column], r: [fk.referencesTable, fk.referencesColumn], keyLeft: true },
    { l: [fk.referencesTable, fk.referencesColumn], r: [fk.table, fk.column], keyLeft: false },
  ]);
  const paths = new Map(template.columns.map((slot) => [slot.id, slot.path]));
  /** A slot that says which end of a foreign key it is gets that end. */
  const ends = (keyLeft: boolean): boolean =>
    paths.get(left) !== (keyLeft ? 'primary' : 'foreign') && paths.get(right) !== (keyLeft ? 'foreign' : 'primary');
  const fits = ([tableName, columnName]: string[], slot: string, columnSlot: string): boolean => {
    const bound = binding.tables.get(slot);
    const boundColumn = binding.columns.get(columnSlot);
    if (boundColumn !== undefined && (bound?.name !== tableName || boundColumn.name !== columnName)) return false;
    if (bound !== undefined) return bound.name === tableName;
    const table = schema.tables.find((t) => t.name === tableName);
    const taken = [...binding.tables.values()].some((t) => t.name === tableName);
    return table !== undefined && table.rows > 0 && !taken && suits(slot, table, template);
  };
  const choices = options.filter(
    ({ l, r, keyLeft }) =>
      ends(keyLeft) &&
      fits(l, leftTable, left) &&
      fits(r, rightTable, right) &&
      (leftTable === rightTable) === (l[0] === r[0]),
  );
  if (choices.length === 0) return false;
  const { l, r } = random.pick(choices);
  for (const [slot, columnSlot, [tableName, columnName]] of [
    [leftTable, left, l],
    [rightTable, right, r],
  ] as const) {
    const table = schema.tables.find((t) => t.name === tableName)!;
    const column = table.columns.find((c) => c.name === columnName);
    if (column === undefined) return false;
    binding.tables.set(slot, table);
    binding.columns.set(columnSlot, column);
  }
  return true;
}

function typeFits(slot: ColumnSlot, column: Column): boolean {
  if (slot.path === 'nullable' && column.nullRate === 0) return false;
  switch (slot.type) {
    case 'number':
      return column.type === 'number' || column.type === 'integer';
    case 'other':
      return ['integer', 'number', 'text', 'date', 'timestamp'].includes(column.type);
    case 'array':
      return (
        column.type === 'array' &&
        (column.elementType ?? 'text') === (slot.path ?? 'text') &&
        column.samples.some((s) => Array.isArray(s) && s.length > 0)
      );
    case 'json':
      return (
        column.type === 'json' &&
        (slot.path === undefined ||
          (slot.path === 'elements'
            ? column.samples.some(isArrayDocument)
            : [...jsonKeys(column).values()].some((values) => keyFits(slot.path!, values))))
      );
    case 'struct':
      return column.type === 'struct' && (column.fields?.some((field) => field.type === fieldType(slot)) ?? false);
    default:
      return column.type === slot.type;
  }
}

const isArrayDocument = (value: unknown): boolean =>
  Array.isArray(value) || (typeof value === 'string' && /^\s*\[/.test(value));

const fieldType = (slot: ColumnSlot): string => slot.path?.split(':')[1] ?? 'text';

/** Whether the values under a JSON key are of the kind that the template needs there. */
export function keyFits(kind: string, values: readonly unknown[]): boolean {
  return values.every((value) => {
    if (kind === 'array') return Array.isArray(value);
    if (kind === 'number') return typeof value === 'number';
    if (kind === 'integer') return Number.isInteger(value);
    if (kind === 'text') return typeof value === 'string';
    return value === null || ['string', 'number'].includes(typeof value);
  });
}

/** How well a column suits a slot's role: 2 as wanted, 1 acceptable, 0 not. */
function roleFit(slot: ColumnSlot, column: Column, table: Table, schema: DatabaseSchema): number {
  const role = roleOf(column, table, schema);
  if (slot.role === role && slot.role !== 'key') return 2;
  switch (slot.role) {
    case 'any':
      return role === 'key' ? 1 : 2;
    case 'measure':
    case 'time':
      return 0;
    case 'key':
      if (slot.path === 'primary') return column.primaryKey ? 2 : 0;
      return isKey(column, table, schema) &&
        (slot.path !== 'foreign' ||
          schema.foreignKeys.some((fk) => fk.table === table.name && fk.column === column.name))
        ? 2
        : 0;
    case 'category':
      return role === 'label' && column.distinct * 1.2 <= table.rows ? 1 : 0;
    case 'label':
      return role === 'category' || role === 'measure' ? 1 : 0;
  }
}

function bindColumns(
  template: Template,
  schema: DatabaseSchema,
  random: Random,
  binding: Binding,
  lenient: boolean,
): boolean {
  const taken = new Map<string, Set<string>>();
  for (const slot of template.columns) {
    const bound = binding.columns.get(slot.id);
    if (bound !== undefined) taken.set(slot.table, (taken.get(slot.table) ?? new Set()).add(bound.name));
  }
  for (const slot of template.columns) {
    if (binding.columns.has(slot.id)) continue;
    const table = binding.tables.get(slot.table);
    if (table === undefined) return false;
    const names = taken.get(slot.table) ?? new Set<string>();
    const scored = table.columns
      .filter(
        (column) => typeFits(slot, column) && !names.has(column.name) && column.nullRate < 1 && column.distinct > 0,
      )
      .map((column) => ({ column, fit: roleFit(slot, column, table, schema) }))
      .filter(({ fit }) => fit > (lenient ? 0 : 1));
    if (scored.length === 0) return false;
    const { column } = random.pick(scored);
    binding.columns.set(slot.id, column);
    taken.set(slot.table, names.add(column.name));
    if (slot.type === 'json' && slot.path !== undefined && slot.path !== 'elements') {
      const keys = [...jsonKeys(column)].filter(([, values]) => keyFits(slot.path!, values)).map(([key]) => key);
      binding.paths.set(slot.id, random.pick(keys));
    }
    if (slot.type === 'struct') {
      const fields = (column.fields ?? []).filter((field) => field.type === fieldType(slot)).map((field) => field.name);
      binding.paths.set(slot.id, random.pick(fields));
    }
  }
  return true;
}
