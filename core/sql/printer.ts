import type { DialectManifest } from '../dialect.js';
import type { Expr, Query } from './ast.js';
import { grammarOf, precedences } from './grammar.js';
import { namePrinter } from './print-names.js';
import { printExpression } from './print-expression.js';
import { printFrom } from './print-from.js';
import { printQuery } from './print-query.js';
import type { Printing } from './printing.js';

export interface PrintOptions {
  /** The tree is a template's: the names T1, C1, … are slots, printed `{T1}`, `{C1}`. Value slots always are `{V1}`. */
  template?: boolean;
}

function printing(manifest: DialectManifest, { template = false }: PrintOptions): Printing {
  const grammar = grammarOf(manifest);
  const printer: Printing = {
    manifest,
    grammar,
    levels: precedences[grammar],
    names: namePrinter(manifest, template),
    expression: (expr, level = 0) => printExpression(expr, level, printer),
    query: (query) => printQuery(query, printer),
    from: (item) => printFrom(item, printer),
  };
  return printer;
}

/**
 * The canonical text of a query in a dialect, on one line: keywords and function names upper case, `AS` before every alias,
 * only the parentheses and quotes that are needed, single spaces. Printing what was parsed from it gives the same text.
 */
export function print(query: Query, manifest: DialectManifest, options: PrintOptions = {}): string {
  return printing(manifest, options).query(query);
}

/** The canonical text of one expression. */
export function printExpr(expr: Expr, manifest: DialectManifest, options: PrintOptions = {}): string {
  return printing(manifest, options).expression(expr);
}
