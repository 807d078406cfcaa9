import type { Pivot, Unpivot } from './ast.js';
import { printItems } from './print-items.js';
import type { Printing } from './printing.js';

/** PIVOT without the source before it; DuckDB's statement with its source. */
export function printPivot(pivot: Pivot, printing: Printing): string {
  const { expression, levels } = printing;
  const columns = pivot.columns.map(({ expr, values }) => {
    const list = values === null ? '' : ` IN (${printItems(values, printing)})`;
    return `${expression(expr, levels.predicate + 1)}${list}`;
  });
  const aggregates = printItems(pivot.aggregates, printing);
  const groups = pivot.groupBy.map((expr) => expression(expr)).join(', ');
  const groupBy = groups === '' ? '' : ` GROUP BY ${groups}`;
  if (pivot.style === 'clause') return `PIVOT (${aggregates} FOR ${columns.join(' ')}${groupBy})`;
  const using = aggregates === '' ? '' : ` USING ${aggregates}`;
  return `PIVOT ${printing.from(pivot.source!)} ON ${columns.join(', ')}${using}${groupBy}`;
}

/** UNPIVOT, likewise. */
export function printUnpivot(unpivot: Unpivot, printing: Printing): string {
  const { expression, names } = printing;
  const nulls = unpivot.nulls === null ? '' : `${unpivot.nulls} NULLS `;
  const columns = unpivot.columns
    .map(({ exprs, label }) => {
      const list = exprs.map((expr) => expression(expr)).join(', ');
      return `${exprs.length === 1 ? list : `(${list})`}${label === null ? '' : ` AS ${expression(label)}`}`;
    })
    .join(', ');
  const [first, ...more] = unpivot.values;
  if (unpivot.style === 'clause') {
    const values = more.length === 0 ? names.name(first!) : names.list(unpivot.values);
    return `UNPIVOT ${nulls}(${values} FOR ${names.name(unpivot.name)} IN (${columns}))`;
  }
  const values = unpivot.values.map((name) => names.name(name)).join(', ');
  const into = ` INTO NAME ${names.name(unpivot.name)} VALUE ${values}`;
  return `UNPIVOT ${printing.from(unpivot.source!)} ${nulls}ON ${columns}${into}`;
}
