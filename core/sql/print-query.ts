import { sameTree } from '../templates/same-tree.js';
import type { Query, QueryBody, SetOperation } from './ast.js';
import { likePostgres } from './grammar.js';
import { printOrder } from './print-call.js';
import { printCtes } from './print-ctes.js';
import { printPipe } from './print-pipe.js';
import { printSelect } from './print-select.js';
import { printSetWords } from './print-sets.js';
import type { Printing } from './printing.js';

/** A query with its CTEs, order and limit. */
export function printQuery(query: Query, printing: Printing): string {
  const { expression } = printing;
  const parts: string[] = [];
  if (query.ctes.length > 0)
    parts.push(`WITH ${query.recursive ? 'RECURSIVE ' : ''}${printCtes(query.ctes, printing)}`);
  parts.push(bodyText(query.body, printing));
  if (query.orderBy.length > 0) parts.push(`ORDER BY ${printOrder(query.orderBy, printing)}`);
  if (query.withTies && query.limit !== null) {
    if (query.offset !== null) parts.push(`OFFSET ${expression(query.offset)} ROWS`);
    parts.push(`FETCH FIRST ${expression(query.limit)} ROWS WITH TIES`);
    return parts.join(' ');
  }
  if (query.limit !== null) parts.push(`LIMIT ${expression(query.limit)}${query.percent ? ' %' : ''}`);
  if (query.offset !== null) parts.push(`OFFSET ${expression(query.offset)}`);
  return parts.join(' ');
}

function bodyText(body: QueryBody, printing: Printing): string {
  switch (body.kind) {
    case 'select':
      return printSelect(body, printing);
    case 'set':
      return setText(body, printing);
    case 'values':
      return `VALUES ${body.rows.map((row) => `(${row.map((expr) => printing.expression(expr)).join(', ')})`).join(', ')}`;
    case 'nested':
      return `(${printing.query(body.query)})`;
    case 'pipe':
      return [printing.query(body.input), ...body.operators.map((each) => `|> ${printPipe(each, printing)}`)].join(' ');
  }
}

// PostgreSQL binds INTERSECT tighter than the others, BigQuery wants parentheses where operators mix, SQLite reads from the left.
function setText(set: SetOperation, printing: Printing): string {
  const { grammar } = printing;
  const operand = (body: QueryBody, side: 'left' | 'right') => {
    const text = bodyText(body, printing);
    if (body.kind === 'pipe' || (body.kind === 'select' && body.fromFirst && grammar === 'bigquery'))
      return `(${text})`;
    if (body.kind !== 'set') return text;
    const same =
      body.operator === set.operator && body.all === set.all && sameTree(body.matching ?? null, set.matching ?? null);
    const tighter = body.operator === 'INTERSECT' && set.operator !== 'INTERSECT';
    const looser = set.operator === 'INTERSECT' && body.operator !== 'INTERSECT';
    const bare =
      side === 'left'
        ? same || grammar === 'sqlite' || (likePostgres(grammar) && !looser)
        : likePostgres(grammar) && tighter;
    return bare ? text : `(${text})`;
  };
  return `${operand(set.left, 'left')} ${printSetWords(set, printing)} ${operand(set.right, 'right')}`;
}
