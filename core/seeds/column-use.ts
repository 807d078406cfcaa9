import type { ColumnType } from '../database.js';
import type { Call, Expr, Query, QueryBody, Select } from '../sql/ast.js';
import { isAggregate } from '../sql/aggregates.js';
import { columns, queries, walk } from '../sql/walk.js';
import type { ColumnRole, ColumnSlot, JoinSlot } from '../template.js';
import type { NamedSlots } from './abstract-names.js';
import { SeedRefusal } from './refusal.js';

/** What a statement does with a column. */
type Use =
  'number' | 'text' | 'date' | 'extreme' | 'range' | 'group' | 'equal' | 'join' | 'order' | 'output' | 'distinct';

/** The column slots of a statement with the type and role that its uses ask for, and the joins. */
export function columnSlots(named: NamedSlots): { columns: ColumnSlot[]; joins: JoinSlot[] } {
  const uses = new Map<string, Set<Use>>([...named.columns.keys()].map((id) => [id, new Set()]));
  const joins: JoinSlot[] = [];
  for (const query of queries(named.query)) collectUses(query, named, uses, joins);
  const columns = [...named.columns].map(([id, column]): ColumnSlot => {
    const use = uses.get(id)!;
    const key = column.primary || column.foreign || use.has('join');
    const arithmetic = use.has('number');
    if ([arithmetic, use.has('text'), use.has('date')].filter(Boolean).length > 1)
      throw new SeedRefusal('conflicting-types');
    const slot = { id, table: column.slot };
    if (key && !arithmetic && !use.has('text')) {
      return { ...slot, type: 'other', role: 'key', path: column.primary ? 'primary' : 'foreign' };
    }
    const type = typeOf(use, column.type);
    return { ...slot, type, role: roleOf(use, type) };
  });
  return { columns, joins };
}

// Spider often declares numbers as text: what a statement does with a column says more than its declared type.
function typeOf(use: ReadonlySet<Use>, declared: string): ColumnType {
  if (use.has('number')) return 'number';
  if (use.has('text')) return 'text';
  if (use.has('date') || declared === 'time') return 'date';
  if (use.has('range') || use.has('extreme')) return declared === 'text' && !use.has('extreme') ? 'text' : 'number';
  if (use.has('group') || use.has('equal') || use.has('distinct')) return 'other';
  return declared === 'number' ? 'number' : declared === 'text' ? 'text' : 'other';
}

function roleOf(use: ReadonlySet<Use>, type: ColumnType): ColumnRole {
  if (type === 'date') return 'time';
  if (use.has('number') || use.has('range') || use.has('extreme')) return type === 'text' ? 'label' : 'measure';
  if (use.has('group') || use.has('equal') || use.has('distinct')) return 'category';
  if (type === 'number') return 'measure';
  return type === 'text' ? 'label' : 'any';
}

function collectUses(query: Query, named: NamedSlots, uses: ReadonlyMap<string, Set<Use>>, joins: JoinSlot[]): void {
  const note = (expr: Expr | undefined, use: Use) => {
    if (expr?.kind === 'column') uses.get(expr.name)?.add(use);
  };
  const link = (left: Expr | undefined, right: Expr | undefined) => {
    if (left?.kind !== 'column' || right?.kind !== 'column' || left.name === right.name) return;
    note(left, 'join');
    note(right, 'join');
    joins.push({ left: left.name, right: right.name });
  };
  for (const item of query.orderBy) note(item.expr, 'order');
  const isKey = (id: string) => named.columns.get(id)!.primary || named.columns.get(id)!.foreign;
  linkSides(query.body, isKey, link);
  walk(query, (node) => {
    if (node.kind === 'query') return node === query;
    if (node.kind === 'select') selectUses(node, note);
    else if (node.kind === 'call') callUses(node, note);
    else if (node.kind === 'binary') binaryUses(node, note, link);
    else if (node.kind === 'between') {
      note(node.operand, 'range');
      for (const bound of [node.low, node.high]) note(node.operand, literalUse(bound) ?? 'range');
    } else if (node.kind === 'like') note(node.operand, 'text');
    else if (node.kind === 'in') {
      note(node.operand, 'equal');
      if (node.query !== null) link(node.operand, outputs(node.query.body)[0]);
    }
    return true;
  });
}

function selectUses(select: Select, note: (expr: Expr, use: Use) => void): void {
  for (const item of select.items) note(item.expr, select.distinct ? 'distinct' : 'output');
  for (const item of select.groupBy) if (item.kind === 'expr') note(item.expr, 'group');
}

function callUses(call: Call, note: (expr: Expr | undefined, use: Use) => void): void {
  const name = call.name.toUpperCase();
  if (!isAggregate(call)) return;
  if (name === 'SUM' || name === 'AVG') columns(call, { own: true }).forEach((column) => note(column, 'number'));
  else if (name === 'MIN' || name === 'MAX') note(call.args[0], 'extreme');
  else if (name === 'COUNT') note(call.args[0], 'distinct');
}

function binaryUses(
  node: Expr & { kind: 'binary' },
  note: (expr: Expr | undefined, use: Use) => void,
  link: (left: Expr, right: Expr) => void,
): void {
  const { operator, left, right } = node;
  if (/^[-+*/%]$/.test(operator)) [left, right].forEach((side) => note(side, 'number'));
  if (operator === '=' && right.kind === 'column') return link(left, right);
  const range = /^[<>]=?$/.test(operator);
  if (!range && operator !== '=' && operator !== '<>') return;
  for (const [side, other] of [
    [left, right],
    [right, left],
  ] as const) {
    note(side, range ? 'range' : 'equal');
    const use = literalUse(other);
    if (use !== null && (range || use === 'date')) note(side, use);
  }
}

/** What a literal says of the column that it is compared with. */
function literalUse(expr: Expr): Use | null {
  if (expr.kind === 'number' || (expr.kind === 'unary' && expr.operand.kind === 'number')) return 'number';
  if (expr.kind !== 'string') return null;
  return /^\d{4}-\d{1,2}-\d{1,2}/.test(expr.value) ? 'date' : null;
}

function outputs(body: QueryBody): Expr[] {
  if (body.kind === 'select') return body.items.map((item) => item.expr);
  return body.kind === 'set' ? outputs(body.left) : [];
}

// The sides of a set operation hold the same kind of thing: keys are bound along a foreign key.
function linkSides(body: QueryBody, isKey: (id: string) => boolean, link: (left: Expr, right: Expr) => void): void {
  if (body.kind !== 'set') return;
  const right = outputs(body.right);
  outputs(body.left).forEach((left, index) => {
    const other = right[index];
    if (left.kind === 'column' && other?.kind === 'column' && isKey(left.name) && isKey(other.name)) link(left, other);
  });
  linkSides(body.left, isKey, link);
}
