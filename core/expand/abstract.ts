import type { Column, DatabaseSchema, Table } from '../database.js';
import { sameTree } from '../templates/same-tree.js';
import { roleOf } from '../populate/profile.js';
import type { Expr, FromItem, Query, Select } from '../sql/ast.js';
import { rareConstructs } from '../sql/rare.js';
import { expressions, queries, rewrite, sources } from '../sql/walk.js';
import type { ColumnRole, ColumnSlot, JoinSlot, ValueSlot } from '../template.js';
import type { Draft } from '../templates/draft.js';
import { isLiteral, type Lexicon, matchPhrase } from '../verbalise/phrase.js';

export type Abstraction = { outcome: 'abstracted'; draft: Draft } | { outcome: 'rejected'; reason: AbstractionReason };
export type AbstractionReason =
  'unknown-table' | 'unknown-column' | 'unsupported-shape' | 'constant-path' | 'constant-value';

class Unsupported extends Error {
  constructor(readonly reason: AbstractionReason) {
    super(reason);
  }
}

/** A source in scope: the table it is, or null for a result whose columns have no slots. */
interface SourceName {
  alias: string;
  table: Table | null;
  slot: string;
  columns: Set<string>;
  /** Of a result: its columns' uniform names by their names in the example. */
  renames: Map<string, string>;
}

/**
 * Turns a statement over a known schema into a draft: tables, columns and values become slots, the same thing the same slot.
 * Aliases are made uniform: `t1`, `t2` where several tables meet, none elsewhere; an alias in ORDER BY or GROUP BY becomes what it stands for.
 */
export function abstractStatement(query: Query, schema: DatabaseSchema, lexicon: Lexicon): Abstraction {
  if (rareConstructs(query).length > 0) return { outcome: 'rejected', reason: 'unsupported-shape' };
  try {
    return { outcome: 'abstracted', draft: new Abstracter(schema, lexicon).run(query) };
  } catch (error) {
    if (error instanceof Unsupported) return { outcome: 'rejected', reason: error.reason };
    throw error;
  }
}

class Abstracter {
  private readonly tables = new Map<string, string>();
  private readonly columns: (ColumnSlot & { name: string })[] = [];
  private readonly values: ValueSlot[] = [];
  private readonly joins: JoinSlot[] = [];
  private readonly results = new Map<string, { name: string; columns: Map<string, string> }>();
  private qualified = false;
  private aliases = 0;

  constructor(
    private readonly schema: DatabaseSchema,
    private readonly lexicon: Lexicon,
  ) {}

  run(query: Query): Draft {
    this.qualified =
      queries(query).some(
        (q) => q.body.kind === 'select' && sources(q.body.from).filter((s) => s.kind !== 'function').length > 1,
      ) || correlated(query);
    const tree = this.query(query, []);
    refuseConstants(tree);
    return {
      query: tree,
      columns: this.columns.map(({ name: _, ...slot }) => slot),
      values: this.values,
      joins: this.joins,
    };
  }

  private query(query: Query, outer: SourceName[][]): Query {
    if (query.recursive) throw new Unsupported('unsupported-shape');
    const ctes = query.ctes.map((cte) => {
      if (cte.columns.length > 0) throw new Unsupported('unsupported-shape');
      this.depth += 1;
      const inner = this.query(cte.query, []);
      this.depth -= 1;
      const name = `step${this.results.size + 1}`;
      this.results.set(cte.name.toLowerCase(), { name, columns: uniformNames(cte.query) });
      return { ...cte, name, query: inner };
    });
    if (query.body.kind === 'select') {
      const { select, scope, spelled } = this.select(query.body, outer);
      const order = (items: Query['orderBy']) =>
        items.map((item) => ({ ...item, expr: this.expr(spelled(item.expr), [scope, ...outer]) }));
      return { ...query, ctes, body: select, orderBy: order(query.orderBy), limit: this.limit(query.limit) };
    }
    if (query.body.kind === 'set') {
      const side = (body: Query['body']): Query['body'] => {
        if (body.kind === 'select') return this.select(body, outer).select;
        if (body.kind === 'set') {
          const [left, right] = [side(body.left), side(body.right)];
          const [a, b] = [leftmost(left)?.items[0]?.expr, leftmost(right)?.items[0]?.expr];
          if (a !== undefined && b !== undefined && this.isKeySlot(a) && this.isKeySlot(b)) this.join(a, b);
          return { ...body, left, right };
        }
        throw new Unsupported('unsupported-shape');
      };
      const body = side(query.body);
      const first = leftmost(query.body);
      const scope = first === null ? [] : this.scopeOf(first.from);
      const orderBy = query.orderBy.map((item) => ({ ...item, expr: this.expr(item.expr, [scope]) }));
      return { ...query, ctes, body, orderBy, limit: this.limit(query.limit) };
    }
    throw new Unsupported('unsupported-shape');
  }

