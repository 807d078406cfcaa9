import type { ColumnType } from '../database.js';
import type { Random } from '../sampling/random.js';
import type { Expr, FromItem, Query, Select } from '../sql/ast.js';
import { columns, rewrite } from '../sql/walk.js';
import type { ColumnRole, ColumnSlot, Template, ValueSlot } from '../template.js';
import { type Draft, draftOf } from '../templates/draft.js';
import { table as tableSource } from '../templates/build.js';
import type { Idiom } from './idioms.js';
import { useOfHole } from './abstract.js';
import { isHole, typesOfHole } from '../verbalise/phrase.js';
import { type SlotTable, slotTables } from './shape.js';

/** A draft being rewritten: hands out fresh slots, and knows the main SELECT. */
export class Editor {
  readonly draft: Draft;
  private next: number;

  constructor(
    template: Template,
    readonly random: Random,
  ) {
    this.draft = draftOf(template);
    this.next = 100;
  }

  get query(): Query {
    return this.draft.query;
  }

  /** The main SELECT; null of a set operation. */
  get select(): Select | null {
    return this.query.body.kind === 'select' ? this.query.body : null;
  }

  /** The slots of the tables in FROM with the aliases they go by. */
  get tables(): SlotTable[] {
    return this.select === null ? [] : slotTables(this.select);
  }

  fresh(letter: string): string {
    this.next += 1;
    return `${letter}${this.next}`;
  }

  /** A new column of a table in FROM, by default of the first. */
  column(type: ColumnType, role: ColumnRole, path?: string, at = 0): Expr {
    const source = this.tables[at] ?? this.tables[0]!;
    const id = this.fresh('C');
    this.draft.columns.push({ id, table: source.slot, type, role, ...(path === undefined ? {} : { path }) });
    return { kind: 'column', table: source.alias, name: id };
  }

  value(use: ValueSlot['use'], column: Expr | null = null, form?: string): Expr {
    const id = this.fresh('V');
    const of = column === null ? null : (columns({ kind: 'tuple', items: [column] })[0]?.name ?? null);
    this.draft.values.push({ id, column: of, use, ...(form === undefined ? {} : { form }) });
    return { kind: 'placeholder', id };
  }

  slot(id: string): ColumnSlot | undefined {
    return this.draft.columns.find((column) => column.id === id);
  }

  /**
   * An idiom with fresh slots in its holes: columns by the holes' types, values by their use, other literals as the guide has them.
   * `given` says what stands in some of the holes instead.
   */
  apply(idiom: Idiom, given: ReadonlyMap<string, Expr> = new Map()): Expr {
    const holes = new Map<string, Expr>(given);
    const hole = (name: string): Expr => {
      const known = holes.get(name);
      if (known !== undefined) return known;
      const made = this.columnForHole(name, idiom);
      holes.set(name, made);
      return made;
    };
    const withColumns = rewrite(idiom.phrase.pattern, (node) =>
      node.kind === 'column' && isHole(node) ? hole(node.name) : node,
    );
    const first = [...holes.values()][0] ?? null;
    return rewrite(withColumns, (node) => {
      if (node.kind !== 'placeholder' || /^V\d+$/.test(node.id)) return node;
      const use = useOfHole(node.id);
      const literal = idiom.literals.get(node.id);
      if (use === 'json-key') {
        const form = literal?.kind === 'string' && literal.value.startsWith('$') ? '$.{}' : '{}';
        return this.value('json-key', first, form);
      }
      if (use !== null) return this.value(use, first);
      return literal ?? { kind: 'number', text: String(this.random.pick([1, 2, 3])) };
    }) as Expr;
  }

  private columnForHole(name: string, idiom: Idiom): Expr {
    const types = typesOfHole(name);
    const keyed = /\{(path|key)\d?\}/.test(idiom.phrase.sql);
    switch (name.charAt(0)) {
      case 'd':
        return this.column('date', 'time');
      case 't':
        return this.column('timestamp', 'time');
      case 'n':
        return this.column('number', 'measure');
      case 'i':
        return this.column('integer', 'any');
      case 's':
        return this.column(
          'text',
          idiom.phrase.group === true ? 'category' : this.random.pick(['label', 'category'] as const),
        );
      case 'b':
        return this.column('boolean', 'category');
      case 'j':
        return this.column(
          'json',
          'any',
          keyed ? (idiom.phrase.under ?? 'any') : idiom.phrase.filter === 'count' ? 'elements' : undefined,
        );
      case 'a':
        return this.column('array', 'any', 'text');
      default:
        return types === null
          ? this.column('text', idiom.phrase.kind === 'aggregate' ? 'label' : 'category')
          : this.column(types[0]!, 'any');
    }
  }

  where(condition: Expr): void {
    const { select } = this;
    if (select === null) return;
    select.where =
      select.where === null ? condition : { kind: 'binary', operator: 'AND', left: select.where, right: condition };
  }

  /** Gives the only table an alias and qualifies its columns, so that another can join it. */
  qualify(): void {
    const { select } = this;
    const [only] = this.tables;
    if (select === null || only === undefined || only.alias !== null) return;
    this.draft.query = rewrite(this.query, (node) =>
      node.kind === 'column' && node.table === null ? { ...node, table: 't1' } : node,
    );
    this.select!.from = tableSource(only.slot, 't1');
  }

  /** A second table that a foreign key links with the first: `child` refers to the first table, `parent` is what it refers to. */
  linked(
    direction: 'child' | 'parent',
    alias: string | null,
  ): { source: FromItem; slot: string; on: Expr; own: Expr; other: Expr } {
    const [first] = this.tables;
    const slot = this.fresh('T');
    const own = this.column('other', 'key', direction === 'child' ? 'primary' : 'foreign');
    this.draft.columns[this.draft.columns.length - 1]!.table = first!.slot;
    const id = this.fresh('C');
    this.draft.columns.push({
      id,
      table: slot,
      type: 'other',
      role: 'key',
      path: direction === 'child' ? 'foreign' : 'primary',
    });
    const other: Expr = { kind: 'column', table: alias, name: id };
    this.draft.joins.push({ left: (own as { name: string }).name, right: id });
    return {
      source: tableSource(slot, alias),
      slot,
      on: { kind: 'binary', operator: '=', left: own, right: other },
      own,
      other,
    };
  }

  /** A new column of a table slot that is not in FROM, for subqueries. */
  columnOf(slot: string, alias: string | null, type: ColumnType, role: ColumnRole, path?: string): Expr {
    const id = this.fresh('C');
    this.draft.columns.push({ id, table: slot, type, role, ...(path === undefined ? {} : { path }) });
    return { kind: 'column', table: alias, name: id };
  }
}
