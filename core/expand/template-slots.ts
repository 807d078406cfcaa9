import type { Column, DatabaseSchema, Table } from '../database.js';
import { roleOf } from '../populate/profile.js';
import type { Expr } from '../sql/ast.js';
import type { ColumnRole, ColumnSlot, JoinSlot, ValueSlot } from '../template.js';

/** A column slot with the name that the column has in the example. */
export type NamedColumn = ColumnSlot & { name: string };

/** The slots of a template that is being made from a statement: the same thing has the same slot. */
export class TemplateSlots {
  readonly columns: NamedColumn[] = [];
  readonly values: ValueSlot[] = [];
  readonly joins: JoinSlot[] = [];
  private readonly slotOfLiteral = new Map<string, string>();

  constructor(private readonly schema: DatabaseSchema) {}

  /** The column slot that an expression is, if it is one. */
  columnOf(expr: Expr | undefined): NamedColumn | undefined {
    return expr?.kind === 'column' ? this.columns.find(({ id }) => id === expr.name) : undefined;
  }

  /** The slot of a table's column, whose table is in the slot `tableSlot`. */
  slotOf(column: Column, table: Table, tableSlot: string): string {
    const known = this.columns.find((slot) => slot.table === tableSlot && slot.name === column.name);
    if (known !== undefined) return known.id;
    const role: ColumnRole = roleOf(column, table, this.schema);
    const id = `C${this.columns.length + 1}`;
    const slot: NamedColumn = { id, table: tableSlot, type: column.type, role, name: column.name };
    if (role === 'key') slot.path = column.primaryKey ? 'primary' : 'foreign';
    if (column.type === 'array') slot.path = column.elementType ?? 'text';
    this.columns.push(slot);
    return id;
  }

  /** The slot of a literal; the same literal in the same use of the same column is the same slot. */
  value(column: string | null, use: ValueSlot['use'], form?: string, literal?: Expr): Expr {
    const key = literal === undefined ? null : JSON.stringify([column, use, literal]);
    const known = key === null ? undefined : this.slotOfLiteral.get(key);
    if (known !== undefined) return { kind: 'placeholder', id: known };
    const made = this.newValue(column, use, form);
    if (key !== null) this.slotOfLiteral.set(key, made.id);
    return made;
  }

  private newValue(
    column: string | null,
    use: ValueSlot['use'],
    form?: string,
  ): Extract<Expr, { kind: 'placeholder' }> {
    const id = `V${this.values.length + 1}`;
    this.values.push({ id, column, use, ...(form === undefined ? {} : { form }) });
    return { kind: 'placeholder', id };
  }

  /** Two columns that are compared: a join of their tables, or of two keys. */
  join(left: Expr, right: Expr): void {
    if (left.kind !== 'column' || right.kind !== 'column' || left.name === right.name) return;
    const [a, b] = [this.columnOf(left), this.columnOf(right)];
    if (a === undefined || b === undefined || a.table === b.table) {
      if (a !== undefined && b !== undefined && a.role === 'key' && b.role === 'key')
        this.joins.push({ left: a.id, right: b.id });
      return;
    }
    this.joins.push({ left: a.id, right: b.id });
  }
}
