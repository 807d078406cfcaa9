import type { Expr } from './ast.js';
import { chains, levelOfBinary, likePostgres } from './grammar.js';
import { printCall } from './print-call.js';
import type { Printing } from './printing.js';

/** An expression as text, in parentheses where it binds less tightly than `level`. */
export function printExpression(expr: Expr, level: number, printing: Printing): string {
  const text = textOf(expr, printing);
  return levelOf(expr, printing) < level ? `(${text})` : text;
}

function levelOf(expr: Expr, { levels, grammar }: Printing): number {
  switch (expr.kind) {
    case 'binary':
      return levelOfBinary(expr.operator, levels);
    case 'unary':
      return expr.operator === 'NOT' ? levels.not : levels.unary;
    case 'exists':
      return expr.negated ? levels.not : levels.primary;
    case 'between':
    case 'in':
      return levels.predicate;
    case 'like':
      return expr.negated && globBars(expr.operator, grammar) ? levels.not : levels.predicate;
    case 'is':
      return levels.is;
    case 'collate':
      return levels.collate;
    case 'at-time-zone':
      return levels.atTimeZone;
    case 'cast':
      return expr.style === '::' ? levels.postfix : levels.primary;
    case 'index':
    case 'slice':
    case 'field':
      return levels.postfix;
    case 'lambda':
      return expr.style === 'keyword' ? 0 : levelOfBinary('->', levels);
    default:
      return levels.primary;
  }
}

function textOf(expr: Expr, printing: Printing): string {
  const { grammar, levels, names, expression, query } = printing;
  const list = (items: Expr[]) => items.map((item) => expression(item)).join(', ');
  switch (expr.kind) {
    case 'column': {
      const name = names.name(expr.name, expr.quoted);
      return expr.table === null ? name : `${names.name(expr.table)}.${name}`;
    }
    case 'field': {
      const object = expression(expr.object, levels.postfix);
      return `${expr.parenthesised ? `(${object})` : object}.${names.name(expr.name)}`;
    }
    case 'star':
      return star(expr, printing);
    case 'number':
      return expr.text;
    case 'string':
      return names.string(expr.value, expr.prefix);
    case 'boolean':
      return expr.value ? 'TRUE' : 'FALSE';
    case 'null':
      return 'NULL';
    case 'typed':
      return `${expr.type} ${names.string(expr.value, '')}`;
    case 'placeholder':
      return `{${expr.id}}`;
    case 'parameter':
      return expr.text;
    case 'unary':
      return unary(expr, printing);
    case 'binary': {
      const level = levelOfBinary(expr.operator, levels);
      const right = expr.operator === '->' && (grammar === 'duckdb' || grammar === 'bigquery');
      const left = expression(expr.left, right ? level + 0.1 : chains(expr.operator) ? level : level + 1);
      if (right) return `${left} -> ${expression(expr.right, level)}`;
      return `${left} ${expr.operator} ${expression(expr.right, level + 0.1)}`;
    }
    case 'between':
    case 'in':
    case 'like':
    case 'is':
      return predicate(expr, printing);
    case 'exists':
      return `${expr.negated ? 'NOT ' : ''}EXISTS (${query(expr.query)})`;
    case 'subquery':
      return `(${query(expr.query)})`;
    case 'collate':
      return `${expression(expr.operand, levels.collate)} COLLATE ${collation(expr.collation, printing)}`;
    case 'quantified':
      return `${expr.quantifier} ${quantity(expr, printing)}`;
    case 'case':
      return caseText(expr, printing);
    case 'cast': {
      if (expr.style === '::') return `${expression(expr.operand, levels.postfix)}::${expr.type}`;
      const format = expr.format === null ? '' : ` FORMAT ${expression(expr.format)}`;
      return `${expr.style}(${expression(expr.operand)} AS ${expr.type}${format})`;
    }
    case 'extract': {
      const zone = expr.timezone === null ? '' : ` AT TIME ZONE ${expression(expr.timezone)}`;
      return `EXTRACT(${expr.part} FROM ${expression(expr.source, zone === '' ? 0 : levels.atTimeZone + 1)}${zone})`;
    }
    case 'interval':
      return intervalText(expr, printing);
    case 'call':
      return printCall(expr, printing);
    case 'array': {
      const type = expr.elementType === null ? '' : `<${expr.elementType}>`;
      return `${expr.style === 'keyword' || type !== '' ? 'ARRAY' : ''}${type}[${list(expr.items)}]`;
    }
    case 'array-query':
      return `ARRAY(${query(expr.query)})`;
    case 'struct': {
      if (expr.style === 'braces') {
        const entries = expr.items.map((item) => `${names.string(item.alias ?? '', '')}: ${expression(item.expr)}`);
        return `{${entries.join(', ')}}`;
      }
      const items = expr.items.map(
        (item) => expression(item.expr) + (item.alias === null ? '' : ` AS ${names.name(item.alias)}`),
      );
      return `${expr.type ?? 'STRUCT'}(${items.join(', ')})`;
    }
    case 'map':
      return `MAP {${expr.entries.map(({ key, value }) => `${expression(key)}: ${expression(value)}`).join(', ')}}`;
    case 'list-comprehension': {
      const condition = expr.condition === null ? '' : ` IF ${expression(expr.condition)}`;
      const variables = expr.variables.map((name) => names.name(name)).join(', ');
      return `[${expression(expr.element)} FOR ${variables} IN ${expression(expr.list)}${condition}]`;
    }
    case 'index':
    case 'slice':
      return indexText(expr, printing);
    case 'lambda': {
      const parameters = expr.parameters.map((name) => names.name(name)).join(', ');
      if (expr.style === 'keyword') return `LAMBDA ${parameters}: ${expression(expr.body)}`;
      const head = expr.parameters.length === 1 ? parameters : `(${parameters})`;
      return `${head} -> ${expression(expr.body, levelOfBinary('->', levels))}`;
    }
    case 'with': {
      const bindings = expr.bindings.map(({ name, value }) => `${names.name(name)} AS ${expression(value)}, `);
      return `WITH(${bindings.join('')}${expression(expr.result)})`;
    }
    case 'table-argument':
      return expr.query === null
        ? `${expr.word} ${expr.name.map((part) => names.name(part)).join('.')}`
        : `TABLE (${query(expr.query)})`;
    case 'tuple':
      return `(${list(expr.items)})`;
    case 'at-time-zone':
      return `${expression(expr.operand, levels.atTimeZone)} AT TIME ZONE ${expression(expr.zone, levels.atTimeZone + 0.1)}`;
    case 'word':
      return expr.word;
  }
}

