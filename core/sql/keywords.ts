import type { Call, Expr, FromItem, GroupItem, OrderItem, Query, Select, Window } from './ast.js';
import { pipeWords } from './pipe-words.js';
import { rareConstructs } from './rare.js';
import { isExpr, isFromItem, isPipeOperator, walk, type SqlNode } from './walk.js';

// Too common to say anything of a statement.
const plainOperators = new Set(['=', '<>', '<', '>', '<=', '>=', '+', '-', '*', '/']);

/**
 * The keywords, operators and functions a query uses, upper case and sorted: the units in which coverage is counted.
 * Words that belong together are one unit (`GROUP BY`, `LEFT JOIN`, `IS DISTINCT FROM`); a negated predicate counts both ways
 * (`IN`, `NOT IN`), and so do `UNION` and `UNION ALL`. Types of casts count; `AS`, comparisons and plain arithmetic do not.
 */
export function keywordsOf(query: Query): string[] {
  const found = new Set<string>();
  walk(query, (node) => {
    for (const word of wordsOf(node)) found.add(word.toUpperCase());
  });
  for (const word of rareConstructs(query)) if (word === word.toUpperCase()) found.add(word);
  return [...found].sort();
}

function wordsOf(node: SqlNode): string[] {
  if (isFromItem(node)) return sourceWords(node);
  if (isPipeOperator(node)) return pipeWords(node);
  if (isExpr(node)) return expressionWords(node);
  switch (node.kind) {
    case 'query':
      return queryWords(node);
    case 'select':
      return selectWords(node);
    case 'set':
      return node.all ? [node.operator, `${node.operator} ALL`] : [node.operator];
    case 'values':
      return ['VALUES'];
    case 'pipe':
      return ['|>'];
    default:
      return groupWords(node as GroupItem);
  }
}

/** The words whose condition holds. */
function when(...pairs: [boolean, ...string[]][]): string[] {
  return pairs.flatMap(([holds, ...words]) => (holds ? words : []));
}

function queryWords(query: Query): string[] {
  return [
    ...when(
      [query.ctes.length > 0, 'WITH'],
      [query.recursive, 'WITH RECURSIVE'],
      [query.ctes.some((cte) => cte.materialized !== undefined), 'MATERIALIZED'],
      [query.limit !== null, 'LIMIT'],
      [query.withTies === true, 'WITH TIES'],
      [query.offset !== null, 'OFFSET'],
    ),
    ...orderWords(query.orderBy),
  ];
}

function selectWords(select: Select): string[] {
  return [
    'SELECT',
    ...when(
      [select.distinct, 'DISTINCT'],
      [select.distinctOn.length > 0, 'DISTINCT ON'],
      [select.as === 'struct', 'SELECT AS STRUCT', 'AS STRUCT'],
      [select.as === 'value', 'SELECT AS VALUE'],
      [select.from !== null, 'FROM'],
      [select.fromFirst === true, 'FROM FIRST'],
      [select.where !== null, 'WHERE'],
      [select.groupBy.length > 0, 'GROUP BY'],
      [select.having !== null, 'HAVING'],
      [select.qualify !== null, 'QUALIFY'],
      [select.windows.length > 0, 'WINDOW'],
    ),
    ...select.windows.flatMap((entry) => windowWords(entry.window)),
  ];
}

function groupWords(item: GroupItem): string[] {
  if (item.kind === 'all') return ['GROUP BY ALL'];
  if (item.kind === 'sets' || item.kind === 'nested-sets') return ['GROUPING SETS'];
  if (item.kind === 'rollup' || item.kind === 'cube') return [item.kind, `GROUP BY ${item.kind}`];
  return [];
}

function orderWords(items: OrderItem[]): string[] {
  return [
    ...when([items.length > 0, 'ORDER BY'], [items.some((item) => item.descending), 'DESC']),
    ...items.flatMap((item) => (item.nulls === null ? [] : [`NULLS ${item.nulls}`])),
  ];
}

function windowWords(window: Window): string[] {
  const unit = window.frame?.split(' ').slice(0, 2) ?? [];
  return [
    ...when(
      [window.partitionBy.length > 0, 'PARTITION BY'],
      [window.frame !== null, unit[1] === 'BETWEEN' ? unit.join(' ') : (unit[0] ?? '')],
      [window.frame?.includes('EXCLUDE') === true, 'EXCLUDE'],
    ),
    ...orderWords(window.orderBy),
  ];
}

