import type { Expr, GroupItem, Query, QueryBody, Select, SetOperation } from './ast.js';
import { printOrder, printWindow } from './print-call.js';
import { printFrom } from './print-from.js';
import type { Printing } from './printing.js';

/** A query with its CTEs, order and limit. */
export function printQuery(query: Query, printing: Printing): string {
  const { expression } = printing;
  const parts: string[] = [];
  if (query.ctes.length > 0) parts.push(`WITH ${query.recursive ? 'RECURSIVE ' : ''}${ctesText(query, printing)}`);
  parts.push(bodyText(query.body, printing));
  if (query.orderBy.length > 0) parts.push(`ORDER BY ${printOrder(query.orderBy, printing)}`);
  if (query.withTies && query.limit !== null) {
    if (query.offset !== null) parts.push(`OFFSET ${expression(query.offset)} ROWS`);
    parts.push(`FETCH FIRST ${expression(query.limit)} ROWS WITH TIES`);
    return parts.join(' ');
  }
  if (query.limit !== null) parts.push(`LIMIT ${expression(query.limit)}`);
  if (query.offset !== null) parts.push(`OFFSET ${expression(query.offset)}`);
  return parts.join(' ');
}

function ctesText(query: Query, { names, query: text }: Printing): string {
  return query.ctes
    .map((cte) => {
      const columns = cte.columns.length > 0 ? `(${cte.columns.map((name) => names.name(name)).join(', ')})` : '';
      const hint = cte.materialized === undefined ? '' : cte.materialized ? 'MATERIALIZED ' : 'NOT MATERIALIZED ';
      return `${names.name(cte.name)}${columns} AS ${hint}(${text(cte.query)})`;
    })
    .join(', ');
}

function bodyText(body: QueryBody, printing: Printing): string {
  switch (body.kind) {
    case 'select':
      return selectText(body, printing);
    case 'set':
      return setText(body, printing);
    case 'values':
      return `VALUES ${body.rows.map((row) => `(${row.map((expr) => printing.expression(expr)).join(', ')})`).join(', ')}`;
    case 'nested':
      return `(${printing.query(body.query)})`;
  }
}

// PostgreSQL binds INTERSECT tighter than the others, BigQuery wants parentheses where operators mix, SQLite reads from the left.
function setText(set: SetOperation, printing: Printing): string {
  const { grammar, manifest } = printing;
  const operand = (body: QueryBody, side: 'left' | 'right') => {
    const text = bodyText(body, printing);
    if (body.kind !== 'set') return text;
    const same = body.operator === set.operator && body.all === set.all;
    const tighter = body.operator === 'INTERSECT' && set.operator !== 'INTERSECT';
    const looser = set.operator === 'INTERSECT' && body.operator !== 'INTERSECT';
    const bare =
      side === 'left'
        ? same || grammar === 'sqlite' || (grammar === 'postgres' && !looser)
        : grammar === 'postgres' && tighter;
    return bare ? text : `(${text})`;
  };
  const word = set.all ? 'ALL' : manifest.printer.setOperationDistinct;
  const operator = word === '' ? set.operator : `${set.operator} ${word}`;
  return `${operand(set.left, 'left')} ${operator} ${operand(set.right, 'right')}`;
}

function selectText(select: Select, printing: Printing): string {
  const { names, expression } = printing;
  const parts = ['SELECT'];
  if (select.distinctOn.length > 0)
    parts.push(`DISTINCT ON (${select.distinctOn.map((expr) => expression(expr)).join(', ')})`);
  else if (select.distinct) parts.push('DISTINCT');
  if (select.as !== null) parts.push(`AS ${select.as.toUpperCase()}`);
  const items = select.items.map(
    ({ expr, alias }) => expression(expr) + (alias === null ? '' : ` AS ${names.name(alias)}`),
  );
  if (items.length > 0) parts.push(items.join(', '));
  if (select.from !== null) parts.push(`FROM ${printFrom(select.from, printing)}`);
  if (select.where !== null) parts.push(`WHERE ${expression(select.where)}`);
  if (select.groupBy.length > 0)
    parts.push(`GROUP BY ${select.groupBy.map((item) => groupText(item, printing)).join(', ')}`);
  if (select.having !== null) parts.push(`HAVING ${expression(select.having)}`);
  if (select.qualify !== null) parts.push(`QUALIFY ${expression(select.qualify)}`);
  if (select.windows.length > 0) {
    parts.push(
      `WINDOW ${select.windows.map(({ name, window }) => `${names.name(name)} AS (${printWindow(window, printing)})`).join(', ')}`,
    );
  }
  return parts.join(' ');
}

function groupText(item: GroupItem, { expression }: Printing): string {
  const list = (exprs: Expr[]) => exprs.map((expr) => expression(expr)).join(', ');
  switch (item.kind) {
    case 'expr':
      return expression(item.expr);
    case 'all':
      return 'ALL';
    case 'rollup':
    case 'cube':
      return `${item.kind.toUpperCase()} (${list(item.exprs)})`;
    case 'sets':
      return `GROUPING SETS (${item.sets.map((set) => `(${list(set)})`).join(', ')})`;
  }
}