  private isKeySlot(expr: Expr): boolean {
    return expr.kind === 'column' && this.columns.some((slot) => slot.id === expr.name && slot.role === 'key');
  }

  private limit(limit: Expr | null): Expr | null {
    return limit === null || limit.kind !== 'number' ? limit : this.value(null, 'limit');
  }

  private select(
    select: Select,
    outer: SourceName[][],
  ): { select: Select; scope: SourceName[]; spelled: (expr: Expr) => Expr } {
    if (select.windows.length > 0) throw new Unsupported('unsupported-shape');
    // Beside QUALIFY an expression in a window is not taken for the group's key of the same text.
    if (select.qualify !== null && select.groupBy.length > 0) throw new Unsupported('unsupported-shape');
    const scope = this.scopeOf(select.from);
    const scopes = [scope, ...outer];
    const aliasOf = new Map(
      select.items.flatMap((item) => (item.alias === null ? [] : [[item.alias.toLowerCase(), item.expr] as const])),
    );
    const isColumn = (name: string): boolean => scope.some((source) => source.columns.has(name.toLowerCase()));
    const spelled = (expr: Expr): Expr =>
      rewrite(expr, (node) => {
        if (node.kind !== 'column' || node.table !== null) return node;
        const meaning = aliasOf.get(node.name.toLowerCase());
        return meaning === undefined || (isColumn(node.name) && sameTree(meaning, node)) ? node : meaning;
      });
    const inScope = (expr: Expr): Expr => this.expr(expr, scopes);
    const groupSpelled = (expr: Expr): Expr => (expr.kind === 'column' && isColumn(expr.name) ? expr : spelled(expr));
    const from = this.from(select.from, scopes);
    const names = uniformItems(select);
    const tree: Select = {
      ...select,
      from,
      items: select.items.map((item) => {
        const name = item.alias ?? (item.expr.kind === 'column' ? item.expr.name : null);
        const uniform = this.depth > 0 && name !== null ? (names.get(name.toLowerCase()) ?? null) : null;
        return { expr: inScope(item.expr), alias: uniform };
      }),
      distinctOn: select.distinctOn.map(inScope),
      where: select.where === null ? null : inScope(select.where),
      groupBy: select.groupBy.map((item) => {
        if (item.kind === 'expr')
          return {
            ...item,
            expr:
              item.expr.kind === 'number'
                ? inScope(select.items[Number(item.expr.text) - 1]!.expr)
                : inScope(groupSpelled(item.expr)),
          };
        if (item.kind === 'all') return item;
        if (item.kind === 'sets') return { ...item, sets: item.sets.map((set) => set.map(inScope)) };
        if (item.kind === 'rollup' || item.kind === 'cube') return { ...item, exprs: item.exprs.map(inScope) };
        throw new Unsupported('unsupported-shape');
      }),
      having: select.having === null ? null : inScope(spelled(select.having)),
      qualify: select.qualify === null ? null : inScope(spelled(select.qualify)),
    };
    return {
      select: tree,
      scope,
      spelled: (expr) => (expr.kind === 'number' ? (select.items[Number(expr.text) - 1]?.expr ?? expr) : spelled(expr)),
    };
  }

  /** Inside a CTE aliases stay, under uniform names: the query around reaches the result by them. */
  private depth = 0;

  private scopeOf(from: FromItem | null): SourceName[] {
    return sources(from).map((source): SourceName => {
      if (source.kind === 'table') {
        const name = source.name[source.name.length - 1]!;
        const result = this.results.get(name.toLowerCase());
        if (result !== undefined)
          return {
            alias: source.alias ?? name,
            table: null,
            slot: result.name,
            columns: new Set(result.columns.keys()),
            renames: result.columns,
          };
        const table = this.schema.tables.find((t) => t.name.toLowerCase() === name.toLowerCase());
        if (table === undefined) throw new Unsupported('unknown-table');
        if (!this.tables.has(table.name)) this.tables.set(table.name, `T${this.tables.size + 1}`);
        return {
          alias: source.alias ?? name,
          table,
          slot: this.tables.get(table.name)!,
          columns: new Set(table.columns.map((c) => c.name.toLowerCase())),
          renames: new Map(),
        };
      }
      if (source.kind === 'function') {
        const alias = source.alias ?? '';
        return {
          alias,
          table: null,
          slot: '',
          columns: new Set([alias, ...source.columns, 'value', 'key'].map((n) => n.toLowerCase())),
          renames: new Map(),
        };
      }
      throw new Unsupported('unsupported-shape');
    });
  }

