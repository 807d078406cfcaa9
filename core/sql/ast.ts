/**
 * The syntax tree of one read-only query, as plain data. It covers what the supported dialects share and what each has
 * alone; a template's tree is the same with placeholder names (`T1`, `C1`, `V1`) where names and values would stand.
 */
export interface Query {
  kind: 'query';
  recursive: boolean;
  ctes: { name: string; columns: string[]; query: Query; materialized?: boolean }[];
  body: QueryBody;
  orderBy: OrderItem[];
  limit: Expr | null;
  offset: Expr | null;
  /** FETCH FIRST n ROWS WITH TIES. */
  withTies?: true;
}

export type QueryBody = Select | SetOperation | Values | { kind: 'nested'; query: Query };

export interface Select {
  kind: 'select';
  distinct: boolean;
  /** PostgreSQL's DISTINCT ON. */
  distinctOn: Expr[];
  /** BigQuery's SELECT AS STRUCT / AS VALUE. */
  as: 'struct' | 'value' | null;
  items: SelectItem[];
  from: FromItem | null;
  where: Expr | null;
  groupBy: GroupItem[];
  having: Expr | null;
  qualify: Expr | null;
  windows: { name: string; window: Window }[];
}

export interface SetOperation {
  kind: 'set';
  operator: 'UNION' | 'INTERSECT' | 'EXCEPT';
  all: boolean;
  left: QueryBody;
  right: QueryBody;
}

export interface Values {
  kind: 'values';
  rows: Expr[][];
}

export interface SelectItem {
  expr: Expr;
  alias: string | null;
}

export interface OrderItem {
  expr: Expr;
  descending: boolean;
  nulls: 'first' | 'last' | null;
}

export type GroupItem =
  | { kind: 'expr'; expr: Expr }
  | { kind: 'all' }
  | { kind: 'rollup' | 'cube'; exprs: Expr[] }
  | { kind: 'sets'; sets: Expr[][] };

export type FromItem =
  /** `columns` are PostgreSQL's column aliases: `t AS a(x, y)`. */
  | { kind: 'table'; name: string[]; alias: string | null; columns?: string[] }
  | { kind: 'subquery'; query: Query; alias: string | null; columns: string[]; lateral: boolean }
  /** A table-valued call: UNNEST(x), json_each(x), generate_series(1, 5). */
  | {
      kind: 'function';
      call: Expr;
      alias: string | null;
      columns: string[];
      /** Types beside `columns`, where a record function needs them: `AS t(a INT, b TEXT)`. */
      columnTypes?: string[];
      /** Alias of BigQuery's WITH OFFSET, PostgreSQL's WITH ORDINALITY is `ordinality: true`. */
      offset: string | null;
      ordinality: boolean;
      lateral: boolean;
    }
  | {
      kind: 'join';
      type: 'inner' | 'left' | 'right' | 'full' | 'cross' | 'comma';
      left: FromItem;
      right: FromItem;
      on: Expr | null;
      using: string[];
      natural: boolean;
    };

export interface Window {
  /** Name of a WINDOW clause entry, where the specification is only that. */
  base: string | null;
  partitionBy: Expr[];
  orderBy: OrderItem[];
  /** The frame as written, upper case: `ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW`. */
  frame: string | null;
}

export type BinaryOperator = string;

