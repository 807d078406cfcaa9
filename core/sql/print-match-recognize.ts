import type { MatchRecognize } from './ast.js';
import { printOrder } from './print-call.js';
import { printItems } from './print-items.js';
import type { Printing } from './printing.js';

/** MATCH_RECOGNIZE without the source before it. */
export function printMatchRecognize(match: MatchRecognize, printing: Printing): string {
  const { expression, names } = printing;
  const parts: string[] = [];
  if (match.partitionBy.length > 0)
    parts.push(`PARTITION BY ${match.partitionBy.map((expr) => expression(expr)).join(', ')}`);
  if (match.orderBy.length > 0) parts.push(`ORDER BY ${printOrder(match.orderBy, printing)}`);
  if (match.measures.length > 0) parts.push(`MEASURES ${printItems(match.measures, printing)}`);
  if (match.skip !== null) parts.push(match.skip);
  parts.push(`PATTERN (${match.pattern})`);
  const define = match.define.map(({ name, condition }) => `${names.name(name)} AS ${expression(condition)}`);
  parts.push(`DEFINE ${define.join(', ')}`);
  const options = match.options.map(({ name, value }) => `${names.name(name)} = ${expression(value)}`);
  if (options.length > 0) parts.push(`OPTIONS (${options.join(', ')})`);
  return `MATCH_RECOGNIZE (${parts.join(' ')})`;
}
