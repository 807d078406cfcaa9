import type { Expr, GroupItem, Privacy, Select } from './ast.js';
import { printWindow } from './print-call.js';
import { printFrom, printSample } from './print-from.js';
import { printItems } from './print-items.js';
import type { Printing } from './printing.js';

/** One SELECT, or what is written in its place. */
export function printSelect(select: Select, printing: Printing): string {
  if (select.fromFirst) return [fromText(select, printing), clausesText(select, printing)].filter(Boolean).join(' ');
  const parts = [printOutputs(select, printing)];
  if (select.from !== null) parts.push(`FROM ${printFrom(select.from, printing)}`);
  return [...parts, clausesText(select, printing)].filter(Boolean).join(' ');
}

// `FROM t SELECT a`, `FROM t` where all columns are put out, and DuckDB's PIVOT statement, which has no words around it.
function fromText(select: Select, printing: Printing): string {
  const from = select.from!;
  const statement = (from.kind === 'pivot' || from.kind === 'unpivot') && from.style === 'statement';
  const text = `${statement ? '' : 'FROM '}${printFrom(from, printing)}`;
  const outputs = printOutputs(select, printing);
  return outputs === 'SELECT *' ? text : `${text} ${outputs}`;
}

/** SELECT with its outputs, up to FROM. */
export function printOutputs(select: Select, printing: Printing): string {
  const { expression } = printing;
  const parts = ['SELECT'];
  if (select.privacy !== undefined) parts.push(printPrivacy(select.privacy, printing));
  if (select.distinctOn.length > 0)
    parts.push(`DISTINCT ON (${select.distinctOn.map((expr) => expression(expr)).join(', ')})`);
  else if (select.distinct) parts.push('DISTINCT');
  if (select.as !== null) parts.push(`AS ${select.as.toUpperCase()}`);
  if (select.items.length > 0) parts.push(printItems(select.items, printing));
  return parts.join(' ');
}

/** WITH DIFFERENTIAL_PRIVACY OPTIONS (…). */
export function printPrivacy({ word, options }: Privacy, { names, expression }: Printing): string {
  const list = options.map(({ name, value }) => `${names.name(name)} = ${expression(value)}`);
  return `WITH ${word}${options.length === 0 ? '' : ` OPTIONS (${list.join(', ')})`}`;
}

function clausesText(select: Select, printing: Printing): string {
  const { expression } = printing;
  const parts: string[] = [];
  if (select.where !== null) parts.push(`WHERE ${expression(select.where)}`);
  if (select.groupBy.length > 0) {
    const distinct = select.groupDistinct ? 'DISTINCT ' : '';
    parts.push(`GROUP BY ${distinct}${select.groupBy.map((item) => printGroup(item, printing)).join(', ')}`);
  }
  if (select.having !== null) parts.push(`HAVING ${expression(select.having)}`);
  const windows = select.windows.length > 0 ? [printWindows(select.windows, printing)] : [];
  const qualify = select.qualify === null ? [] : [`QUALIFY ${expression(select.qualify)}`];
  parts.push(...(printing.grammar === 'duckdb' ? [...windows, ...qualify] : [...qualify, ...windows]));
  if (select.sample !== undefined) parts.push(`USING SAMPLE ${printSample(select.sample, printing)}`);
  return parts.join(' ');
}

/** A WINDOW clause. */
export function printWindows(windows: Select['windows'], printing: Printing): string {
  const entries = windows.map(
    ({ name, window }) => `${printing.names.name(name)} AS (${printWindow(window, printing)})`,
  );
  return `WINDOW ${entries.join(', ')}`;
}

/** One item of GROUP BY. */
export function printGroup(item: GroupItem, printing: Printing): string {
  const { expression } = printing;
  const list = (exprs: Expr[]) => exprs.map((expr) => expression(expr)).join(', ');
  switch (item.kind) {
    case 'expr':
      return expression(item.expr);
    case 'all':
      return 'ALL';
    case 'rollup':
    case 'cube':
      if (printing.grammar === 'mariadb') return `${list(item.exprs)} WITH ${item.kind.toUpperCase()}`;
      return `${item.kind.toUpperCase()} (${list(item.exprs)})`;
    case 'sets':
      return `GROUPING SETS (${item.sets.map((set) => `(${list(set)})`).join(', ')})`;
    case 'nested-sets': {
      const plain = (each: GroupItem) =>
        each.kind === 'sets' && each.sets.length === 1 ? `(${list(each.sets[0]!)})` : printGroup(each, printing);
      return `GROUPING SETS (${item.items.map(plain).join(', ')})`;
    }
  }
}