  private from(from: FromItem | null, scopes: SourceName[][]): FromItem | null {
    if (from === null) return null;
    switch (from.kind) {
      case 'table': {
        const name = from.name[from.name.length - 1]!;
        const source = scopes[0]!.find((s) => s.alias === (from.alias ?? name));
        if (source === undefined) throw new Unsupported('unknown-table');
        if (source.table === null) {
          if (!this.qualified) return { ...from, name: [source.slot], alias: null };
          const result = `t${(this.aliases += 1)}`;
          this.renamed.set(source, result);
          return { ...from, name: [source.slot], alias: result };
        }
        if (!this.qualified) return { ...from, name: [source.slot], alias: null };
        const alias = `t${(this.aliases += 1)}`;
        this.renamed.set(source, alias);
        return { ...from, name: [source.slot], alias };
      }
      case 'function': {
        const call = this.expr(from.call, scopes);
        this.expectElements(call);
        return { ...from, call };
      }
      case 'join': {
        const left = this.from(from.left, scopes)!;
        const right = this.from(from.right, scopes)!;
        if (from.using.length > 0 || from.natural) throw new Unsupported('unsupported-shape');
        return { ...from, left, right, on: from.on === null ? null : this.expr(from.on, scopes) };
      }
      default:
        throw new Unsupported('unsupported-shape');
    }
  }

  private readonly renamed = new Map<SourceName, string>();

  private expr(expr: Expr, scopes: SourceName[][]): Expr {
    return this.literals(this.names(expr, scopes));
  }

  private names(expr: Expr, scopes: SourceName[][]): Expr {
    if (expr.kind === 'subquery' || expr.kind === 'exists' || expr.kind === 'array-query')
      return { ...expr, query: this.query(expr.query, scopes) };
    if (expr.kind === 'in' && expr.query !== null) {
      const operand = this.names(expr.operand, scopes);
      const query = this.query(expr.query, scopes);
      const item = query.body.kind === 'select' ? query.body.items[0]?.expr : undefined;
      if (operand.kind === 'column' && item?.kind === 'column') this.join(operand, item);
      return { ...expr, operand, query };
    }
    if (expr.kind === 'quantified' && expr.query !== null) return { ...expr, query: this.query(expr.query, scopes) };
    if (expr.kind === 'column') return this.column(expr, scopes);
    if (expr.kind === 'star' && expr.except.length > 0) {
      const slots = expr.except.map((name) => this.column({ kind: 'column', table: expr.table, name }, scopes));
      return { ...expr, except: slots.flatMap((slot) => (slot.kind === 'column' ? [slot.name] : [])) };
    }
    // One level at a time, so that a subquery inside is met with its own scopes.
    return mapChildren(expr, (child) => this.names(child, scopes));
  }

  private column(expr: Extract<Expr, { kind: 'column' }>, scopes: SourceName[][]): Expr {
    for (const scope of scopes) {
      const source = scope.find((s) =>
        expr.table === null
          ? s.columns.has(expr.name.toLowerCase())
          : s.alias.toLowerCase() === expr.table.toLowerCase(),
      );
      if (source === undefined) continue;
      if (source.table === null) {
        const name = source.renames.get(expr.name.toLowerCase()) ?? expr.name;
        return source.slot === ''
          ? expr
          : { ...expr, table: this.qualified ? (this.renamed.get(source) ?? null) : null, name };
      }
      const column = source.table.columns.find((c) => c.name.toLowerCase() === expr.name.toLowerCase());
      if (column === undefined) throw new Unsupported('unknown-column');
      return {
        kind: 'column',
        table: this.qualified ? (this.renamed.get(source) ?? null) : null,
        name: this.slotOf(column, source),
      };
    }
    throw new Unsupported('unknown-column');
  }