function sourceWords(item: FromItem): string[] {
  switch (item.kind) {
    case 'table':
      return [];
    case 'subquery':
      return when([item.lateral, 'LATERAL']);
    case 'function':
      return when(
        [item.lateral, 'LATERAL'],
        [item.ordinality, 'WITH ORDINALITY'],
        [item.offset !== null, 'WITH OFFSET'],
      );
    case 'rows-from':
      return ['ROWS FROM', ...when([item.lateral, 'LATERAL'], [item.ordinality, 'WITH ORDINALITY'])];
    case 'join':
      return when(
        [item.type !== 'comma', `${item.type === 'inner' ? '' : item.type} JOIN`.trim()],
        [item.type.startsWith('asof '), 'ASOF JOIN'],
        [item.natural, 'NATURAL JOIN'],
        [item.using.length > 0, 'USING'],
      );
    case 'named-join':
      return [];
    case 'as-of':
      return ['FOR SYSTEM_TIME AS OF'];
    case 'sample':
      return ['TABLESAMPLE'];
    case 'pivot':
      return ['PIVOT'];
    case 'unpivot':
      return ['UNPIVOT'];
    case 'match-recognize':
      return ['MATCH_RECOGNIZE'];
  }
}

function callWords(call: Call): string[] {
  const name = call.name.startsWith('SAFE.') ? ['SAFE.', call.name.slice('SAFE.'.length)] : [call.name];
  return [
    ...name,
    ...when(
      [call.distinct, 'DISTINCT'],
      [call.nulls !== null, `${call.nulls} NULLS`],
      [call.filter !== null, 'FILTER'],
      [call.withinGroup.length > 0, 'WITHIN GROUP'],
      [call.limit !== null, 'LIMIT'],
      [call.having !== undefined, `HAVING ${call.having?.extreme}`],
      [call.over !== null, 'OVER'],
      [call.separators?.at(-1) === 'SEPARATOR', 'SEPARATOR'],
    ),
    ...orderWords([...call.orderBy, ...call.withinGroup]),
    ...(call.over === null ? [] : windowWords(call.over)),
  ];
}

function negatable(word: string, negated: boolean): string[] {
  return negated ? [word, `NOT ${word}`] : [word];
}

function expressionWords(expr: Expr): string[] {
  switch (expr.kind) {
    case 'star':
      return when([expr.except.length > 0, '* EXCEPT', 'EXCLUDE'], [expr.replace.length > 0, '* REPLACE', 'REPLACE']);
    case 'typed':
      return [expr.type];
    case 'unary':
      return when([expr.operator === 'NOT', 'NOT'], [expr.operator === '~', '~']);
    case 'binary':
      return when([!plainOperators.has(expr.operator), expr.operator]);
    case 'between':
      return negatable('BETWEEN', expr.negated);
    case 'in':
      return [...negatable('IN', expr.negated), ...when([expr.unnest !== null, 'UNNEST'])];
    case 'like':
      return [...negatable(expr.operator, expr.negated), ...when([expr.escape !== null, 'ESCAPE'])];
    case 'is':
      return [
        expr.test === 'VALUE' ? (expr.negated ? 'IS NOT' : 'IS') : `IS ${expr.negated ? 'NOT ' : ''}${expr.test}`,
        ...when([expr.oneWord === true, expr.negated ? 'NOTNULL' : 'ISNULL']),
      ];
    case 'exists':
      return negatable('EXISTS', expr.negated);
    case 'collate':
      return ['COLLATE', expr.collation];
    case 'quantified':
      return [expr.quantifier];
    case 'case':
      return ['CASE'];
    case 'cast':
      return [expr.style, typeWord(expr.type), ...when([expr.format !== null, 'FORMAT'])];
    case 'extract':
      return ['EXTRACT', expr.part];
    case 'interval':
      return ['INTERVAL', ...when([expr.unit !== null, expr.unit ?? ''])];
    case 'call':
      return callWords(expr);
    case 'array':
    case 'array-query':
      return ['ARRAY'];
    case 'struct':
      return ['STRUCT'];
    case 'map':
      return ['MAP'];
    case 'slice':
      return ['[:]'];
    case 'lambda':
      return [expr.style === 'arrow' ? '->' : 'LAMBDA'];
    case 'list-comprehension':
      return ['[FOR]'];
    case 'with':
      return ['WITH()'];
    case 'at-time-zone':
      return ['AT TIME ZONE'];
    case 'word':
      return [expr.word];
    default:
      return [];
  }
}

// `NUMERIC(10, 2)` is NUMERIC, `ARRAY<INT64>` is ARRAY.
function typeWord(type: string): string {
  return type.replace(/[(<[].*$/, '').trim();
}
