import type { DialectManifest } from '../../core/dialect.js';
import { words } from '../words.js';

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
  // The first line is legal in BigQuery but has no implementation here; the second is unknown to GoogleSQL's analyser;
  // the third depends on chance or on who asks; the fourth traps the WebAssembly.
  unverifiable: words(`
    APPROX_QUANTILES APPROX_TOP_COUNT APPROX_TOP_SUM HLL_COUNT ST_GEOGPOINT ST_DISTANCE ST_ASTEXT KEYS AEAD
    CONTAINS_SUBSTR SEARCH ML VECTOR_SEARCH INFORMATION_SCHEMA DECLARE TABLESAMPLE
    RAND GENERATE_UUID SESSION_USER
    NET.REG_DOMAIN`),
  outsideQueries: [],
};