  private slotOf(column: Column, source: SourceName): string {
    const known = this.columns.find((slot) => slot.table === source.slot && slot.name === column.name);
    if (known !== undefined) return known.id;
    const role: ColumnRole = roleOf(column, source.table!, this.schema);
    const id = `C${this.columns.length + 1}`;
    const slot: ColumnSlot & { name: string } = { id, table: source.slot, type: column.type, role, name: column.name };
    if (role === 'key') slot.path = column.primaryKey ? 'primary' : 'foreign';
    if (column.type === 'array') slot.path = column.elementType ?? 'text';
    this.columns.push(slot);
    return id;
  }

  /** The slot of a literal; the same literal in the same use of the same column is the same slot. */
  private value(column: string | null, use: ValueSlot['use'], form?: string, literal?: Expr): Expr {
    const key = literal === undefined ? null : JSON.stringify([column, use, literal]);
    const known = key === null ? undefined : this.slotOfLiteral.get(key);
    if (known !== undefined) return { kind: 'placeholder', id: known };
    const made = this.newValue(column, use, form);
    if (key !== null) this.slotOfLiteral.set(key, made.id);
    return made;
  }
  /** The one key of each JSON column that the template reaches. */
  private readonly keys = new Map<string, string>();
  private readonly slotOfLiteral = new Map<string, string>();

  private newValue(
    column: string | null,
    use: ValueSlot['use'],
    form?: string,
  ): Extract<Expr, { kind: 'placeholder' }> {
    const id = `V${this.values.length + 1}`;
    this.values.push({ id, column, use, ...(form === undefined ? {} : { form }) });
    return { kind: 'placeholder', id };
  }

  private join(left: Expr, right: Expr): void {
    if (left.kind !== 'column' || right.kind !== 'column' || left.name === right.name) return;
    const [a, b] = [left, right].map((end) => this.columns.find((slot) => slot.id === end.name));
    if (a === undefined || b === undefined || a.table === b.table) {
      if (a !== undefined && b !== undefined && a.role === 'key' && b.role === 'key')
        this.joins.push({ left: a.id, right: b.id });
      return;
    }
    this.joins.push({ left: a.id, right: b.id });
  }

  /** Literals that are compared with a column become value slots; the others belong to the idiom and stay. */
  private literals(expr: Expr): Expr {
    return rewrite(expr, (node) => {
      if (node.kind === 'binary' && /^(=|<>|!=|<|<=|>|>=)$/.test(node.operator)) return this.comparison(node);
      if (node.kind === 'between') {
        const [column, use] = this.subject(node.operand);
        if (column === undefined || !isValue(node.low) || !isValue(node.high)) return node;
        return {
          ...node,
          low: this.value(column, use ?? 'threshold', undefined, node.low),
          high: this.value(column, use ?? 'threshold', undefined, node.high),
        };
      }
      if (node.kind === 'cast' && /int|num|real|float|dec/i.test(node.type)) {
        const slot = this.columnIn(new Map([['x', node.operand]]));
        if (slot?.type === 'json' && slot.path === 'any') slot.path = /int/i.test(node.type) ? 'integer' : 'number';
      }
      if (node.kind === 'case' && node.operand !== null) {
        const [column] = this.subject(node.operand);
        return column === undefined
          ? node
          : {
              ...node,
              whens: node.whens.map((arm) =>
                isValue(arm.when) ? { ...arm, when: this.value(column, 'existing', undefined, arm.when) } : arm,
              ),
            };
      }
      if (node.kind === 'is' && node.right !== null && isValue(node.right)) {
        const [column] = this.subject(node.operand);
        return column === undefined ? node : { ...node, right: this.value(column, 'existing', undefined, node.right) };
      }
      if (node.kind === 'in' && node.query === null && node.unnest === null) {
        const [column] = this.subject(node.operand);
        return column === undefined || !node.list.every(isValue)
          ? node
          : { ...node, list: node.list.map((item) => this.value(column, 'existing', undefined, item)) };
      }
      if (node.kind === 'like' && node.pattern.kind === 'string' && node.escape === null) return this.pattern(node);
      return this.holeLiterals(node as Expr);
    }) as Expr;
  }

