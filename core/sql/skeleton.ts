import type { DialectManifest } from '../dialect.js';
import type { Expr, FromItem, PipeOperator, Query, SelectItem } from './ast.js';
import { print } from './printer.js';
import { isFromItem, isPipeOperator, rewrite, type SqlNode } from './walk.js';

const blank: Expr = { kind: 'column', table: null, name: '_' };

/**
 * A query's shape: its text with every table, column, alias and value erased to `_`, and lists of values to one.
 * `SELECT _, COUNT(*) FROM _ JOIN _ ON _ = _ GROUP BY _`
 */
export function skeleton(query: Query, manifest: DialectManifest): string {
  return print(rewrite(query, erase), manifest);
}

function erase(node: SqlNode): SqlNode {
  if (isFromItem(node)) return eraseSource(node);
  if (isPipeOperator(node)) return erasePipe(node);
  switch (node.kind) {
    case 'query':
      return { ...node, ctes: node.ctes.map((cte) => ({ ...cte, name: '_', columns: [] })) };
    case 'select':
      return {
        ...node,
        items: unnamed(node.items),
        windows: node.windows.map((entry) => ({ ...entry, name: '_' })),
      };
    case 'values':
      return { ...node, rows: node.rows.slice(0, 1) };
    case 'column':
    case 'field':
    case 'number':
    case 'parameter':
    case 'string':
    case 'boolean':
    case 'typed':
    case 'placeholder':
      return blank;
    case 'star':
      return { kind: 'star', table: null, except: node.except.length > 0 ? ['_'] : [], replace: node.replace };
    case 'unary':
      return node.operator !== 'NOT' && isBlank(node.operand) ? blank : node;
    case 'struct':
      return { ...node, items: unnamed(node.items) };
    case 'lambda':
      return { ...node, parameters: node.parameters.map(() => '_') };
    case 'list-comprehension':
      return { ...node, variables: node.variables.map(() => '_') };
    case 'with':
      return { ...node, bindings: node.bindings.map(({ value }) => ({ name: '_', value })) };
    case 'in':
      return node.list.length > 1 && node.list.every(isBlank) ? { ...node, list: [blank] } : node;
    case 'array':
      return node.items.length > 1 && node.items.every(isBlank) ? { ...node, items: [blank] } : node;
    case 'call':
      return node.over === null ? node : { ...node, over: eraseWindow(node.over) };
    default:
      return node;
  }
}

function unnamed<Item extends SelectItem>(items: Item[]): Item[] {
  return items.map((item) => ({ ...item, alias: null }));
}

function erasePipe(node: PipeOperator): PipeOperator {
  switch (node.kind) {
    case 'pipe-extend':
      return { ...node, items: unnamed(node.items) };
    case 'pipe-aggregate':
      return {
        ...node,
        items: unnamed(node.items),
        groupBy: node.groupBy.map((group) => ({ ...group, alias: null })),
      };
    case 'pipe-set':
      return { ...node, assignments: node.assignments.map(({ value }) => ({ name: '_', value })) };
    case 'pipe-drop':
      return { ...node, names: ['_'] };
    case 'pipe-rename':
      return { ...node, renames: [{ from: '_', to: '_' }] };
    case 'pipe-as':
      return { ...node, alias: '_' };
    case 'pipe-join':
      return { ...node, using: node.using.map(() => '_') };
    case 'pipe-call':
      return { ...node, alias: null };
    default:
      return node;
  }
}

function isBlank(expr: Expr): boolean {
  return expr.kind === 'column' && expr.name === '_';
}

function eraseSource(node: FromItem): FromItem {
  switch (node.kind) {
    case 'table':
      return { kind: 'table', name: ['_'], alias: null };
    case 'subquery':
      return { ...node, alias: null, columns: [] };
    case 'function': {
      const { columnTypes: _types, ...rest } = node;
      return { ...rest, alias: null, columns: [], offset: node.offset === null ? null : '_' };
    }
    case 'join':
      return { ...node, using: node.using.map(() => '_') };
    case 'rows-from':
      return { ...node, calls: node.calls.map(({ call }) => ({ call, columns: [], columnTypes: [] })), alias: null };
    case 'named-join':
      return { ...node, alias: '_', columns: [] };
    case 'as-of':
    case 'sample':
      return node;
    case 'pivot': {
      const columns = node.columns.map(({ expr, values }) => ({ expr, values: values && unnamed(values.slice(0, 1)) }));
      return { ...node, aggregates: unnamed(node.aggregates), columns, alias: null };
    }
    case 'match-recognize':
      return {
        ...node,
        measures: unnamed(node.measures),
        pattern: '_',
        define: node.define.map(({ condition }) => ({ name: '_', condition })),
        alias: null,
      };
    case 'unpivot': {
      const columns = node.columns.slice(0, 1).map(({ exprs }) => ({ exprs, label: null }));
      return { ...node, values: node.values.map(() => '_'), name: '_', columns, alias: null };
    }
  }
}

function eraseWindow<W extends { base: string | null; frame: string | null }>(window: W): W {
  return { ...window, base: window.base === null ? null : '_', frame: window.frame?.replace(/\d+/g, '_') ?? null };
}
