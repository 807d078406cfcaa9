/**
 * The syntax tree of one read-only query, as plain data. It covers what the supported dialects share and what each has
 * alone; a template's tree is the same with placeholder names (`T1`, `C1`, `V1`) where names and values would stand.
 */
export interface Query {
  kind: 'query';
  recursive: boolean;
  ctes: Cte[];
  body: QueryBody;
  orderBy: OrderItem[];
  limit: Expr | null;
  offset: Expr | null;
  /** FETCH FIRST n ROWS WITH TIES. */
  withTies?: true;
  /** DuckDB's LIMIT 10%. */
  percent?: true;
}

export interface Cte {
  name: string;
  columns: string[];
  query: Query;
  materialized?: boolean;
  /** BigQuery's WITH DEPTH: the column that counts the steps of a recursion, and their bounds. */
  depth?: { alias: string | null; low: Expr | null; high: Expr | null };
  /** DuckDB's USING KEY. */
  key?: string[];
  /** PostgreSQL's SEARCH and CYCLE. */
  search?: { order: 'BREADTH' | 'DEPTH'; by: string[]; as: string };
  cycle?: { columns: string[]; mark: string; to: Expr | null; otherwise: Expr | null; path: string };
}

export type QueryBody = Select | SetOperation | Values | { kind: 'nested'; query: Query } | Pipe;

/** A query and the pipe operators after it: `FROM t |> WHERE x > 1 |> AGGREGATE COUNT(*) GROUP BY y`. */
export interface Pipe {
  kind: 'pipe';
  input: Query;
  operators: PipeOperator[];
}

export type PipeOperator =
  | { kind: 'pipe-select'; select: Select }
  | { kind: 'pipe-extend'; items: SelectItem[] }
  | { kind: 'pipe-set'; assignments: { name: string; value: Expr }[] }
  | { kind: 'pipe-drop'; names: string[] }
  | { kind: 'pipe-rename'; renames: { from: string; to: string }[] }
  | { kind: 'pipe-as'; alias: string }
  | { kind: 'pipe-where'; condition: Expr }
  | { kind: 'pipe-aggregate'; items: PipeItem[]; groupBy: PipeGroup[]; orders: boolean; privacy?: Privacy }
  | { kind: 'pipe-distinct' }
  | { kind: 'pipe-join'; join: JoinWords; right: FromItem; on: Expr | null; using: string[] }
  | { kind: 'pipe-call'; call: Expr; alias: string | null }
  | { kind: 'pipe-order'; orderBy: OrderItem[] }
  | { kind: 'pipe-limit'; limit: Expr; offset: Expr | null }
  | { kind: 'pipe-set-operation'; words: SetWords; queries: Query[] }
  /** TABLESAMPLE, PIVOT, UNPIVOT, MATCH_RECOGNIZE; `operation.source` is null. */
  | { kind: 'pipe-source'; operation: SourceOperation }
  | { kind: 'pipe-with'; ctes: Cte[] }
  | { kind: 'pipe-assert'; condition: Expr; message: Expr[] };

/** An output or group of AGGREGATE, with the order that it gives. */
export interface PipeItem extends SelectItem {
  order: 'ASC' | 'DESC' | null;
  nulls: 'first' | 'last' | null;
}

export interface PipeGroup {
  group: GroupItem;
  alias: string | null;
  order: 'ASC' | 'DESC' | null;
  nulls: 'first' | 'last' | null;
}

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
  /** PostgreSQL's GROUP BY DISTINCT. */
  groupDistinct?: true;
  /** Written `FROM t SELECT …`, or `FROM t` alone where all columns are put out. */
  fromFirst?: true;
  /** DuckDB's USING SAMPLE. */
  sample?: Sample;
  /** BigQuery's SELECT WITH DIFFERENTIAL_PRIVACY OPTIONS (…). */
  privacy?: Privacy;
}

export interface Privacy {
  word: string;
  options: { name: string; value: Expr }[];
}

export interface SetWords {
  operator: 'UNION' | 'INTERSECT' | 'EXCEPT';
  all: boolean;
  /** How columns of the sides meet, where it is by name. */
  matching?: {
    words: 'BY NAME' | 'CORRESPONDING' | 'STRICT CORRESPONDING';
    mode: 'FULL' | 'LEFT' | 'INNER' | null;
    columns: string[];
  };
}

