import type { Expr, FromItem, OrderItem, Query, QueryBody, Select } from '../sql/ast.js';
import { become, ColumnEncoder } from './encode-column.js';
import { encodeNumber, encodeText, NotLinked, type LiteralUse } from './encode-literal.js';
import { NumberedNames } from './encode-names.js';
import {
  addSource,
  columnOf,
  findSource,
  newScope,
  outputName,
  type Output,
  type Outputs,
  type Scope,
  type Source,
} from './encode-scope.js';
import type { Links } from './links.js';
import { sentinel } from './sentinels.js';

interface Cte {
  id: number;
  outputs: Outputs | null;
}
type Ctes = ReadonlyMap<string, Cte>;

const comparisons = new Set(['=', '==', '<>', '!=', '<', '<=', '>', '>=']);

/**
 * Rewrites a query's tree in place: every name of the schema, value, alias and output name becomes a sentinel. Which
 * aliases and output names are needed is known only when all of the statement has been read, so that is settled last.
 */
export class QueryEncoder {
  private readonly selects: Select[] = [];
  private readonly names = new NumberedNames();
  private readonly columns: ColumnEncoder;

  constructor(private readonly links: Links) {
    this.columns = new ColumnEncoder(links, this.names);
  }

  /** The query's SELECTs, inner ones too. Throws NotLinked. */
  encode(query: Query): Select[] {
    this.query(query, null, new Map());
    this.names.settle();
    return this.selects;
  }

  private query(query: Query, parent: Scope | null, outer: Ctes, onAnchor?: (outputs: Outputs) => void): Outputs {
    const ctes = new Map(outer);
    for (const cte of query.ctes) {
      const known: Cte = { id: this.names.nextSource(), outputs: null };
      const named = cte.columns.length > 0 ? this.names.namedColumns(cte.columns) : null;
      known.outputs = named;
      const name = cte.name.toLowerCase();
      const visible = query.recursive ? new Map(ctes).set(name, known) : ctes;
      const outputs = this.query(cte.query, parent, visible, (anchor) => (known.outputs ??= anchor));
      known.outputs = named ?? outputs;
      cte.name = sentinel('q', known.id);
      ctes.set(name, known);
    }
    const { outputs, scope } = this.body(query.body, parent, ctes, onAnchor);
    for (const item of query.orderBy) this.order(item, scope ?? outputScope(outputs), ctes);
    for (const part of [query.limit, query.offset]) if (part) this.expression(part, newScope(parent), ctes);
    return outputs;
  }

  private body(
    body: QueryBody,
    parent: Scope | null,
    ctes: Ctes,
    onAnchor?: (outputs: Outputs) => void,
  ): { outputs: Outputs; scope: Scope | null } {
    switch (body.kind) {
      case 'select':
        return this.select(body, parent, ctes);
      case 'set': {
        const { outputs } = this.body(body.left, parent, ctes, onAnchor);
        onAnchor?.(outputs);
        this.body(body.right, parent, ctes);
        return { outputs, scope: null };
      }
      case 'nested':
        return { outputs: this.query(body.query, parent, ctes, onAnchor), scope: null };
      case 'values':
        for (const row of body.rows) for (const expr of row) this.expression(expr, newScope(parent), ctes);
        return { outputs: () => null, scope: null };
      case 'pipe':
        throw new NotLinked('pipe syntax');
    }
  }

  private select(select: Select, parent: Scope | null, ctes: Ctes): { outputs: Outputs; scope: Scope } {
    this.selects.push(select);
    const scope = newScope(parent);
    if (select.from) this.from(select.from, scope, ctes);
    const named: { name: string; output: Output }[] = [];
    const stars: { table: string | null }[] = [];
    for (const item of select.items) {
      if (item.expr.kind === 'star') stars.push({ table: item.expr.table?.toLowerCase() ?? null });
      const written = item.expr.kind === 'column' || item.expr.kind === 'field' ? item.expr.name.toLowerCase() : null;
      const output = this.expression(item.expr, scope, ctes);
      const alias = item.alias?.toLowerCase() ?? null;
      if (alias === null || (alias === written && output && output.kind !== 'literal')) {
        item.alias = null;
        if (written !== null && output) named.push({ name: written, output });
        continue;
      }
      const own = this.names.namedOutput((name) => (item.alias = name));
      if (select.as === 'struct') own.need();
      named.push({ name: alias, output: own });
      scope.aliases.set(alias, own);
    }
    for (const expr of select.distinctOn) this.bareOr(expr, scope, ctes);
    if (select.where) this.expression(select.where, scope, ctes);
    for (const item of select.groupBy) this.children(item, scope, ctes);
    for (const expr of [select.having, select.qualify]) if (expr) this.expression(expr, scope, ctes);
    this.children(select.windows, scope, ctes);
    const outputs: Outputs = (name) =>
      named.find((entry) => entry.name === name)?.output ?? this.starOutput(name, stars, scope);
    return { outputs, scope };
  }

