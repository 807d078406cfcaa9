import type { DatabaseSchema } from '../database.js';
import type { DialectManifest } from '../dialect.js';
import type { Random } from '../sampling/random.js';
import type { Expr, Query } from '../sql/ast.js';
import { print } from '../sql/printer.js';
import { rewrite } from '../sql/walk.js';
import type { Template } from '../template.js';
import { bind, type Binding } from './bind.js';
import { orderBounds } from './bounds.js';
import { sampleValues } from './values.js';

export interface FilledStatement {
  query: Query;
  sql: string;
}

export type FillOutcome =
  ({ outcome: 'filled' } & FilledStatement) | { outcome: 'rejected'; reason: 'no-columns' | 'no-values' };

/** Puts a database's tables, columns and values into a template's slots. */
export function fillTemplate(input: {
  template: Template;
  schema: DatabaseSchema;
  manifest: DialectManifest;
  random: Random;
}): FillOutcome {
  const { template, schema, manifest, random } = input;
  let binding = bind(template, schema, random);
  for (let attempt = 0; binding !== null && attempt < 5 && sameNames(template, binding); attempt += 1) {
    binding = bind(template, schema, random);
  }
  if (binding === null || sameNames(template, binding)) return { outcome: 'rejected', reason: 'no-columns' };
  const values = sampleValues(template, binding, random);
  if (values === null) return { outcome: 'rejected', reason: 'no-values' };
  const slots = new Map(template.columns.map((slot) => [slot.id, slot]));
  const filled = rewrite(template.query, (node) => {
    switch (node.kind) {
      case 'table':
        return { ...node, name: node.name.map((part) => binding.tables.get(part)?.name ?? part) };
      case 'column':
        return { ...node, name: binding.columns.get(node.name)?.name ?? node.name };
      case 'star':
        return { ...node, except: node.except.map((name) => binding.columns.get(name)?.name ?? name) };
      case 'field': {
        const owner = [...binding.paths].find(([id]) => slots.get(id)?.path?.split(':')[0] === node.name);
        return owner === undefined ? node : { ...node, name: owner[1] };
      }
      case 'placeholder':
        return values.get(node.id) ?? node;
      case 'between':
        return { ...node, ...ordered(node.low, node.high) };
      case 'case':
        return { ...node, whens: fallingBands(node.whens) };
      default:
        return node;
    }
  });
  const query = orderBounds(filled);
  return { outcome: 'filled', query, sql: print(query, manifest) };
}

/** Two outputs of one name: legal in some dialects only, and hard to tell apart in a result. */
function sameNames(template: Template, binding: Binding): boolean {
  const { body } = template.query;
  if (body.kind !== 'select') return false;
  const names = body.items.flatMap(({ expr, alias }) =>
    expr.kind === 'column' && alias === null ? [(binding.columns.get(expr.name)?.name ?? expr.name).toLowerCase()] : [],
  );
  return new Set(names).size < names.length;
}

/** Arms that compare one thing with falling limits: a higher limit after a lower one would never be reached. */
function fallingBands(whens: { when: Expr; then: Expr }[]): { when: Expr; then: Expr }[] {
  const limits = whens.map(({ when }) =>
    when.kind === 'binary' && /^>=?$/.test(when.operator) && when.right.kind === 'number'
      ? Number(when.right.text)
      : null,
  );
  if (whens.length < 2 || limits.some((limit) => limit === null)) return whens;
  const falling = [...limits].sort((a, b) => b! - a!);
  return whens.map((arm, index) => ({
    ...arm,
    when: { ...arm.when, right: { kind: 'number', text: String(falling[index]) } } as Expr,
  }));
}

/** BETWEEN needs its smaller end first. */
function ordered(low: Expr, high: Expr): { low: Expr; high: Expr } {
  const swap =
    (low.kind === 'number' && high.kind === 'number' && Number(low.text) > Number(high.text)) ||
    (low.kind === 'string' && high.kind === 'string' && low.value > high.value);
  return swap ? { low: high, high: low } : { low, high };
}
