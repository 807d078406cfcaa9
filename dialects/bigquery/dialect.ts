import type { DialectManifest } from '../../core/dialect.js';
import { words } from '../words.js';

/**
 * What BigQuery has and this engine has not, with `*` for any ending: the first two lines are legal but have no implementation here, the
 * third is unknown to GoogleSQL's analyser, the last traps the WebAssembly.
 */
export const notImplemented = words(`
  APPROX_QUANTILES APPROX_TOP_COUNT APPROX_TOP_SUM HLL_COUNT* KLL_QUANTILES* ST_* S2_* KEYS* AEAD* DETERMINISTIC_*
  TO_BASE32 FROM_BASE32
  CONTAINS_SUBSTR SEARCH ML* VECTOR_SEARCH INFORMATION_SCHEMA DECLARE TABLESAMPLE MAX_BY MIN_BY RANGE_SESSIONIZE
  NET.REG_DOMAIN NET.PUBLIC_SUFFIX`);

/** What depends on chance, on who asks, or on when: a pair's result must be the same tomorrow. */
const unpredictable = words(`
  RAND GENERATE_UUID SESSION_USER CURRENT_DATE CURRENT_DATETIME CURRENT_TIME CURRENT_TIMESTAMP`);

/** BigQuery's GoogleSQL, run by Google's own reference implementation. */
export const bigquery: DialectManifest = {
  name: 'bigquery',
  title: 'BigQuery',
  engine: 'GoogleSQL reference implementation (zetasql 0.1.5, WebAssembly)',
  lexer: {
    identifierQuotes: ['`'],
    stringQuotes: ["'", '"'],
    backslashEscapes: true,
    dollarQuotes: false,
    hashComments: true,
    nestedComments: false,
    stringPrefixes: ['r', 'b', 'rb', 'br'],
  },
  printer: {
    folding: 'none',
    reserved: words(`
      ALL AND ANY ARRAY AS ASC ASSERT_ROWS_MODIFIED AT BETWEEN BY CASE CAST COLLATE CONTAINS CREATE CROSS CUBE CURRENT
      DEFAULT DEFINE DESC DISTINCT ELSE END ENUM ESCAPE EXCEPT EXCLUDE EXISTS EXTRACT FALSE FETCH FOLLOWING FOR FROM FULL
      GROUP GROUPING GROUPS HASH HAVING IF IGNORE IN INNER INTERSECT INTERVAL INTO IS JOIN LATERAL LEFT LIKE LIMIT LOOKUP
      MERGE NATURAL NEW NO NOT NULL NULLS OF ON OR ORDER OUTER OVER PARTITION PRECEDING PROTO QUALIFY RANGE RECURSIVE
      RESPECT RIGHT ROLLUP ROWS SELECT SET SOME STRUCT TABLESAMPLE THEN TO TREAT TRUE UNBOUNDED UNION UNNEST USING WHEN
      WHERE WINDOW WITH WITHIN`),
    setOperationDistinct: 'DISTINCT',
  },
  nestedTypes: ['array', 'struct'],
  distinctiveKeywords: words(`
    QUALIFY UNNEST STRUCT OFFSET SAFE_OFFSET ORDINAL SAFE_CAST SAFE_DIVIDE SAFE. COUNTIF ARRAY_AGG ARRAY_LENGTH
    ARRAY_TO_STRING GENERATE_ARRAY GENERATE_DATE_ARRAY DATE_DIFF DATE_ADD DATE_SUB DATE_TRUNC TIMESTAMP_TRUNC
    TIMESTAMP_DIFF FORMAT_DATE PARSE_DATE FORMAT_TIMESTAMP EXTRACT REGEXP_CONTAINS REGEXP_EXTRACT REGEXP_REPLACE
    STARTS_WITH ENDS_WITH STRPOS SPLIT STRING_AGG IFNULL JSON_VALUE JSON_QUERY TO_JSON_STRING APPROX_COUNT_DISTINCT PIVOT
    UNPIVOT ROLLUP ANY_VALUE |>`),
  unverifiable: [...notImplemented, ...unpredictable],
  // Most are GoogleSQL's but not in BigQuery's reference; those before the last belong inside MATCH_RECOGNIZE; the last fails on purpose.
  outsideQueries: words(`
    ARRAY_FIRST_N ARRAY_LAST_N ARRAY_REMOVE_FIRST_N ARRAY_REMOVE_LAST_N ARRAY_IS_DISTINCT ARRAY_INCLUDES* ARRAY_FILTER
    ARRAY_TRANSFORM ARRAY_MAX ARRAY_MIN ELEMENTWISE_* DOT_PRODUCT L1_NORM L2_NORM MANHATTAN_DISTANCE
    APPROX_COSINE_DISTANCE APPROX_DOT_PRODUCT APPROX_EUCLIDEAN_DISTANCE APPLY FLATTEN IFERROR ISERROR NULLIFERROR IS_FIRST
    IS_LAST RANGE_IS_* REGEXP_EXTRACT_GROUPS SAFE_TO_JSON SPLIT_SUBSTR TIMESTAMP_FROM_UNIX_* TO_SECONDS_INTERVAL ZSTD_*
    CLASSIFIER FIRST LAST MATCH_NUMBER MATCH_ROW_NUMBER NEXT PREV
    ERROR`),
};
