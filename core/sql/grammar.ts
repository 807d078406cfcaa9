import type { DialectManifest, Grammar } from '../dialect.js';

/** The grammar that a dialect follows. */
export function grammarOf(manifest: DialectManifest): Grammar {
  if (manifest.grammar !== undefined) return manifest.grammar;
  return Object.hasOwn(precedences, manifest.name) ? (manifest.name as Grammar) : 'postgres';
}

/** PostgreSQL's grammar, or DuckDB's, which grew from it: types, casts, arrays and joins are written alike. */
export function likePostgres(grammar: Grammar): boolean {
  return grammar === 'postgres' || grammar === 'duckdb';
}

/** Words that no dialect here reads as a bare name; the printer quotes names like them. */
export const neverNames: ReadonlySet<string> = new Set(
  `ALL AND AS ASC BETWEEN BY CASE CROSS DESC DISTINCT ELSE END EXCEPT EXISTS FALSE FETCH FROM FULL GROUP HAVING IN INNER
   INTERSECT INTO IS ISNULL JOIN LEFT LIKE LIMIT NATURAL NOT NOTNULL NULL ON OR ORDER QUALIFY RIGHT SELECT THEN TRUE UNION
   USING WHEN WHERE WITH`.split(/\s+/),
);

/** Words that cannot be an alias without AS, besides the above: what may follow an expression or a table. */
export const neverBareAliases: ReadonlySet<string> = new Set([
  ...neverNames,
  ...`AT COLLATE ESCAPE FILTER FOR GLOB ILIKE LATERAL MATCH OFFSET OVER PIVOT REGEXP RETURNING SIMILAR TABLESAMPLE UNPIVOT
      WINDOW WITHIN INDEXED OPERATOR OUTER MATCH_RECOGNIZE`.split(/\s+/),
]);

/** Words that cannot be an alias without AS in one grammar only. */
export const neverBareAliasesOf: Readonly<Partial<Record<Grammar, ReadonlySet<string>>>> = {
  duckdb: new Set(['ASOF', 'SEMI', 'ANTI', 'POSITIONAL']),
  mariadb: new Set(['LOCK', 'SEPARATOR', 'XOR', 'DIV', 'MOD', 'RLIKE']),
};

/** Words that stand for a value without parentheses. */
export const valueWords: ReadonlySet<string> = new Set(
  `CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP CURRENT_DATETIME LOCALTIME LOCALTIMESTAMP CURRENT_USER SESSION_USER
   CURRENT_ROLE CURRENT_CATALOG CURRENT_SCHEMA`.split(/\s+/),
);

/** How tightly things bind; more is tighter. */
export interface Precedence {
  or: number;
  and: number;
  not: number;
  is: number;
  /** LIKE and its kin, IN, BETWEEN. */
  predicate: number;
  equality: number;
  relation: number;
  /** Binary operators beside AND, OR and comparisons. */
  binary: Readonly<Record<string, number>>;
  /** Operators that are in no table, such as PostgreSQL's `@>`. */
  otherOperator: number;
  atTimeZone: number;
  collate: number;
  unary: number;
  /** `x::type`, `x[i]`, `x.field`. */
  postfix: number;
  primary: number;
}

const base = { or: 1, and: 2, not: 3, unary: 18, postfix: 19, primary: 20 };

// https://www.sqlite.org/lang_expr.html, 2. Operators
const sqlite: Precedence = {
  ...base,
  is: 4,
  predicate: 4,
  equality: 4,
  relation: 5,
  binary: { '&': 7, '|': 7, '<<': 7, '>>': 7, '+': 8, '-': 8, '*': 9, '/': 9, '%': 9, '||': 10, '->': 10, '->>': 10 },
  otherOperator: 7,
  atTimeZone: 16,
  collate: 17,
};

// https://www.postgresql.org/docs/18/sql-syntax-lexical.html, table 4.2
const postgres: Precedence = {
  ...base,
  is: 4,
  equality: 5,
  relation: 5,
  predicate: 6,
  otherOperator: 7,
  binary: { '+': 8, '-': 8, '*': 9, '/': 9, '%': 9, '^': 10 },
  atTimeZone: 16,
  collate: 17,
};

// https://github.com/google/googlesql/blob/master/docs/operators.md, operator precedence
const bigquery: Precedence = {
  ...base,
  is: 4,
  equality: 4,
  relation: 4,
  predicate: 4,
  binary: { '|': 5, '^': 6, '&': 7, '<<': 8, '>>': 8, '+': 9, '-': 9, '*': 10, '/': 10, '||': 10, '->': 0.5 },
  otherOperator: 5,
  atTimeZone: 16,
  collate: 17,
};

// https://duckdb.org/docs/stable/data/json/json_functions: `->` is the arrow of lambdas, too, and binds least of all; the rest is
// PostgreSQL's, with powers and a division of whole numbers.
const duckdb: Precedence = {
  ...postgres,
  binary: { '->': 0.5, '+': 8, '-': 8, '*': 9, '/': 9, '//': 9, '%': 9, '^': 10, '**': 10 },
};

// https://mariadb.com/kb/en/operator-precedence/; comparisons, LIKE and IN are one level there.
const mariadb: Precedence = {
  ...base,
  is: 4,
  predicate: 4,
  equality: 4,
  relation: 4,
  binary: {
    ...{ '||': 1, XOR: 1.5, '&&': 2, '<=>': 4, '|': 5, '&': 6, '<<': 7, '>>': 7, '+': 8, '-': 8 },
    ...{ '*': 9, '/': 9, DIV: 9, '%': 9, MOD: 9, '^': 10 },
  },
  otherOperator: 5,
  atTimeZone: 16,
  collate: 17,
};

/** The precedence table of each grammar. */
export const precedences: Readonly<Record<Grammar, Precedence>> = { sqlite, postgres, bigquery, duckdb, mariadb };

const relations = new Set(['<', '>', '<=', '>=']);

/** How tightly a binary operator binds in a table. */
export function levelOfBinary(operator: string, table: Precedence): number {
  if (operator === 'OR') return table.or;
  if (operator === 'AND') return table.and;
  if (operator === '=' || operator === '<>' || operator === 'OVERLAPS') return table.equality;
  if (relations.has(operator)) return table.relation;
  return table.binary[operator] ?? table.otherOperator;
}

/** Comparisons do not chain: an operand that is itself one stands in parentheses. */
export function chains(operator: string): boolean {
  return !(
    operator === '=' ||
    operator === '<>' ||
    operator === '<=>' ||
    operator === 'OVERLAPS' ||
    relations.has(operator)
  );
}
