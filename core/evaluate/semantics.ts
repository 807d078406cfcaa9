import type { DialectManifest } from '../dialect.js';
import type { Query } from '../sql/ast.js';
import type { ComparisonRule } from '../metrics/compare-results.js';
import { lex } from '../sql/lexer.js';
import { ordersRows } from '../sql/order.js';
import { ParseError } from '../sql/parse-error.js';

/** Whose execution accuracy is measured. `test-suite` is Spider's on the database and on all its variants. */
export const semanticsNames = ['dialectic', 'spider', 'test-suite', 'bird'] as const;
export type SemanticsName = (typeof semanticsNames)[number];

/** What an evaluation does to statements before they run, and how it compares their results. */
export interface Semantics {
  rule: ComparisonRule;
  /** The text that runs, of a gold statement or a prediction. */
  statement(sql: string, dialect: DialectManifest): string;
  /** Whether the sequence of rows counts; of a gold statement as it was written, and its tree where it could be read. */
  ordered(gold: string, tree: Query | null): boolean;
}

export const dialecticSemantics: Semantics = { rule: 'dialectic', statement: (sql) => sql, ordered: ordersResult };

/**
 * The semantics of a name. Those of Spider and BIRD do what the evaluations of taoyds/test-suite-sql-eval and of BIRD do, quirks included,
 * so that figures can be set beside published ones:
 * - Spider mends `> =`, `< =` and `! =`, reads MySQL's current year as 2020, takes every DISTINCT out of both statements (unless
 *   `keepDistinct`), and minds the sequence where the words `order by` stand anywhere in the gold.
 * - BIRD compares sets of rows.
 */
export function semanticsOf(name: SemanticsName, { keepDistinct = false }: { keepDistinct?: boolean } = {}): Semantics {
  if (name === 'dialectic') return dialecticSemantics;
  if (name === 'bird') return { rule: 'bird', statement: (sql) => sql, ordered: () => false };
  return {
    rule: 'spider',
    statement: (sql, dialect) => (keepDistinct ? mend(sql) : withoutDistinct(mend(sql), dialect)),
    ordered: (gold) => /order by/i.test(gold),
  };
}

function ordersResult(gold: string, tree: Query | null): boolean {
  return tree ? ordersRows(tree) : /\border\s+by\b(?![^()]*\))/i.test(gold);
}

const mend = (sql: string): string =>
  sql.replace(/([<>!]) =/g, '$1=').replace(/YEAR\s*\(\s*CURDATE\s*\(\s*\)\s*\)\s*/gi, '2020');

function withoutDistinct(sql: string, { lexer }: DialectManifest): string {
  try {
    return lex(sql, lexer)
      .filter(({ kind, value }) => kind !== 'word' || value !== 'DISTINCT')
      .map(({ text }) => text)
      .join('');
  } catch (error) {
    // What cannot be cut into words fails on the engine, too.
    if (error instanceof ParseError) return sql;
    throw error;
  }
}
