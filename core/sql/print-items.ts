import type { SelectItem } from './ast.js';
import type { Printing } from './printing.js';

/** Outputs with their aliases. */
export function printItems(items: readonly SelectItem[], printing: Printing): string {
  return items.map((item) => printItem(item, printing)).join(', ');
}

/** One output with its alias. */
export function printItem({ expr, alias }: SelectItem, { expression, names }: Printing): string {
  return `${expression(expr)}${alias === null ? '' : ` AS ${names.name(alias)}`}`;
}
