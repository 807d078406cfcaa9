import type { Expr, Query } from '../sql/ast.js';
import { expressions } from '../sql/walk.js';

export type AbstractionReason =
  'unknown-table' | 'unknown-column' | 'unsupported-shape' | 'constant-path' | 'constant-value';

/** Thrown inside abstraction where a statement cannot become a template. */
export class Unsupported extends Error {
  constructor(readonly reason: AbstractionReason) {
    super(reason);
  }
}

/** A text compared with a column is data of the examples' database: such a statement says nothing elsewhere. */
export function refuseConstants(query: Query): void {
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
