import type { ColumnType } from '../database.js';
import type { Expr } from '../sql/ast.js';
import { type Lexicon, matchPhrase } from './phrase.js';
import { columnType, findColumn, outputSelect, type Scope } from './scope.js';

/** The neutral type of an expression as far as the words need it; `other` where it is not known. */
export function typeOf(expr: Expr, scope: Scope, lexicon: Lexicon): ColumnType {
  const of = (part: Expr): ColumnType => typeOf(part, scope, lexicon);
  switch (expr.kind) {
    case 'column':
      return typeOfColumn(expr, scope, lexicon);
    case 'field': {
      const found = expr.object.kind === 'column' ? findColumn(expr.object.name, expr.object.table, scope) : null;
      const path = expr.object.kind === 'column' ? expr.object.name : '';
      const column = found?.entity.table?.columns.find((c) => c.name === path);
      return column?.fields?.find((f) => f.name === expr.name)?.type ?? 'other';
    }
    case 'number':
      return /[.e]/i.test(expr.text) ? 'number' : 'integer';
    case 'string':
      return 'text';
    case 'boolean':
    case 'between':
    case 'in':
    case 'like':
    case 'is':
    case 'exists':
      return 'boolean';
    case 'typed':
      return expr.type === 'DATE' ? 'date' : expr.type === 'JSON' ? 'json' : 'timestamp';
    case 'unary':
      return expr.operator === 'NOT' ? 'boolean' : of(expr.operand);
    case 'cast':
      return typeOfName(expr.type);
    case 'collate':
      return of(expr.operand);
    case 'extract':
      return matchPhrase(lexicon, expr, of)?.phrase.returns ?? 'integer';
    case 'case':
      return expr.whens[0] === undefined ? 'other' : of(expr.whens[0].then);
    case 'array':
    case 'array-query':
      return 'array';
    case 'binary':
      return typeOfBinary(expr, of, lexicon);
    case 'subquery': {
      const first = outputSelect(expr.query)?.items[0]?.expr;
      if (first?.kind === 'call' && /^(count|avg|sum)$/i.test(first.name)) return 'number';
      return 'other';
    }
    case 'call': {
      if (/^count$/i.test(expr.name)) return 'integer';
      const plain = { ...expr, over: null, filter: null };
      const match = matchPhrase(lexicon, plain, of);
      if (match === null) return 'other';
      if (match.phrase.returns !== 'other') return match.phrase.returns;
      const first = expr.args[0];
      return first === undefined ? 'other' : of(first);
    }
    default:
      return 'other';
  }
}

function typeOfColumn(expr: Extract<Expr, { kind: 'column' }>, scope: Scope, lexicon: Lexicon): ColumnType {
  const found = findColumn(expr.name, expr.table, scope);
  if (found !== null) return columnType(found.entity, expr.name);
  const alias = expr.table === null ? scope.aliases.get(expr.name.toLowerCase()) : undefined;
  return alias === undefined ? 'other' : typeOf(alias, { ...scope, aliases: new Map() }, lexicon);
}

function typeOfBinary(
  expr: Extract<Expr, { kind: 'binary' }>,
  of: (part: Expr) => ColumnType,
  lexicon: Lexicon,
): ColumnType {
  if (/^(AND|OR|=|==|<>|!=|<|<=|>|>=|@>|<@|\?|&&|~|~\*|!~)$/i.test(expr.operator)) return 'boolean';
  const phrase = matchPhrase(lexicon, expr, of);
  if (phrase !== null) return phrase.phrase.returns;
  if (expr.operator === '||') return 'text';
  if (expr.operator === '->') return 'json';
  if (expr.operator === '->>') return 'text';
  const left = of(expr.left);
  return left === 'integer' && of(expr.right) === 'integer'
    ? 'integer'
    : left === 'date' || left === 'timestamp'
      ? left
      : 'number';
}

/** The neutral type of a type name as SQL writes it. */
export function typeOfName(name: string): ColumnType {
  const lower = name.toLowerCase();
  if (/array|<|\[\]/.test(lower)) return 'array';
  if (/int|serial/.test(lower)) return 'integer';
  if (/num|dec|real|float|double/.test(lower)) return 'number';
  if (/char|text|string/.test(lower)) return 'text';
  if (/timestamp|datetime/.test(lower)) return 'timestamp';
  if (/date/.test(lower)) return 'date';
  if (/time/.test(lower)) return 'time';
  if (/bool/.test(lower)) return 'boolean';
  if (/json/.test(lower)) return 'json';
  return 'other';
}
