import type { Expr, Select } from './ast.js';

/** The output that a number in GROUP BY or ORDER BY stands for (`ORDER BY 2`); undefined where it is no number, or there is no such output. */
export function outputAt(key: Expr, { items }: Select): Expr | undefined {
  return key.kind === 'number' ? items[Number(key.text) - 1]?.expr : undefined;
}
