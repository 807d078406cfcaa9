import type { Call, OrderItem, Window } from './ast.js';
import type { Printing } from './printing.js';

/** A function call with all that may stand inside and after its parentheses. */
export function printCall(call: Call, printing: Printing): string {
  const { expression } = printing;
  const parts = [call.distinct ? `DISTINCT ${argumentsOf(call, printing)}` : argumentsOf(call, printing)];
  if (call.filter !== null && printing.grammar === 'bigquery') parts.push(`WHERE ${expression(call.filter)}`);
  if (call.groupBy !== undefined) parts.push(`GROUP BY ${call.groupBy.map((expr) => expression(expr)).join(', ')}`);
  if (call.having !== undefined) parts.push(`HAVING ${call.having.extreme} ${expression(call.having.expr)}`);
  // Inside the parentheses for an aggregate (BigQuery's and DuckDB's place); the window functions of every dialect take it there, too.
  const nullsInside = printing.grammar === 'bigquery' || printing.grammar === 'duckdb';
  if (call.nulls !== null && nullsInside) parts.push(`${call.nulls} NULLS`);
  if (call.orderBy.length > 0) parts.push(`ORDER BY ${printOrder(call.orderBy, printing)}`);
  if (call.separators?.at(-1) === 'SEPARATOR') parts.push(`SEPARATOR ${expression(call.args.at(-1)!)}`);
  if (call.limit !== null) parts.push(`LIMIT ${expression(call.limit)}`);
  let text = `${call.name.toUpperCase()}(${parts.filter((part) => part !== '').join(' ')})`;
  if (call.withinGroup.length > 0) text += ` WITHIN GROUP (ORDER BY ${printOrder(call.withinGroup, printing)})`;
  if (call.nulls !== null && !nullsInside) text += ` ${call.nulls} NULLS`;
  if (call.filter !== null && printing.grammar !== 'bigquery') text += ` FILTER (WHERE ${expression(call.filter)})`;
  if (call.over !== null) text += ` OVER ${overText(call.over, printing)}`;
  return text;
}

function argumentsOf(call: Call, { expression, names }: Printing): string {
  if (call.separators !== undefined) {
    // MariaDB's SEPARATOR stands behind the order.
    const args = call.separators.at(-1) === 'SEPARATOR' ? call.args.slice(0, -1) : call.args;
    return args
      .map((argument, index) => {
        const word = call.separators![index] ?? null;
        return word === null ? expression(argument) : `${word === ',' ? '' : ' '}${word} ${expression(argument)}`;
      })
      .join('')
      .trimStart();
  }
  const named = call.named.map(({ name, value }) => `${names.name(name)} => ${expression(value)}`);
  const args = call.args.map((argument, index) => {
    const variadic = call.variadic === true && index === call.args.length - 1 ? 'VARIADIC ' : '';
    const alias = call.aliases?.[index] ?? null;
    return `${variadic}${expression(argument)}${alias === null ? '' : ` AS ${names.name(alias)}`}`;
  });
  return [...args, ...named].join(', ');
}

/** The items of an ORDER BY. */
export function printOrder(items: OrderItem[], { expression }: Printing): string {
  return items
    .map(({ expr, descending, nulls }) => {
      const direction = descending ? ' DESC' : '';
      return `${expression(expr)}${direction}${nulls === null ? '' : ` NULLS ${nulls.toUpperCase()}`}`;
    })
    .join(', ');
}

function overText(window: Window, printing: Printing): string {
  const only = window.partitionBy.length === 0 && window.orderBy.length === 0 && window.frame === null;
  return window.base !== null && only ? printing.names.name(window.base) : `(${printWindow(window, printing)})`;
}

/** A window's specification, without its parentheses. */
export function printWindow(window: Window, printing: Printing): string {
  const parts: string[] = [];
  if (window.base !== null) parts.push(printing.names.name(window.base));
  if (window.partitionBy.length > 0) {
    parts.push(`PARTITION BY ${window.partitionBy.map((expr) => printing.expression(expr)).join(', ')}`);
  }
  if (window.orderBy.length > 0) parts.push(`ORDER BY ${printOrder(window.orderBy, printing)}`);
  if (window.frame !== null) parts.push(window.frame);
  return parts.join(' ');
}