function star(expr: Expr & { kind: 'star' }, { grammar, names, levels, expression }: Printing): string {
  const owner = expr.object === undefined ? expr.table : null;
  let text = owner === null ? '*' : `${names.name(owner)}.*`;
  if (expr.object !== undefined) {
    const plain = expr.object.kind === 'column' || expr.object.kind === 'field';
    text = `${plain ? expression(expr.object, levels.postfix) : `(${expression(expr.object)})`}.*`;
  }
  const except = grammar === 'duckdb' ? 'EXCLUDE' : 'EXCEPT';
  if (expr.except.length > 0) text += ` ${except} (${expr.except.map((name) => names.name(name)).join(', ')})`;
  const replaced = expr.replace.map((item) => `${expression(item.expr)} AS ${names.name(item.name)}`);
  return replaced.length > 0 ? `${text} REPLACE (${replaced.join(', ')})` : text;
}

// DuckDB counts units by a literal, or by an expression in parentheses.
function intervalText({ value, unit }: Expr & { kind: 'interval' }, { grammar, levels, expression }: Printing): string {
  if (unit === null) return `INTERVAL ${expression(value, levels.primary)}`;
  const bare = grammar !== 'duckdb' || ['number', 'string', 'placeholder'].includes(value.kind);
  return `INTERVAL ${bare ? expression(value, levels.unary) : `(${expression(value)})`} ${unit}`;
}

// PostgreSQL takes an index after a name or a parenthesis only.
function indexText(expr: Expr & { kind: 'index' | 'slice' }, { grammar, levels, expression }: Printing): string {
  const bare =
    !likePostgres(grammar) || ['column', 'field', 'index', 'slice', 'placeholder'].includes(expr.object.kind);
  const object = expression(expr.object, bare ? levels.postfix : levels.primary);
  return `${bare || object.startsWith('(') ? object : `(${object})`}[${boundsText(expr, expression)}]`;
}

