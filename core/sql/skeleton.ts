import type { DialectManifest } from '../dialect.js';
import type { Expr, Query } from './ast.js';
import { print } from './printer.js';
import { isFromItem, rewrite, type SqlNode } from './walk.js';

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
  switch (node.kind) {
    case 'query':
      return { ...node, ctes: node.ctes.map((cte) => ({ ...cte, name: '_', columns: [] })) };
    case 'select':
      return {
        ...node,
        items: node.items.map((item) => ({ ...item, alias: null })),
        windows: node.windows.map((entry) => ({ ...entry, name: '_' })),
      };
    case 'values':
      return { ...node, rows: node.rows.slice(0, 1) };
    case 'column':
    case 'field':
    case 'number':
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
      return { ...node, items: node.items.map((item) => ({ ...item, alias: null })) };
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

function isBlank(expr: Expr): boolean {
  return expr.kind === 'column' && expr.name === '_';
}

function eraseSource(node: SqlNode & { kind: 'table' | 'subquery' | 'function' | 'join' }): SqlNode {
  switch (node.kind) {
    case 'table':
      return { kind: 'table', name: ['_'], alias: null };
    case 'subquery':
      return 'lateral' in node ? { ...node, alias: null, columns: [] } : node;
    case 'function': {
      const { columnTypes: _types, ...rest } = node;
      return { ...rest, alias: null, columns: [], offset: node.offset === null ? null : '_' };
    }
    case 'join':
      return { ...node, using: node.using.map(() => '_') };
  }
}

function eraseWindow<W extends { base: string | null; frame: string | null }>(window: W): W {
  return { ...window, base: window.base === null ? null : '_', frame: window.frame?.replace(/\d+/g, '_') ?? null };
}
