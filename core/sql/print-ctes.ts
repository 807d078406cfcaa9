import type { Cte, Expr } from './ast.js';
import type { Printing } from './printing.js';

/** The named queries after WITH. */
export function printCtes(ctes: Cte[], printing: Printing): string {
  const { names, query } = printing;
  return ctes
    .map((cte) => {
      const columns = cte.columns.length > 0 ? names.list(cte.columns) : '';
      const key = cte.key === undefined ? '' : ` USING KEY ${names.list(cte.key)}`;
      const hint = cte.materialized === undefined ? '' : cte.materialized ? 'MATERIALIZED ' : 'NOT MATERIALIZED ';
      return `${names.name(cte.name)}${columns}${key} AS ${hint}(${query(cte.query)})${recursionText(cte, printing)}`;
    })
    .join(', ');
}

function recursionText({ depth, search, cycle }: Cte, { names, expression, levels }: Printing): string {
  let text = '';
  const list = (items: string[]) => items.map((name) => names.name(name)).join(', ');
  if (depth !== undefined) {
    const bound = (expr: Expr | null) => (expr === null ? 'UNBOUNDED' : expression(expr, levels.predicate + 1));
    text += ` WITH DEPTH${depth.alias === null ? '' : ` AS ${names.name(depth.alias)}`}`;
    if (depth.low !== null || depth.high !== null) text += ` BETWEEN ${bound(depth.low)} AND ${bound(depth.high)}`;
  }
  if (search !== undefined) text += ` SEARCH ${search.order} FIRST BY ${list(search.by)} SET ${names.name(search.as)}`;
  if (cycle !== undefined) {
    const marks = cycle.to === null ? '' : ` TO ${expression(cycle.to)} DEFAULT ${expression(cycle.otherwise!)}`;
    text += ` CYCLE ${list(cycle.columns)} SET ${names.name(cycle.mark)}${marks} USING ${names.name(cycle.path)}`;
  }
  return text;
}
