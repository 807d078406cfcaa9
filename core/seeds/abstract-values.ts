import type { Expr, Query } from '../sql/ast.js';
import { isAggregate } from '../sql/aggregates.js';
import { columns, rewrite } from '../sql/walk.js';
import type { ColumnSlot, ValueSlot } from '../template.js';
import { SeedRefusal } from './refusal.js';

export interface ValueSlots {
  query: Query;
  values: ValueSlot[];
  /** What each slot stood for. */
  literals: Map<string, Expr>;
}

/**
 * Puts slots where values are, each with how the filler is to make it: an existing value for an equality, a threshold for a range, a part of a
 * text for LIKE. The same value of the same column is the same slot. `LIMIT 1` stays: it is what "the most" means.
 */
export function abstractValues(query: Query, slots: readonly ColumnSlot[]): ValueSlots {
  const values: ValueSlot[] = [];
  const literals = new Map<string, Expr>();
  const known = new Map<string, string>();
  const slotFor = (literal: Expr, slot: Omit<ValueSlot, 'id'>): Expr => {
    const key = JSON.stringify([slot, literal]);
    const id = known.get(key) ?? `V${values.length + 1}`;
    if (!known.has(key)) values.push({ id, ...slot });
    known.set(key, id);
    literals.set(id, literal);
    return { kind: 'placeholder', id };
  };
  const tree = rewrite(query, (node) => {
    switch (node.kind) {
      case 'query':
        return { ...node, limit: limitSlot(node.limit, slotFor), offset: limitSlot(node.offset, slotFor) };
      case 'binary': {
        if (!/^(?:=|<>|[<>]=?)$/.test(node.operator)) return node;
        const range = /^[<>]/.test(node.operator) && node.operator !== '<>';
        const left = isLiteral(node.left) ? slotFor(node.left, subject(node.right, range)) : node.left;
        const right = isLiteral(node.right) ? slotFor(node.right, subject(node.left, range)) : node.right;
        return { ...node, left, right };
      }
      case 'between': {
        const bound = (expr: Expr) => (isLiteral(expr) ? slotFor(expr, subject(node.operand, true)) : expr);
        return { ...node, low: bound(node.low), high: bound(node.high) };
      }
      case 'in':
        return {
          ...node,
          list: node.list.map((item) => (isLiteral(item) ? slotFor(item, subject(node.operand, false)) : item)),
        };
      case 'like':
        return { ...node, pattern: patternSlot(node.operand, node.pattern, slots, slotFor) };
      default:
        return node;
    }
  });
  return { query: tree, values, literals };
}

type SlotFor = (literal: Expr, slot: Omit<ValueSlot, 'id'>) => Expr;

function isLiteral(expr: Expr): boolean {
  return expr.kind === 'number' || expr.kind === 'string' || (expr.kind === 'unary' && expr.operand.kind === 'number');
}

function limitSlot(limit: Expr | null, slotFor: SlotFor): Expr | null {
  if (limit?.kind !== 'number' || limit.text === '1') return limit;
  return slotFor(limit, { column: null, use: 'limit' });
}

/** What a compared expression takes its values from. */
function subject(expr: Expr, range: boolean): Omit<ValueSlot, 'id'> {
  if (expr.kind === 'column') return { column: expr.name, use: range ? 'threshold' : 'existing' };
  if (expr.kind === 'call' && expr.name === 'COUNT') return { column: null, use: 'count' };
  const [column] = columns(expr, { own: true });
  if (expr.kind === 'call' && isAggregate(expr) && column !== undefined)
    return { column: column.name, use: 'threshold' };
  if (expr.kind === 'subquery') return { column: null, use: 'count' };
  return { column: null, use: 'number' };
}

function patternSlot(operand: Expr, pattern: Expr, slots: readonly ColumnSlot[], slotFor: SlotFor): Expr {
  const slot = operand.kind === 'column' ? slots.find((candidate) => candidate.id === operand.name) : undefined;
  if (slot === undefined || pattern.kind !== 'string') throw new SeedRefusal('unsupported-pattern');
  const shape = /^(%?)[^%_]+(%?)$/.exec(pattern.value);
  if (shape === null) throw new SeedRefusal('unsupported-pattern');
  const [, before = '', after = ''] = shape;
  if (before === '' && after === '') throw new SeedRefusal('unsupported-pattern');
  const use = before === '' ? 'prefix' : after === '' ? 'suffix' : 'infix';
  return slotFor(pattern, { column: slot.id, use, form: `${before}{}${after}` });
}
