import type { Expr, FromItem, OrderItem, Query, QueryBody, Select } from '../sql/ast.js';
import { outputAt } from '../sql/position.js';
import { columns, conjuncts, queries, sources } from '../sql/walk.js';
import { sameTree } from '../templates/same-tree.js';
import { SeedRefusal } from './refusal.js';
import type { SeedColumn, SeedSchema } from './spider.js';

/** A statement whose tables and columns are slots, and what each slot stood for. */
export interface NamedSlots {
  query: Query;
  /** Table names by slot id. */
  tables: Map<string, string>;
  /** Columns by slot id; `slot` is the table's. */
  columns: Map<string, SeedColumn & { slot: string }>;
}

interface Source {
  /** What the statement calls it, lower case. */
  called: string;
  table: string;
  slot: string;
  /** What the template calls it; null where one name is enough. */
  alias: string | null;
}

/**
 * Puts slots where names are: the same table and the same column are the same slot wherever they stand. Where several tables meet, or a
 * subquery reaches out, every table gets an alias `t1`, `t2`, … that is unique in the statement; elsewhere columns stand alone. Aliases
 * of outputs give way to what they stand for. Throws SeedRefusal.
 */
export function abstractNames(query: Query, schema: SeedSchema): NamedSlots {
  const state: NamedSlots = { query, tables: new Map(), columns: new Map() };
  const naming: Naming = { schema, state, qualified: needsAliases(query), aliases: 0 };
  state.query = nameQuery(query, [], naming);
  return state;
}

interface Naming {
  schema: SeedSchema;
  state: NamedSlots;
  qualified: boolean;
  aliases: number;
}

type Scope = Source[];

function needsAliases(query: Query): boolean {
  return queries(query).some((each) => {
    const selects = selectsOf(each.body);
    if (selects.some((select) => sources(select.from).length > 1)) return true;
    const own = new Set(selects.flatMap((select) => sources(select.from).map(calledName)));
    return (
      each !== query &&
      columns(each, { own: true }).some((column) => column.table !== null && !own.has(column.table.toLowerCase()))
    );
  });
}

function selectsOf(body: QueryBody): Select[] {
  if (body.kind === 'select') return [body];
  if (body.kind === 'set') return [...selectsOf(body.left), ...selectsOf(body.right)];
  return [];
}

function calledName(source: Exclude<FromItem, { kind: 'join' }>): string {
  if (source.kind === 'table') return (source.alias ?? source.name.at(-1)!).toLowerCase();
  return ('alias' in source ? (source.alias ?? '') : '').toLowerCase();
}

function nameQuery(query: Query, outer: Scope[], naming: Naming): Query {
  const [body, first] = nameBody(query.body, outer, naming);
  const orderBy = query.orderBy.map((item) => nameOrder(item, first, outer, naming));
  return { ...query, ctes: [], body, orderBy };
}

/** The first SELECT with its sources, which the order refers to. */
interface First {
  select: Select;
  scope: Scope;
}

function nameBody(body: QueryBody, outer: Scope[], naming: Naming): [QueryBody, First] {
  if (body.kind === 'set') {
    const [left, first] = nameBody(body.left, outer, naming);
    const [right] = nameBody(body.right, outer, naming);
    return [{ ...body, left, right }, first];
  }
  if (body.kind !== 'select') throw new SeedRefusal('unsupported-source');
  const scope = scopeOf(body.from, naming);
  const scopes = [scope, ...outer];
  const from = body.from === null ? null : nameFrom(body.from, scopes, naming);
  const named = (expr: Expr) => nameExpr(withoutAliases(expr, body, scope, naming), scopes, naming);
  const select: Select = {
    ...body,
    items: body.items.map((item) => ({ expr: nameExpr(item.expr, scopes, naming), alias: null })),
    from,
    where: body.where === null ? null : named(body.where),
    groupBy: body.groupBy.map((item) => (item.kind === 'expr' ? { kind: 'expr', expr: named(item.expr) } : item)),
    having: body.having === null ? null : named(body.having),
  };
  return [select, { select: body, scope }];
}

function nameOrder(item: OrderItem, { select, scope }: First, outer: Scope[], naming: Naming): OrderItem {
  const expr = outputAt(item.expr, select) ?? withoutAliases(item.expr, select, scope, naming);
  return { ...item, expr: nameExpr(expr, [scope, ...outer], naming) };
}