  /** Literals that a phrase names by their use (`{path}`, `{key}`, `{existing}`, `{prefix}`, …) become slots of the column beside them. */
  private holeLiterals(node: Expr): Expr {
    const match = this.match(node);
    if (match === null) return node;
    if (match.phrase.filter === 'count') this.expectElements(node);
    const column = this.columnIn(match.holes);
    if (column === undefined) return node;
    const slots = new Map<string, Expr>();
    for (const [name, literal] of match.holes) {
      const use = useOfHole(name);
      if (use === null || literal.kind === 'placeholder' || literal.kind === 'column') continue;
      if (use === 'json-key') {
        const path = literal.kind === 'string' ? literal.value : '';
        const key = path.replace(/^\$\./, '');
        if (!/^\w+$/.test(key) || (column.path !== undefined && this.keys.get(column.id) !== key))
          throw new Unsupported('constant-path');
        column.path ??= match.phrase.under ?? 'any';
        this.keys.set(column.id, key);
        slots.set(JSON.stringify(literal), this.value(column.id, use, path.startsWith('$.') ? '$.{}' : '{}', literal));
      } else {
        const lower = [...match.holes.values()].some((hole) => hole.kind === 'call' && /^lower$/i.test(hole.name));
        slots.set(JSON.stringify(literal), this.value(column.id, use, lower ? '{lower}' : undefined, literal));
      }
    }
    return slots.size === 0 ? node : (rewrite(node, (part) => slots.get(JSON.stringify(part)) ?? part) as Expr);
  }

  /** A JSON column that is taken apart without a path must hold arrays. */
  private expectElements(call: Expr): void {
    const source = call.kind === 'call' ? call.args[0] : undefined;
    const slot = source?.kind === 'column' ? this.columns.find((c) => c.id === source.name) : undefined;
    if (slot?.type === 'json' && slot.path === undefined) slot.path = 'elements';
  }

  private match(node: Expr) {
    const typeOf = (part: Expr): ColumnSlot['type'] =>
      part.kind === 'column' ? (this.columns.find((c) => c.id === part.name)?.type ?? 'other') : 'other';
    return matchPhrase(this.lexicon, node, typeOf);
  }

  /** The first column slot in the holes, also below a function. */
  private columnIn(holes: ReadonlyMap<string, Expr>): (ColumnSlot & { name: string }) | undefined {
    for (const hole of holes.values()) {
      for (const part of expressions(hole)) {
        const slot = part.kind === 'column' ? this.columns.find((c) => c.id === part.name) : undefined;
        if (slot !== undefined) return slot;
      }
    }
    return undefined;
  }

  private comparison(node: Extract<Expr, { kind: 'binary' }>): Expr {
    if (node.left.kind === 'column' && node.right.kind === 'column') {
      this.join(node.left, node.right);
      return node;
    }
    if (node.right.kind === 'quantified') return this.holeLiterals(node);
    if (node.right.kind === 'collate' && isValue(node.right.operand)) {
      const compared = this.comparison({ ...node, right: node.right.operand }) as typeof node;
      return { ...node, right: { ...node.right, operand: compared.right } };
    }
    if (!isValue(node.right)) return node;
    const equal = /^(=|<>|!=)$/.test(node.operator);
    const [column, use, form] = this.subject(node.left);
    if (use !== undefined) return { ...node, right: this.value(column ?? null, use, form, node.right) };
    if (column === undefined || node.right.kind === 'boolean') return node;
    return { ...node, right: this.value(column, equal ? 'existing' : 'threshold', undefined, node.right) };
  }

  /** What a compared expression takes its values from: a column, or by what the phrase for it says. */
  private subject(expr: Expr): [column: string | undefined, use?: ValueSlot['use'], form?: string] {
    if (expr.kind === 'cast') {
      const slot = this.columnIn(new Map([['x', expr.operand]]));
      if (slot?.type === 'json' && slot.path !== undefined) return [slot.id];
    }
    if (expr.kind === 'collate') return this.subject(expr.operand);
    if (expr.kind === 'column') return [this.columns.some((c) => c.id === expr.name) ? expr.name : undefined];
    if (expr.kind === 'call' && /^count$/i.test(expr.name)) return [undefined, 'count'];
    const match = this.match(expr);
    const id = match === null ? undefined : this.columnIn(match.holes)?.id;
    if (match?.phrase.filter !== undefined)
      return [id, match.phrase.filter, match.phrase.returns === 'text' ? 'text' : undefined];
    if (
      match !== null &&
      match.phrase.kind === undefined &&
      [...match.holes.keys()].some((name) => useOfHole(name) === 'json-key')
    )
      return [id];
    if (match?.phrase.kind === 'aggregate' && match.phrase.returns === 'number' && id !== undefined)
      return [id, 'threshold'];
    return [undefined];
  }

