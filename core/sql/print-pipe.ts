import type { PipeGroup, PipeItem, PipeOperator } from './ast.js';
import { printOrder } from './print-call.js';
import { printCtes } from './print-ctes.js';
import { printJoinCondition, printJoinWords } from './print-from.js';
import { printItem, printItems } from './print-items.js';
import { printGroup, printOutputs, printPrivacy, printWindows } from './print-select.js';
import { printSetWords } from './print-sets.js';
import type { Printing } from './printing.js';

/** One pipe operator, without the `|>` before it. */
export function printPipe(operator: PipeOperator, printing: Printing): string {
  const { expression, names, query } = printing;
  switch (operator.kind) {
    case 'pipe-select': {
      const { windows } = operator.select;
      return `${printOutputs(operator.select, printing)}${windows.length === 0 ? '' : ` ${printWindows(windows, printing)}`}`;
    }
    case 'pipe-extend':
      return `EXTEND ${printItems(operator.items, printing)}`;
    case 'pipe-set':
      return `SET ${operator.assignments.map(({ name, value }) => `${names.name(name)} = ${expression(value)}`).join(', ')}`;
    case 'pipe-drop':
      return `DROP ${operator.names.map((name) => names.name(name)).join(', ')}`;
    case 'pipe-rename':
      return `RENAME ${operator.renames.map(({ from, to }) => `${names.name(from)} AS ${names.name(to)}`).join(', ')}`;
    case 'pipe-as':
      return `AS ${names.name(operator.alias)}`;
    case 'pipe-where':
      return `WHERE ${expression(operator.condition)}`;
    case 'pipe-aggregate':
      return aggregateText(operator, printing);
    case 'pipe-distinct':
      return 'DISTINCT';
    case 'pipe-join':
      return `${printJoinWords(operator.join)} ${rightText(operator.right, printing)}${printJoinCondition(operator, printing)}`;
    case 'pipe-call':
      return `CALL ${expression(operator.call)}${operator.alias === null ? '' : ` AS ${names.name(operator.alias)}`}`;
    case 'pipe-order':
      return `ORDER BY ${printOrder(operator.orderBy, printing)}`;
    case 'pipe-limit':
      return `LIMIT ${expression(operator.limit)}${operator.offset === null ? '' : ` OFFSET ${expression(operator.offset)}`}`;
    case 'pipe-set-operation':
      return `${printSetWords(operator.words, printing)} ${operator.queries.map((each) => `(${query(each)})`).join(', ')}`;
    case 'pipe-source':
      return printing.from(operator.operation);
    case 'pipe-with':
      return `WITH ${printCtes(operator.ctes, printing)}`;
    case 'pipe-assert':
      return `ASSERT ${[operator.condition, ...operator.message].map((each) => expression(each)).join(', ')}`;
  }
}

function rightText(right: Parameters<Printing['from']>[0], { from }: Printing): string {
  return right.kind === 'join' ? `(${from(right)})` : from(right);
}

function directionText({ order, nulls }: Pick<PipeItem, 'order' | 'nulls'>): string {
  return `${order === null ? '' : ` ${order}`}${nulls === null ? '' : ` NULLS ${nulls.toUpperCase()}`}`;
}

function aggregateText(operator: PipeOperator & { kind: 'pipe-aggregate' }, printing: Printing): string {
  const group = (each: PipeGroup) =>
    `${printGroup(each.group, printing)}${each.alias === null ? '' : ` AS ${printing.names.name(each.alias)}`}${directionText(each)}`;
  const parts = ['AGGREGATE'];
  if (operator.privacy !== undefined) parts.push(printPrivacy(operator.privacy, printing));
  const items = operator.items.map((item) => `${printItem(item, printing)}${directionText(item)}`);
  if (items.length > 0) parts.push(items.join(', '));
  if (operator.groupBy.length > 0)
    parts.push(`GROUP ${operator.orders ? 'AND ORDER ' : ''}BY ${operator.groupBy.map(group).join(', ')}`);
  return parts.join(' ');
}