/** An output's alias, where no column has that name, becomes the output. */
function withoutAliases(expr: Expr, select: Select, scope: Scope, naming: Naming): Expr {
  if (expr.kind === 'column' && expr.table === null) {
    const isColumn = scope.some((source) => naming.schema.get(source.table)!.has(expr.name.toLowerCase()));
    const meaning = select.items.find((item) => item.alias?.toLowerCase() === expr.name.toLowerCase());
    if (!isColumn && meaning !== undefined) return meaning.expr;
  }
  return mapOwn(expr, (child) => withoutAliases(child, select, scope, naming));
}

function scopeOf(from: FromItem | null, naming: Naming): Scope {
  return sources(from).map((source) => {
    if (source.kind === 'subquery') throw new SeedRefusal('subquery-in-from');
    if (source.kind !== 'table') throw new SeedRefusal('unsupported-source');
    const table = source.name.at(-1)!.toLowerCase();
    if (!naming.schema.has(table)) throw new SeedRefusal('unknown-table');
    const { tables } = naming.state;
    const known = [...tables].find(([, name]) => name === table)?.[0];
    const slot = known ?? `T${tables.size + 1}`;
    tables.set(slot, table);
    const alias = naming.qualified ? `t${(naming.aliases += 1)}` : null;
    return { called: calledName(source), table, slot, alias };
  });
}

function nameFrom(from: FromItem, scopes: Scope[], naming: Naming): FromItem {
  if (from.kind === 'join') {
    const unconditional = from.on === null && from.using.length === 0 && from.type !== 'cross' && from.type !== 'comma';
    if (unconditional || from.natural || from.using.length > 0) throw new SeedRefusal('join-without-condition');
    const left = nameFrom(from.left, scopes, naming);
    const right = nameFrom(from.right, scopes, naming);
    const on = from.on === null ? null : nameExpr(from.on, scopes, naming);
    if (on !== null && conjuncts(on).some(comparesWithItself)) throw new SeedRefusal('join-without-condition');
    return { ...from, left, right, on };
  }
  const source = scopes[0]!.find((candidate) => candidate.called === calledName(from))!;
  return { kind: 'table', name: [source.slot], alias: source.alias };
}

/** `t2.id = t2.id`, a slip of whoever wrote the query: it joins every row with every other. */
const comparesWithItself = (expr: Expr): boolean => expr.kind === 'binary' && sameTree(expr.left, expr.right);

function nameExpr(expr: Expr, scopes: Scope[], naming: Naming): Expr {
  if (expr.kind === 'column') return nameColumn(expr, scopes, naming);
  if (expr.kind === 'star' && expr.table !== null) {
    const source = scopes[0]!.find((candidate) => candidate.called === expr.table!.toLowerCase());
    if (source === undefined) throw new SeedRefusal('unknown-table');
    return { ...expr, table: source.alias };
  }
  return mapOwn(
    expr,
    (child) => nameExpr(child, scopes, naming),
    (query) => nameQuery(query, scopes, naming),
  );
}

function nameColumn(expr: Expr & { kind: 'column' }, scopes: Scope[], naming: Naming): Expr {
  const name = expr.name.toLowerCase();
  for (const scope of scopes) {
    const source = scope.find((candidate) =>
      expr.table === null
        ? naming.schema.get(candidate.table)!.has(name)
        : candidate.called === expr.table.toLowerCase(),
    );
    if (source === undefined) continue;
    const column = naming.schema.get(source.table)!.get(name);
    if (column === undefined) throw new SeedRefusal('unknown-column');
    return { kind: 'column', table: source.alias, name: slotOf(column, source, naming) };
  }
  throw new SeedRefusal('unknown-column');
}

function slotOf(column: SeedColumn, source: Source, { state }: Naming): string {
  const known = [...state.columns].find(([, other]) => other.slot === source.slot && other.name === column.name);
  if (known !== undefined) return known[0];
  const id = `C${state.columns.size + 1}`;
  state.columns.set(id, { ...column, slot: source.slot });
  return id;
}

/** A copy of an expression with its direct sub-expressions, and the queries below it, replaced. */
function mapOwn(
  expr: Expr,
  change: (child: Expr) => Expr,
  changeQuery: (query: Query) => Query = (query) => query,
): Expr {
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== 'object' || value === null) return value;
    if ('kind' in value) return value.kind === 'query' ? changeQuery(value as Query) : change(value as Expr);
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, visit(item)]));
  };
  return Object.fromEntries(Object.entries(expr).map(([key, item]) => [key, visit(item)])) as unknown as Expr;
}