  private pattern(node: Extract<Expr, { kind: 'like' }>): Expr {
    if (node.pattern.kind !== 'string' || node.operand.kind !== 'column') return node;
    const operand = node.operand.name;
    if (this.columns.some((c) => c.id === operand && c.type !== 'text')) throw new Unsupported('unsupported-shape');
    const shape = /^([%*]?)([^%*_?[\]]+)([%*]?)$/.exec(node.pattern.value);
    if (shape === null) return node;
    const [, before = '', , after = ''] = shape;
    const use = before !== '' && after !== '' ? 'infix' : after !== '' ? 'prefix' : before !== '' ? 'suffix' : null;
    return use === null
      ? node
      : { ...node, pattern: this.value(node.operand.name, use, `${before}{}${after}`, node.pattern) };
  }
}

/** A text compared with a column is data of the examples' database: such a statement says nothing elsewhere. */
function refuseConstants(query: Query): void {
  for (const expr of expressions(query)) {
    if (
      expr.kind === 'binary' &&
      expr.operator !== '||' &&
      !/^!?~/.test(expr.operator) &&
      bare(expr.left).kind === 'column' &&
      bare(expr.right).kind === 'string'
    )
      throw new Unsupported('constant-value');
    if (expr.kind === 'in' && expr.operand.kind === 'column' && expr.list.some((item) => item.kind === 'string'))
      throw new Unsupported('constant-value');
    if (expr.kind === 'call' && expr.nulls !== null && /^(if|ifnull|coalesce)$/i.test(expr.name))
      throw new Unsupported('unsupported-shape');
  }
}

/** What is compared, without the collation beside it. */
const bare = (expr: Expr): Expr => (expr.kind === 'collate' ? expr.operand : expr);

/** How a literal hole's value is made; null where the guide's own literal stays. */
export function useOfHole(name: string): ValueSlot['use'] | null {
  const base = name.replace(/\d$/, '');
  if (base === 'path' || base === 'key') return 'json-key';
  if (base === 'element') return 'existing';
  return base === 'prefix' || base === 'suffix' || base === 'infix' ? base : null;
}

const isValue = (expr: Expr): boolean => isLiteral(expr) && !['word', 'interval', 'placeholder'].includes(expr.kind);

/** Uniform names for a result's columns: `n` counts, `amount` aggregates, `label` is a column, `value` anything else. */
function uniformItems(select: Select): Map<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const item of select.items) {
    const given = item.alias ?? (item.expr.kind === 'column' ? item.expr.name : null);
    if (given === null) continue;
    const base = uniformName(item.expr);
    let name = base;
    for (let i = 2; taken.has(name); i += 1) name = `${base}${i}`;
    taken.add(name);
    names.set(given.toLowerCase(), name);
  }
  return names;
}

function uniformName(expr: Expr): string {
  if (expr.kind === 'column') return 'label';
  if (expr.kind !== 'call') return 'value';
  if (/^count$/i.test(expr.name)) return 'n';
  return /^(sum|avg|min|max)$/i.test(expr.name) && expr.over === null ? 'amount' : 'value';
}

const uniformNames = (query: Query): Map<string, string> => {
  const select = leftmost(query.body);
  return select === null ? new Map() : uniformItems(select);
};

function leftmost(body: Query['body']): Select | null {
  if (body.kind === 'select') return body;
  if (body.kind === 'set') return leftmost(body.left);
  return body.kind === 'nested' ? leftmost(body.query.body) : null;
}

/** Whether a subquery names a source of the query around it. */
function correlated(query: Query): boolean {
  return queries(query).some((inner) => {
    if (inner === query || inner.body.kind !== 'select') return false;
    const own = new Set(
      sources(inner.body.from).map((s) =>
        (('alias' in s ? s.alias : null) ?? (s.kind === 'table' ? s.name[s.name.length - 1]! : '')).toLowerCase(),
      ),
    );
    return expressions(inner.body).some(
      (e) => e.kind === 'column' && e.table !== null && !own.has(e.table.toLowerCase()),
    );
  });
}

function mapChildren(expr: Expr, change: (child: Expr) => Expr): Expr {
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit);
    if (value === null || typeof value !== 'object') return value;
    if ('kind' in value) return change(value as Expr);
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, visit(item)]));
  };
  return Object.fromEntries(Object.entries(expr).map(([key, item]) => [key, visit(item)])) as unknown as Expr;
}
