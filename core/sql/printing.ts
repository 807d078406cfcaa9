import type { DialectManifest, Grammar } from '../dialect.js';
import type { Expr, FromItem, Query } from './ast.js';
import type { Precedence } from './grammar.js';
import type { NamePrinter } from './print-names.js';

/** What the parts of the printer hand to each other. */
export interface Printing {
  manifest: DialectManifest;
  grammar: Grammar;
  levels: Precedence;
  names: NamePrinter;
  /** An expression, in parentheses where it binds less tightly than `level`. */
  expression(expr: Expr, level?: number): string;
  query(query: Query): string;
  from(item: FromItem): string;
}
