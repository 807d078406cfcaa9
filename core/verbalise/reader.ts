import type { DatabaseSchema } from '../database.js';
import type { Expr, Query, Select } from '../sql/ast.js';
import type { Clause } from './clause.js';
import type { Lexicon } from './phrase.js';
import type { Entity, Scope } from './scope.js';
import type { Source } from './source.js';
import type { Voice } from './voice.js';

/** What reading an expression needs: the words, the schema, the habits of this question, and the results named so far. */
export interface Reader {
  lexicon: Lexicon;
  schema: DatabaseSchema;
  voice: Voice;
  /** CTEs by lower-case name. */
  results: Map<string, Entity>;
  /** Reads a condition as a full clause. Here and below: a function of another module, held here so that modules need no import cycle. */
  clause(expr: Expr, scope: Scope): string;
  /** Reads a whole query as one noun phrase. */
  queryPhrase(query: Query, outer: Scope): string;
  /** Reads EXISTS as a clause. */
  existsClause(query: Query, negated: boolean, outer: Scope): Clause;
  /** Reads what a SELECT is from. */
  source(select: Select, outer: Scope | null): Source;
}

export const isComparison = (operator: string): boolean => /^(=|==|<>|!=|<|<=|>|>=)$/.test(operator);

/** The conditions that AND joins. */
export function conjuncts(expr: Expr | null): Expr[] {
  if (expr === null) return [];
  if (expr.kind === 'binary' && expr.operator.toUpperCase() === 'AND') {
    return [...conjuncts(expr.left), ...conjuncts(expr.right)];
  }
  return [expr];
}
