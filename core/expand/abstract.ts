import type { DatabaseSchema, Table } from '../database.js';
import { sameTree } from '../templates/same-tree.js';
import type { Expr, FromItem, Query, Select } from '../sql/ast.js';
import { outputAt } from '../sql/position.js';
import { rareConstructs } from '../sql/rare.js';
import { expressions, queries, rewrite, sources } from '../sql/walk.js';
import type { Draft } from '../templates/draft.js';
import type { Lexicon } from '../verbalise/phrase.js';
import { LiteralSlots } from './literal-slots.js';
import { TemplateSlots } from './template-slots.js';
import { leftmost, uniformItems, uniformNames } from './uniform-names.js';
import { type AbstractionReason, refuseConstants, Unsupported } from './unsupported.js';

export type Abstraction = { outcome: 'abstracted'; draft: Draft } | { outcome: 'rejected'; reason: AbstractionReason };
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
  private readonly slots: TemplateSlots;
  private readonly literals: LiteralSlots;
  private readonly results = new Map<string, { name: string; columns: Map<string, string> }>();
  private qualified = false;
  private aliases = 0;

  constructor(
    private readonly schema: DatabaseSchema,
    lexicon: Lexicon,
  ) {
    this.slots = new TemplateSlots(schema);
    this.literals = new LiteralSlots(this.slots, lexicon);
  }

  run(query: Query): Draft {
    this.qualified =
      queries(query).some(
        (q) => q.body.kind === 'select' && sources(q.body.from).filter((s) => s.kind !== 'function').length > 1,
      ) || correlated(query);
    const tree = this.query(query, []);
    refuseConstants(tree);
    return {
      query: tree,
      columns: this.slots.columns.map(({ name: _, ...slot }) => slot),
      values: this.slots.values,
      joins: this.slots.joins,
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
          if (a !== undefined && b !== undefined && this.isKeySlot(a) && this.isKeySlot(b)) this.slots.join(a, b);
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
    return this.slots.columnOf(expr)?.role === 'key';
  }

  private limit(limit: Expr | null): Expr | null {
    return limit === null || limit.kind !== 'number' ? limit : this.slots.value(null, 'limit');
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
          return { ...item, expr: inScope(outputAt(item.expr, select) ?? groupSpelled(item.expr)) };
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
      spelled: (expr) => outputAt(expr, select) ?? spelled(expr),
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
        if (!this.qualified) return { ...from, name: [source.slot], alias: null };
        const alias = `t${(this.aliases += 1)}`;
        this.renamed.set(source, alias);
        return { ...from, name: [source.slot], alias };
      }
      case 'function': {
        const call = this.expr(from.call, scopes);
        this.literals.expectElements(call);
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
    return this.literals.of(this.names(expr, scopes));
  }

  private names(expr: Expr, scopes: SourceName[][]): Expr {
    if (expr.kind === 'subquery' || expr.kind === 'exists' || expr.kind === 'array-query')
      return { ...expr, query: this.query(expr.query, scopes) };
    if (expr.kind === 'in' && expr.query !== null) {
      const operand = this.names(expr.operand, scopes);
      const query = this.query(expr.query, scopes);
      const item = query.body.kind === 'select' ? query.body.items[0]?.expr : undefined;
      if (operand.kind === 'column' && item?.kind === 'column') this.slots.join(operand, item);
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
        name: this.slots.slotOf(column, source.table, source.slot),
      };
    }
    throw new Unsupported('unknown-column');
  }
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
