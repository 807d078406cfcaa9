import type { SetWords } from './ast.js';
import type { Printing } from './printing.js';

/** The words between the sides of a set operation. */
export function printSetWords({ operator, all, matching }: SetWords, printing: Printing): string {
  const word = all ? 'ALL' : printing.manifest.printer.setOperationDistinct;
  const parts = [matching?.mode ?? '', operator, word];
  if (matching !== undefined) {
    parts.push(matching.words);
    const by = matching.words === 'BY NAME' ? 'ON' : 'BY';
    if (matching.columns.length > 0) parts.push(`${by} ${printing.names.list(matching.columns)}`);
  }
  return parts.filter((part) => part !== '').join(' ');
}