export type Expr =
  /**
   * `quoted` says that SQLite read a bare name in quotes: in double quotes it is a text where no column has that name.
   */
  | { kind: 'column'; table: string | null; name: string; quoted?: true }
  /** A path below a column: BigQuery's `item.sku`, deeper than table.column; `parenthesised` is PostgreSQL's `(row).field`. */
  | { kind: 'field'; object: Expr; name: string; parenthesised?: true }
  /** `*`, `t.*`, or with `object` the fields of a struct or row: `items.*`. */
  | { kind: 'star'; table: string | null; except: string[]; replace: { expr: Expr; name: string }[]; object?: Expr }
  | { kind: 'number'; text: string }
  | { kind: 'string'; value: string; prefix: string }
  | { kind: 'boolean'; value: boolean }
  | { kind: 'null' }
  /** DATE '2024-01-01', TIMESTAMP '…', JSON '…': upper-case type word. */
  | { kind: 'typed'; type: string; value: string }
  /** A value placeholder of a template, printed as `{V1}`. */
  | { kind: 'placeholder'; id: string }
  | { kind: 'unary'; operator: '-' | '+' | '~' | 'NOT'; operand: Expr }
  | { kind: 'binary'; operator: BinaryOperator; left: Expr; right: Expr }
  | { kind: 'between'; operand: Expr; low: Expr; high: Expr; negated: boolean }
  | { kind: 'in'; operand: Expr; list: Expr[]; query: Query | null; unnest: Expr | null; negated: boolean }
  /** LIKE, ILIKE, GLOB, REGEXP, SIMILAR TO, MATCH. */
  | { kind: 'like'; operator: string; operand: Expr; pattern: Expr; escape: Expr | null; negated: boolean }
  /** IS [NOT] NULL / TRUE / FALSE / DISTINCT FROM (then `right` is set). */
  | {
      kind: 'is';
      operand: Expr;
      test: 'NULL' | 'TRUE' | 'FALSE' | 'UNKNOWN' | 'DISTINCT FROM' | 'VALUE';
      right: Expr | null;
      negated: boolean;
    }
  | { kind: 'exists'; query: Query; negated: boolean }
  | { kind: 'subquery'; query: Query }
  /** x COLLATE name; a collation that PostgreSQL needs in quotes is printed so. */
  | { kind: 'collate'; operand: Expr; collation: string }
  /** ANY / ALL / SOME over a subquery, an array, or (a tuple) a list of patterns. */
  | { kind: 'quantified'; quantifier: 'ANY' | 'ALL' | 'SOME'; query: Query | null; array: Expr | null }
  | { kind: 'case'; operand: Expr | null; whens: { when: Expr; then: Expr }[]; otherwise: Expr | null }
  /** CAST(x AS type), SAFE_CAST, TRY_CAST, and PostgreSQL's x::type (style '::'). */
  | { kind: 'cast'; style: 'CAST' | 'SAFE_CAST' | '::'; operand: Expr; type: string; format: Expr | null }
  | { kind: 'extract'; part: string; source: Expr; timezone: Expr | null }
  /** INTERVAL '3 days' (PostgreSQL) or INTERVAL 3 DAY (BigQuery, unit set). */
  | { kind: 'interval'; value: Expr; unit: string | null }
  | Call
  /** [a, b] (BigQuery) or ARRAY[a, b] (PostgreSQL), with an optional element type. */
  | { kind: 'array'; style: 'brackets' | 'keyword'; elementType: string | null; items: Expr[] }
  /** ARRAY(SELECT …). */
  | { kind: 'array-query'; query: Query }
  | { kind: 'struct'; type: string | null; items: SelectItem[] }
  | { kind: 'index'; object: Expr; index: Expr; upper: Expr | null }
  | { kind: 'tuple'; items: Expr[] }
  | { kind: 'at-time-zone'; operand: Expr; zone: Expr }
  /** A bare word that is neither column nor function: a date part in DATE_TRUNC(d, MONTH), CURRENT_DATE. Upper case. */
  | { kind: 'word'; word: string };

export interface Call {
  kind: 'call';
  /** Function names fold in every dialect: the parser gives upper case (`JSON_EXTRACT`, `SAFE.PARSE_DATE`), the printer prints it. */
  name: string;
  distinct: boolean;
  args: Expr[];
  /**
   * Words that stand before the arguments in place of commas, one an argument: `POSITION(a IN b)` has [null, 'IN'],
   * `TRIM(BOTH x FROM y)` ['BOTH', 'FROM'].
   */
  separators?: (string | null)[];
  /** BigQuery's ANY_VALUE(x HAVING MAX y). */
  having?: { extreme: 'MAX' | 'MIN'; expr: Expr };
  /** Named arguments (`name => value`), after the positional ones. */
  named: { name: string; value: Expr }[];
  orderBy: OrderItem[];
  limit: Expr | null;
  nulls: 'IGNORE' | 'RESPECT' | null;
  filter: Expr | null;
  withinGroup: OrderItem[];
  over: Window | null;
}
