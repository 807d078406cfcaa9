import type { ColumnType } from '../database.js';
import type { Random } from '../sampling/random.js';
import type { Expr, FromItem, Query, Select } from '../sql/ast.js';
import { columns, rewrite } from '../sql/walk.js';
import type { ColumnRole, ColumnSlot, Template, ValueSlot } from '../template.js';
import { type Draft, draftOf } from '../templates/draft.js';
import { binary, join, table as tableSource } from '../templates/build.js';
import type { Idiom } from './idioms.js';
import { useOfHole } from './literal-slots.js';
import { isHole, typesOfHole } from '../verbalise/phrase.js';
import { type SlotTable, slotTables } from './shape.js';

/** A table that a foreign key links with one in FROM: how it is called, and the condition that joins them. */
export interface Linked {
  source: FromItem;
  slot: string;
  on: Expr;
  own: Expr;
  other: Expr;
}

const equal = (left: Expr, right: Expr): Expr => binary(left, '=', right);

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
      return literal ?? { kind: 'number', text: String(this.random.pick([2, 3])) };
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
        // `{text}` stands for any literal: a number beside the hole asks for a column of numbers.
        if (types === null && [...idiom.literals.values()].some((literal) => literal.kind === 'number' && !keyed))
          return this.column('number', 'measure');
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

  /** What the main SELECT puts out. */
  put(...exprs: Expr[]): void {
    this.select!.items = exprs.map((expr) => ({ expr, alias: null }));
  }

  /** The keys by which the main SELECT groups. */
  group(...keys: Expr[]): void {
    this.select!.groupBy = keys.map((expr) => ({ kind: 'expr', expr }));
  }

  /** The main SELECT's first output. */
  get first(): Expr {
    return this.select!.items[0]!.expr;
  }

  /**
   * A further table that a foreign key links with the table at `at` in FROM: a `child` refers to it, a `parent` is what it refers to.
   * The table is not put into FROM yet.
   */
  linked(direction: 'child' | 'parent', alias: string | null, at = 0): Linked {
    const slot = this.fresh('T');
    const ends = direction === 'child' ? (['primary', 'foreign'] as const) : (['foreign', 'primary'] as const);
    const own = this.column('other', 'key', ends[0], at);
    const other = this.columnOf(slot, alias, 'other', 'key', ends[1]);
    this.joinOn(own, other);
    return { source: tableSource(slot, alias), slot, on: equal(own, other), own, other };
  }

  /** The only table once more, as what its rows refer to in the same table: `t2` is the manager of `t1`. */
  twin(alias: string): Linked {
    const [only] = this.tables;
    const own = this.column('other', 'key', 'foreign');
    const other = this.columnOf(only!.slot, alias, 'other', 'key', 'primary');
    this.joinOn(own, other);
    return { source: tableSource(only!.slot, alias), slot: only!.slot, on: equal(own, other), own, other };
  }

  /** Puts a linked table into FROM. */
  join({ source, on }: Linked, type: 'inner' | 'left' = 'inner'): void {
    this.select!.from = join(this.select!.from!, source, on, type);
  }

  joinOn(left: Expr, right: Expr): void {
    this.draft.joins.push({ left: (left as { name: string }).name, right: (right as { name: string }).name });
  }

  /** A new column of a table slot under an alias, wherever it stands. */
  columnOf(slot: string, alias: string | null, type: ColumnType, role: ColumnRole, path?: string): Expr {
    const id = this.fresh('C');
    this.draft.columns.push({ id, table: slot, type, role, ...(path === undefined ? {} : { path }) });
    return { kind: 'column', table: alias, name: id };
  }
}