  private starOutput(name: string, stars: { table: string | null }[], scope: Scope): Output | null {
    for (const { table } of stars) {
      for (const source of scope.sources) {
        if (table !== null && source.label !== table && source.base !== table) continue;
        const output = columnOf(source, name, this.links);
        if (output) return output;
      }
    }
    return null;
  }

  private order(item: OrderItem, scope: Scope, ctes: Ctes): void {
    this.bareOr(item.expr, scope, ctes);
  }

  /** A bare name that is an output's is the output; anything else is an expression over the sources. */
  private bareOr(expr: Expr, scope: Scope, ctes: Ctes): void {
    const alias =
      expr.kind === 'column' && expr.table === null ? scope.aliases.get(expr.name.toLowerCase()) : undefined;
    if (alias && expr.kind === 'column') this.columns.writeOutput(expr, alias);
    else this.expression(expr, scope, ctes);
  }

  private from(item: FromItem, scope: Scope, ctes: Ctes): void {
    switch (item.kind) {
      case 'join':
        this.from(item.left, scope, ctes);
        this.from(item.right, scope, ctes);
        if (item.on) this.expression(item.on, scope, ctes);
        item.using = item.using.map((name) => this.columns.usingName(name, scope));
        return;
      case 'subquery': {
        const inner = this.query(item.query, item.lateral ? scope : scope.parent, ctes);
        const outputs = item.columns.length > 0 ? this.names.namedColumns(item.columns) : inner;
        addSource(scope, this.names.source(item, { outputs, keepsAlias: true }));
        return;
      }
      case 'function': {
        this.expression(item.call, scope, ctes);
        const named = this.names.namedColumns(item.columns);
        const offset = item.offset === null ? null : item.offset.toLowerCase();
        const offsetOutput = this.names.namedOutput((name) => (item.offset = name));
        if (offset !== null) offsetOutput.need();
        const call = item.call.kind === 'call' ? item.call.name.toLowerCase() : null;
        const outputs: Outputs = (name) =>
          named(name) ?? (name === offset ? offsetOutput : this.columns.functionColumn(name));
        const source = this.names.source(item, { outputs, keepsAlias: true });
        if (item.alias === null) Object.assign(source, { label: call, base: call });
        addSource(scope, source);
        return;
      }
      case 'table':
        this.table(item, scope, ctes);
        return;
      default:
        throw new NotLinked(`the source ${item.kind}`);
    }
  }

  private table(item: FromItem & { kind: 'table' }, scope: Scope, ctes: Ctes): void {
    const name = item.name.at(-1)!.toLowerCase();
    const cte = item.name.length === 1 ? ctes.get(name) : undefined;
    const owner = item.name.length > 1 ? findSource(scope, item.name[0]!.toLowerCase()) : null;
    const label = (item.alias ?? name).toLowerCase();
    if (cte) {
      // Read late: a recursive CTE is referred to before its outputs are known.
      const outputs: Outputs = (column) => cte.outputs?.(column) ?? null;
      const source = {
        ...this.names.source(item, { outputs, keepsAlias: false }),
        label,
        base: sentinel('q', cte.id),
        origin: cte,
      };
      item.name = [sentinel('q', cte.id)];
      this.names.keepAliasIfNeeded(item, source);
      addSource(scope, source);
    } else if (owner) {
      // BigQuery's `FROM orders, orders.items AS item`: the array of each row.
      const column = columnOf(owner, name, this.links);
      if (!column) throw new NotLinked(`the column ${item.name.join('.')}`);
      this.names.later(() => {
        const table = owner.table === null ? owner.base : sentinel('t', owner.table);
        item.name = [owner.aliased ? sentinel('q', owner.id) : table!, outputName(column)];
      });
      addSource(
        scope,
        this.names.source(item, { outputs: (field) => this.columns.functionColumn(field), keepsAlias: true }),
      );
    } else {
      const table = this.links.tables.findIndex((known) => known.name.toLowerCase() === name);
      if (table < 0) throw new NotLinked(`the table ${item.name.join('.')}`);
      const named = item.columns && item.columns.length > 0 ? this.names.namedColumns(item.columns) : null;
      const source = this.names.source(item, { outputs: named, keepsAlias: named !== null });
      Object.assign(source, { label, table: named ? null : table, origin: this.links.tables[table]! });
      if (!named) source.base = sentinel('t', table);
      item.name = [sentinel('t', table)];
      if (!named) this.names.keepAliasIfNeeded(item, source);
      addSource(scope, source);
    }
  }