function boundsText(expr: Expr & { kind: 'index' | 'slice' }, expression: Printing['expression']): string {
  if (expr.kind === 'index')
    return `${expression(expr.index)}${expr.upper === null ? '' : `:${expression(expr.upper)}`}`;
  const end = (bound: Expr | null) => (bound === null ? '' : expression(bound));
  if (expr.step === null) return `${end(expr.lower)}:${end(expr.upper)}`;
  return `${end(expr.lower)}:${expr.upper === null ? '-' : expression(expr.upper)}:${expression(expr.step)}`;
}

// BigQuery names a collation in a text.
function collation(name: string, { grammar, names }: Printing): string {
  return grammar === 'bigquery' ? names.string(name, '') : names.name(name);
}

// `--` would begin a comment, so a sign below a sign stands in parentheses.
function unary(expr: Expr & { kind: 'unary' }, { levels, expression }: Printing): string {
  if (expr.operator === 'NOT') return `NOT ${expression(expr.operand, levels.not)}`;
  const space = /[-+~]/.test(expr.operator) ? '' : ' ';
  return `${expr.operator}${space}${expression(expr.operand, levels.unary + 0.1)}`;
}

function predicate(expr: Expr & { kind: 'between' | 'in' | 'like' | 'is' }, printing: Printing): string {
  const { grammar, levels, expression, query } = printing;
  const not = expr.negated ? 'NOT ' : '';
  const above = levels.predicate + 1;
  switch (expr.kind) {
    case 'between':
      return `${expression(expr.operand, above)} ${not}BETWEEN ${expr.symmetric ? 'SYMMETRIC ' : ''}${expression(expr.low, above)} AND ${expression(expr.high, above)}`;
    case 'in': {
      const right =
        expr.unnest !== null
          ? grammar === 'duckdb'
            ? expression(expr.unnest, above)
            : `UNNEST(${expression(expr.unnest)})`
          : expr.query !== null
            ? `(${query(expr.query)})`
            : `(${expr.list.map((item) => expression(item)).join(', ')})`;
      return `${expression(expr.operand, above)} ${not}IN ${right}`;
    }
    case 'like': {
      const escape = expr.escape === null ? '' : ` ESCAPE ${expression(expr.escape, above)}`;
      const plain = `${expression(expr.operand, above)} ${expr.operator} ${expression(expr.pattern, above)}${escape}`;
      if (!expr.negated) return plain;
      if (globBars(expr.operator, grammar)) return `NOT ${plain}`;
      return `${expression(expr.operand, above)} NOT ${expr.operator} ${expression(expr.pattern, above)}${escape}`;
    }
    case 'is': {
      if (expr.oneWord && hasOneWord(printing.grammar))
        return `${expression(expr.operand, levels.is + 1)} ${expr.negated ? 'NOTNULL' : 'ISNULL'}`;
      const test = expr.test === 'VALUE' ? '' : expr.test;
      const right = expr.right === null ? '' : expression(expr.right, levels.is + 1);
      return `${expression(expr.operand, levels.is + 1)} IS ${not}${[test, right].filter((part) => part !== '').join(' ')}`;
    }
  }
}

const hasOneWord = (grammar: Printing['grammar']): boolean => grammar === 'sqlite' || likePostgres(grammar);

/** DuckDB has no NOT between a text and GLOB. */
const globBars = (operator: string, grammar: Printing['grammar']): boolean =>
  operator === 'GLOB' && grammar === 'duckdb';

function quantity(expr: Expr & { kind: 'quantified' }, { expression, query }: Printing): string {
  if (expr.query !== null) return `(${query(expr.query)})`;
  const array = expr.array!;
  if (array.kind === 'tuple' || (array.kind === 'call' && array.name === 'UNNEST')) return expression(array);
  return `(${expression(array)})`;
}

function caseText(expr: Expr & { kind: 'case' }, { expression }: Printing): string {
  const parts = ['CASE'];
  if (expr.operand !== null) parts.push(expression(expr.operand));
  for (const { when, then } of expr.whens) parts.push(`WHEN ${expression(when)} THEN ${expression(then)}`);
  if (expr.otherwise !== null) parts.push(`ELSE ${expression(expr.otherwise)}`);
  return `${parts.join(' ')} END`;
}