export interface SetOperation extends SetWords {
  kind: 'set';
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
  | { kind: 'sets'; sets: Expr[][] }
  /** GROUPING SETS with others inside: ROLLUP, CUBE, or a plain set (as 'sets' of one). */
  | { kind: 'nested-sets'; items: GroupItem[] };

/** Words of a join before its right side. */
export interface JoinWords {
  type:
    | 'inner'
    | 'left'
    | 'right'
    | 'full'
    | 'cross'
    | 'comma'
    // DuckDB's
    | 'asof'
    | 'asof left'
    | 'asof right'
    | 'asof full'
    | 'semi'
    | 'anti'
    | 'positional';
  natural: boolean;
}

export interface Sample {
  /** SYSTEM, BERNOULLI, RESERVOIR; upper case. */
  method: string | null;
  size: Expr;
  unit: 'PERCENT' | 'ROWS' | null;
  repeatable: Expr | null;
}

/** PIVOT: rows become columns. `clause` is written after a source, `statement` is DuckDB's `PIVOT t ON … USING …`. */
export interface Pivot {
  kind: 'pivot';
  style: 'clause' | 'statement';
  source: FromItem | null;
  aggregates: SelectItem[];
  /** What is spread over columns; without values (DuckDB) what the data has. */
  columns: { expr: Expr; values: SelectItem[] | null }[];
  groupBy: Expr[];
  alias: string | null;
}

/** UNPIVOT: columns become rows. */
export interface Unpivot {
  kind: 'unpivot';
  style: 'clause' | 'statement';
  source: FromItem | null;
  nulls: 'INCLUDE' | 'EXCLUDE' | null;
  values: string[];
  name: string;
  columns: { exprs: Expr[]; label: Expr | null }[];
  alias: string | null;
}

/** BigQuery's MATCH_RECOGNIZE: rows in order that fit a pattern. */
export interface MatchRecognize {
  kind: 'match-recognize';
  source: FromItem | null;
  partitionBy: Expr[];
  orderBy: OrderItem[];
  measures: SelectItem[];
  /** AFTER MATCH SKIP TO NEXT ROW, as written. */
  skip: string | null;
  /** The pattern as written: `low + high`. */
  pattern: string;
  define: { name: string; condition: Expr }[];
  options: { name: string; value: Expr }[];
  alias: string | null;
}

/** Something done to a source; `source` is null where a pipe gives it. */
export type SourceOperation =
  { kind: 'sample'; source: FromItem | null; sample: Sample } | Pivot | Unpivot | MatchRecognize;

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
  | ({
      kind: 'join';
      left: FromItem;
      right: FromItem;
      on: Expr | null;
      using: string[];
    } & JoinWords)
  | SourceOperation
  /** PostgreSQL's ROWS FROM (f(), g()): table functions side by side. */
  | {
      kind: 'rows-from';
      calls: { call: Expr; columns: string[]; columnTypes: string[] }[];
      alias: string | null;
      columns: string[];
      ordinality: boolean;
      lateral: boolean;
    }
  /** A join in parentheses with a name: `(a JOIN b ON …) AS j`. */
  | { kind: 'named-join'; join: FromItem; alias: string; columns: string[] }
  /** BigQuery's FOR SYSTEM_TIME AS OF. */
  | { kind: 'as-of'; source: FromItem; time: Expr };

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
  /** A query parameter as written: `@name`, `?`, `$1`, `:name`. */
  | { kind: 'parameter'; text: string }
  /** NOT, a sign, `~`, or one of PostgreSQL's prefix operators: `@`, `|/`, `||/`. */
  | { kind: 'unary'; operator: '-' | '+' | '~' | 'NOT' | '@' | '|/' | '||/'; operand: Expr }
  | { kind: 'binary'; operator: BinaryOperator; left: Expr; right: Expr }
  | { kind: 'between'; operand: Expr; low: Expr; high: Expr; negated: boolean; symmetric?: true }
  | { kind: 'in'; operand: Expr; list: Expr[]; query: Query | null; unnest: Expr | null; negated: boolean }
  /** LIKE, ILIKE, GLOB, REGEXP, SIMILAR TO, MATCH. */
  | { kind: 'like'; operator: string; operand: Expr; pattern: Expr; escape: Expr | null; negated: boolean }
  /** IS [NOT] NULL / TRUE / FALSE / DISTINCT FROM (then `right` is set). `oneWord`: written ISNULL or NOTNULL. */
  | {
      kind: 'is';
      operand: Expr;
      test:
        | 'NULL'
        | 'TRUE'
        | 'FALSE'
        | 'UNKNOWN'
        | 'DISTINCT FROM'
        | 'VALUE'
        // PostgreSQL's
        | 'JSON'
        | 'JSON VALUE'
        | 'JSON SCALAR'
        | 'JSON ARRAY'
        | 'JSON OBJECT'
        | 'NORMALIZED'
        | 'DOCUMENT';
      right: Expr | null;
      negated: boolean;
      oneWord?: true;
    }
  | { kind: 'exists'; query: Query; negated: boolean }
  | { kind: 'subquery'; query: Query }
  /** x COLLATE name; a collation that PostgreSQL needs in quotes is printed so. */
  | { kind: 'collate'; operand: Expr; collation: string }
  /** ANY / ALL / SOME over a subquery, an array, or (a tuple) a list of patterns. */
  | { kind: 'quantified'; quantifier: 'ANY' | 'ALL' | 'SOME'; query: Query | null; array: Expr | null }
  | { kind: 'case'; operand: Expr | null; whens: { when: Expr; then: Expr }[]; otherwise: Expr | null }
  /** CAST(x AS type), SAFE_CAST, TRY_CAST, and PostgreSQL's x::type (style '::'). */
  | { kind: 'cast'; style: 'CAST' | 'SAFE_CAST' | 'TRY_CAST' | '::'; operand: Expr; type: string; format: Expr | null }
  | { kind: 'extract'; part: string; source: Expr; timezone: Expr | null }
  /** INTERVAL '3 days' (PostgreSQL) or INTERVAL 3 DAY (BigQuery, unit set). */
  | { kind: 'interval'; value: Expr; unit: string | null }
  | Call
  /** [a, b] (BigQuery) or ARRAY[a, b] (PostgreSQL), with an optional element type. */
  | { kind: 'array'; style: 'brackets' | 'keyword'; elementType: string | null; items: Expr[] }
  /** ARRAY(SELECT …). */
  | { kind: 'array-query'; query: Query }
  /** STRUCT(1 AS a), or DuckDB's {'a': 1}. */
  | { kind: 'struct'; type: string | null; items: SelectItem[]; style?: 'braces' }
  /** DuckDB's MAP {'a': 1}. */
  | { kind: 'map'; entries: { key: Expr; value: Expr }[] }
  /** DuckDB's [x + 1 FOR x IN list IF x > 1]. */
  | { kind: 'list-comprehension'; element: Expr; variables: string[]; list: Expr; condition: Expr | null }
  | { kind: 'index'; object: Expr; index: Expr; upper: Expr | null }
  /** A slice with an open end or a step: `a[:2]`, `a[1:]`, `a[1:5:2]`. */
  | { kind: 'slice'; object: Expr; lower: Expr | null; upper: Expr | null; step: Expr | null }
  /** x -> x + 1, (a, b) -> a + b, or DuckDB's LAMBDA x: x + 1. */
  | { kind: 'lambda'; style: 'arrow' | 'keyword'; parameters: string[]; body: Expr }
  /** BigQuery's WITH(a AS 1, b AS a + 1, a + b). */
  | { kind: 'with'; bindings: { name: string; value: Expr }[]; result: Expr }
  /** TABLE t or MODEL m as the argument of a table function. */
  | { kind: 'table-argument'; word: 'TABLE' | 'MODEL'; name: string[]; query: Query | null }
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
  /** BigQuery's aggregation in two levels: SUM(MIN(x) GROUP BY y). */
  groupBy?: Expr[];
  /** Names of arguments that have one: BigQuery's ARRAY_ZIP(a AS x, b AS y). */
  aliases?: (string | null)[];
  /** PostgreSQL's VARIADIC before the last argument. */
  variadic?: true;
  /** Named arguments (`name => value`), after the positional ones. */
  named: { name: string; value: Expr }[];
  orderBy: OrderItem[];
  limit: Expr | null;
  nulls: 'IGNORE' | 'RESPECT' | null;
  filter: Expr | null;
  withinGroup: OrderItem[];
  over: Window | null;
}