  /** Rewrites an expression; of a plain column, gives what it refers to. */
  private expression(expr: Expr, scope: Scope, ctes: Ctes, use: LiteralUse = 'free'): Output | null {
    switch (expr.kind) {
      case 'column':
        return this.columns.column(expr, scope, use);
      case 'field':
        this.expression(expr.object, scope, ctes);
        return this.columns.field(expr);
      case 'star':
        return this.star(expr, scope, ctes);
      case 'number':
        expr.text = encodeNumber(expr.text, this.links);
        return null;
      case 'string':
        expr.value = encodeText(expr.value, this.links, use);
        return null;
      case 'typed':
        expr.value = encodeText(expr.value, this.links, 'compared');
        return null;
      case 'unary':
        if (expr.operator === '-' && expr.operand.kind === 'number') this.negative(expr, expr.operand.text);
        else this.expression(expr.operand, scope, ctes);
        return null;
      case 'binary': {
        const compares = comparisons.has(expr.operator);
        this.expression(expr.left, scope, ctes, compares ? useBeside(expr.right) : 'free');
        this.expression(expr.right, scope, ctes, compares ? useBeside(expr.left) : 'free');
        return null;
      }
      case 'between':
      case 'in':
      case 'like':
        this.predicate(expr, scope, ctes);
        return null;
      case 'case':
        if (expr.operand) this.expression(expr.operand, scope, ctes);
        for (const { when, then } of expr.whens) {
          this.expression(when, scope, ctes, expr.operand ? useBeside(expr.operand) : 'free');
          this.expression(then, scope, ctes);
        }
        if (expr.otherwise) this.expression(expr.otherwise, scope, ctes);
        return null;
      case 'struct':
        for (const item of expr.items) {
          this.expression(item.expr, scope, ctes);
          if (item.alias !== null) item.alias = this.columns.structField(item.alias);
        }
        return null;
      default:
        this.children(expr, scope, ctes);
        return null;
    }
  }

  private predicate(expr: Expr & { kind: 'between' | 'in' | 'like' }, scope: Scope, ctes: Ctes): void {
    this.expression(expr.operand, scope, ctes);
    const use = useBeside(expr.operand);
    const literals = expr.kind === 'between' ? [expr.low, expr.high] : expr.kind === 'in' ? expr.list : [expr.pattern];
    for (const literal of literals) this.expression(literal, scope, ctes, use);
    if (expr.kind === 'in' && expr.query) this.query(expr.query, scope, ctes);
    if (expr.kind === 'in' && expr.unnest) this.expression(expr.unnest, scope, ctes);
  }

  /** Everything below a node, whatever it is: expressions, order items, windows, queries. */
  private children(node: unknown, scope: Scope, ctes: Ctes): void {
    for (const child of Array.isArray(node) ? (node as unknown[]) : Object.values(node as object)) {
      if (child === null || typeof child !== 'object') continue;
      const { kind } = child as { kind?: string };
      if (kind === 'query') this.query(child as Query, scope, ctes);
      else if (kind === undefined || kind === 'expr') this.children(child, scope, ctes);
      else this.expression(child as Expr, scope, ctes);
    }
  }

  private negative(expr: Expr & { kind: 'unary' }, text: string): void {
    const whole = this.links.values.findIndex((value) => value.text === `-${text}`);
    if (whole >= 0) become(expr, { kind: 'number', text: sentinel('v', whole) });
    else expr.operand = { kind: 'number', text: encodeNumber(text, this.links) };
  }

  private star(expr: Expr & { kind: 'star' }, scope: Scope, ctes: Ctes): null {
    if (expr.object) this.expression(expr.object, scope, ctes);
    if (expr.table !== null) {
      const source = findSource(scope, expr.table.toLowerCase());
      if (!source) throw new NotLinked(`the table ${expr.table}`);
      this.names.later(() => (expr.table = source.aliased ? sentinel('q', source.id) : source.base));
    }
    expr.except = expr.except.map((name) => this.columns.usingName(name, scope));
    for (const item of expr.replace) {
      this.expression(item.expr, scope, ctes);
      item.name = this.columns.usingName(item.name, scope);
    }
    return null;
  }
}

/** A literal beside a column is what the question must have said; beside a computed value it may belong to the form. */
function useBeside(other: Expr): LiteralUse {
  return other.kind === 'column' || other.kind === 'field' ? 'compared' : 'computed';
}

/** The sort keys of a set operation are its outputs, and stand bare. */
function outputScope(outputs: Outputs): Scope {
  const source: Source = { id: -1, label: null, table: null, outputs, base: null, aliased: false, origin: {} };
  return { sources: [source], aliases: new Map(), parent: null };
}
