import type { Call, Expr, OrderItem, Window } from '../sql/ast.js';
import { matchPhrase } from './phrase.js';
import { orderWords } from './comparison.js';
import type { Reader } from './reader.js';
import { findColumn, type Scope } from './scope.js';
import { typeOf, typeOfName } from './type-of.js';
import { the, Unreadable } from './voice.js';
import { enumerate, humanise, ordinal, singular } from './words.js';

/** Reads an expression as a noun phrase without article: `unit price`, `average of the year of the order date`. */
export function nounPhrase(expr: Expr, scope: Scope, reader: Reader): string {
  const { random } = reader.voice;
  const phrase = (part: Expr): string => nounPhrase(part, scope, reader);
  switch (expr.kind) {
    case 'column':
      return columnPhrase(expr, scope, reader);
    case 'field': {
      const owner = expr.object.kind === 'column' ? findColumn(expr.object.name, expr.object.table, scope) : null;
      if (owner?.entity.kind === 'element') return `${humanise(expr.name)} of the ${owner.entity.one}`;
      return `${humanise(expr.name)} of the ${phrase(expr.object)}`;
    }
    case 'number':
    case 'string':
    case 'boolean':
    case 'null':
    case 'typed':
    case 'placeholder':
    case 'interval':
      return literalPhrase(expr, reader);
    case 'unary':
      if (expr.operator === '-' && expr.operand.kind === 'number') return `-${expr.operand.text}`;
      if (expr.operator === '-') return `negative of the ${phrase(expr.operand)}`;
      break;
    case 'binary': {
      const spoken = spokenPhrase(expr, scope, reader);
      if (spoken !== null) return spoken;
      const arithmetic = arithmeticPhrase(expr, scope, reader);
      if (arithmetic !== null) return arithmetic;
      return `whether ${reader.clause(expr, scope)}`;
    }
    case 'call':
      return callPhrase(expr, scope, reader);
    case 'cast': {
      const spoken = spokenPhrase(expr, scope, reader);
      if (spoken !== null) return spoken;
      const target = castWords[typeOfName(expr.type)];
      if (target === undefined) break;
      if (expr.style === 'SAFE_CAST') return `${phrase(expr.operand)} converted to ${target} if possible`;
      return `${phrase(expr.operand)} ${random.pick(['as', 'converted to', 'turned into'])} ${target}`;
    }
    case 'case':
      return casePhrase(expr, scope, reader);
    case 'at-time-zone':
      return `${phrase(expr.operand)} in the time zone ${literalPhrase(expr.zone, reader)}`;
    case 'struct': {
      const spoken = spokenPhrase(expr, scope, reader);
      if (spoken !== null || expr.items.length === 0) return spoken ?? nothing(expr);
      return `record of ${enumerate(expr.items.map((item) => the(phrase(item.expr))))}`;
    }
    case 'array-query':
      return `list of ${the(reader.queryPhrase(expr.query, scope))}`;
    case 'collate':
      return `${phrase(expr.operand)} ${collationWords(expr.collation)}`;
    case 'subquery':
      return reader.queryPhrase(expr.query, scope);
    case 'between':
    case 'in':
    case 'like':
    case 'is':
    case 'exists':
      return `whether ${reader.clause(expr, scope)}`;
    default: {
      const spoken = spokenPhrase(expr, scope, reader);
      if (spoken !== null) return spoken;
    }
  }
  throw new Unreadable(`${expr.kind} ${'operator' in expr ? String(expr.operator) : ''}`.trim());
}

const castWords: Record<string, string> = {
  integer: 'a whole number',
  number: 'a number',
  text: 'text',
  date: 'a date',
  timestamp: 'a timestamp',
  boolean: 'true or false',
};

function collationWords(collation: string): string {
  if (/^nocase$/i.test(collation)) return 'without regard to case';
  if (/^rtrim$/i.test(collation)) return 'without regard to trailing spaces';
  if (/^(c|posix|binary)$/i.test(collation)) return 'compared byte by byte';
  throw new Unreadable(`collation ${collation}`);
}

function columnPhrase(expr: Extract<Expr, { kind: 'column' }>, scope: Scope, reader: Reader): string {
  const found = findColumn(expr.name, expr.table, scope);
  if (found === null) {
    const alias = expr.table === null ? scope.aliases.get(expr.name.toLowerCase()) : undefined;
    if (alias === undefined) throw new Unreadable(`name ${expr.name}`);
    return nounPhrase(alias, { ...scope, aliases: new Map() }, reader);
  }
  const { entity } = found;
  const meaning = [...entity.columns].find(([name]) => name.toLowerCase() === expr.name.toLowerCase())?.[1];
  if (meaning !== undefined) return meaning.phrase;
  if (entity.kind === 'element') return entity.one;
  const known = entity.table?.columns.find((c) => c.name.toLowerCase() === expr.name.toLowerCase());
  if (known === undefined) throw new Unreadable(`column ${expr.name}`);
  const words = humanise(known.name);
  if (!found.qualify) return words;
  return reader.voice.possessive ? `${possessive(entity.one)} ${words}` : `${words} of the ${entity.one}`;
}

const possessive = (noun: string): string => (noun.endsWith('s') ? `${noun}'` : `${noun}'s`);

/** A literal as the question shows it, so that it can be found there again. */
export function literalPhrase(expr: Expr, reader: Reader): string {
  switch (expr.kind) {
    case 'number':
      return expr.text;
    case 'string':
      return quoted(expr.value, reader);
    case 'boolean':
      return expr.value ? 'true' : 'false';
    case 'null':
      return 'nothing';
    case 'typed':
      return expr.value;
    case 'placeholder':
      return expr.id;
    case 'unary':
      return expr.operand.kind === 'number' ? `-${expr.operand.text}` : nothing(expr);
    case 'interval':
      if (expr.value.kind === 'string' && expr.unit === null) return expr.value.value;
      if (expr.unit === null) return nothing(expr);
      return `${literalPhrase(expr.value, reader)} ${expr.unit.toLowerCase()}${isOne(expr.value) ? '' : 's'}`;
    default:
      return nothing(expr);
  }
}

const isOne = (expr: Expr): boolean => expr.kind === 'number' && expr.text === '1';

function nothing(expr: Expr): never {
  throw new Unreadable(`literal ${expr.kind}`);
}

/** Quotes are left away only where the value's end is plain to see. */
export function quoted(value: string, reader: Reader): string {
  if (/^\d{4}-\d{2}-\d{2}([ T].*)?$/.test(value)) return value;
  const plain =
    /^[A-Z][A-Za-z0-9]*( [A-Z0-9][A-Za-z0-9]*)*$/.test(value) || /^[a-z]{3,}$/.test(value) || /^\d{4}$/.test(value);
  const { quote } = reader.voice;
  if (quote === '' && plain) return value;
  const mark = quote !== '' && !value.includes(quote) ? quote : value.includes("'") ? '"' : "'";
  return `${mark}${value}${mark}`;
}

/** Reads by the dialect's or the common phrases; null where none fits. */
function spokenPhrase(expr: Expr, scope: Scope, reader: Reader): string | null {
  const match = matchPhrase(reader.lexicon, expr, (part) => typeOf(part, scope, reader.lexicon));
  if (match === null) return null;
  if (match.phrase.kind === 'predicate') return `whether ${reader.clause(expr, scope)}`;
  const says = overResult(match.holes, scope) ? ofOnly(match.phrase.says) : match.phrase.says;
  return fillWords(reader.voice.random.pick(says), match.holes, scope, reader);
}

/** Whether a hole holds a column of a result, whose words may begin with `largest` or `average` already. */
const overResult = (holes: ReadonlyMap<string, Expr>, scope: Scope): boolean =>
  [...holes.values()].some(
    (expr) => expr.kind === 'column' && findColumn(expr.name, expr.table, scope)?.entity.kind === 'result',
  );

/** `maximum of the average price` rather than `largest average price`, where there is a way to say it so. */
function ofOnly(says: string[]): string[] {
  const apart = says.filter((words) => words.includes('of the {'));
  return apart.length === 0 ? says : apart;
}

/** Puts the readings of what stands in the holes into a phrase's words. */
export function fillWords(words: string, holes: ReadonlyMap<string, Expr>, scope: Scope, reader: Reader): string {
  return words.replace(/(\bthe )?\{(\w+)\}/g, (_, article: string | undefined, name: string) => {
    const expr = holes.get(name);
    if (expr === undefined) throw new Unreadable(`hole ${name}`);
    // `distance to 50`, not `to the 50`.
    if (article !== undefined && ['number', 'typed'].includes(expr.kind)) return nounPhrase(expr, scope, reader);
    return (article ?? '') + holeWords(name, expr, scope, reader);
  });
}

function holeWords(name: string, expr: Expr, scope: Scope, reader: Reader): string {
  if (expr.kind === 'string' && (name === 'path' || name === 'key')) return pathWords(expr.value);
  if (expr.kind === 'string' && name === 'prefix') return quoted(expr.value.replace(/%$/, ''), reader);
  return nounPhrase(expr, scope, reader);
}

/** `$.device.os` → `os of the device`; `$.ratings[0]` → `1st element of the ratings`. The key itself stays findable. */
export function pathWords(path: string): string {
  const steps = path
    .replace(/^\$\.?/, '')
    .split(/[.,]|(?=\[)/)
    .map((step) => step.replace(/[{}"]/g, '').trim())
    .filter((step) => step !== '');
  if (steps.length === 0) return 'whole document';
  const words = steps.map((step) => {
    const index = /^\[?(\d+)\]?$/.exec(step);
    if (index !== null) return `${ordinal(Number(index[1]) + 1)} element`;
    if (/^\[#-1\]$/.test(step)) return 'last element';
    return step.replace(/_/g, ' ');
  });
  return words.reverse().join(' of the ');
}

const isArithmetic = (expr: Expr): boolean => expr.kind === 'binary' && /^[-+*/%]$/.test(expr.operator);

function arithmeticPhrase(expr: Extract<Expr, { kind: 'binary' }>, scope: Scope, reader: Reader): string | null {
  const words: Record<string, [string[], string]> = {
    '+': [['plus', 'added to'], 'sum of the {a} and the {b}'],
    '-': [['minus'], 'difference between the {a} and the {b}'],
    '*': [['times', 'multiplied by'], 'product of the {a} and the {b}'],
    '/': [['divided by'], 'ratio of the {a} to the {b}'],
    '%': [['modulo'], 'remainder of the {a} divided by the {b}'],
    '||': [['followed by', 'joined with'], '{a} followed by the {b}'],
  };
  const entry = words[expr.operator];
  if (entry === undefined) return null;
  if (expr.operator === '||') return concatenation(expr, scope, reader);
  const left = nounPhrase(expr.left, scope, reader);
  const right = nounPhrase(expr.right, scope, reader);
  const compound = isArithmetic(expr.left) || isArithmetic(expr.right);
  if (!compound && reader.voice.random.chance(0.7)) {
    return `${left} ${reader.voice.random.pick(entry[0])} ${the(right)}`;
  }
  return entry[1].replace('the {a}', () => the(left)).replace('the {b}', () => the(right));
}

function concatenation(expr: Expr, scope: Scope, reader: Reader): string {
  const parts: Expr[] = [];
  const collect = (part: Expr): void => {
    if (part.kind === 'binary' && part.operator === '||') {
      collect(part.left);
      collect(part.right);
    } else {
      parts.push(part);
    }
  };
  collect(expr);
  const words = parts.map((part) => {
    if (part.kind === 'string') return `'${part.value}'`;
    return nounPhrase(part, scope, reader);
  });
  return `text made of ${enumerate(words)} joined together`;
}

function callPhrase(expr: Call, scope: Scope, reader: Reader): string {
  const bare: Call = { ...expr, over: null, filter: null };
  const base =
    countPhrase(bare, scope, reader) ??
    aggregateOfCase(bare, scope, reader) ??
    conditionalPhrase(bare, scope, reader) ??
    orderedCallPhrase(bare, scope, reader);
  const counted = expr.filter === null ? base : `${base} counting only rows where ${reader.clause(expr.filter, scope)}`;
  if (expr.over === null) return counted;
  return windowPhrase(expr, counted, expr.over, scope, reader);
}

/** COUNT(*) counts what the rows are (`number of orders`); COUNT of a joined table's key counts that table's rows. */
function countPhrase(expr: Call, scope: Scope, reader: Reader): string | null {
  const [only] = expr.args;
  if (!/^count$/i.test(expr.name)) return null;
  const count = reader.voice.random.pick(['number of', 'count of', 'number of']);
  if (only === undefined || only.kind === 'star' || (only.kind === 'number' && only.text === '1')) {
    return expr.distinct ? null : `${count} ${scope.rows}`;
  }
  if (
    only.kind === 'case' &&
    only.operand === null &&
    only.whens.length === 1 &&
    only.otherwise === null &&
    only.whens[0]!.then.kind === 'number'
  ) {
    return `${count} cases in which ${reader.clause(only.whens[0]!.when, scope)}`;
  }
  if (only.kind !== 'column') return null;
  const found = findColumn(only.name, only.table, scope);
  const isKey = found?.entity.table?.columns.find((c) => c.name === only.name)?.primaryKey === true;
  if (!isKey || !found.qualify || found.outer || found.entity.many === scope.rows) return null;
  return `${count} ${expr.distinct ? 'different ' : ''}${found.entity.many}`;
}

/** SUM(CASE WHEN … THEN 1 ELSE 0 END) counts, and a CASE that puts out a column or nothing picks the rows of the aggregate. */
function aggregateOfCase(expr: Call, scope: Scope, reader: Reader): string | null {
  const [only, ...more] = expr.args;
  if (only?.kind !== 'case' || more.length > 0 || only.operand !== null || only.whens.length !== 1 || expr.distinct)
    return null;
  const { when, then } = only.whens[0]!;
  const isZero = only.otherwise?.kind === 'number' && Number(only.otherwise.text) === 0;
  if (!(only.otherwise === null || only.otherwise.kind === 'null' || (isZero && /^sum$/i.test(expr.name)))) return null;
  const condition = reader.clause(when, scope);
  if (then.kind === 'number') {
    if (!/^sum$/i.test(expr.name) || then.text !== '1') return null;
    return `total number of ${scope.rows} for which ${condition}`;
  }
  if (!/^(sum|avg|min|max)$/i.test(expr.name) || then.kind === 'string') return null;
  const whole = spokenPhrase({ ...expr, args: [then] }, scope, reader);
  return whole === null ? null : `${whole} counting only ${scope.rows} for which ${condition}`;
}

/** Aggregates over a condition: the rows where it holds. */
function conditionalPhrase(expr: Call, scope: Scope, reader: Reader): string | null {
  const [condition, ...more] = expr.args;
  if (condition === undefined || more.length > 0 || expr.distinct) return null;
  const name = expr.name.toUpperCase();
  const { random } = reader.voice;
  const holds = (): string => reader.clause(condition, scope);
  const isCondition = typeOf(condition, scope, reader.lexicon) === 'boolean';
  if (/^COUNT_?IF$/.test(name)) return `${random.pick(['number of', 'count of'])} ${scope.rows} for which ${holds()}`;
  if (!isCondition) return null;
  if (name === 'SUM') return `sum of the rows in which ${holds()}`;
  if (name === 'AVG') return `share of rows in which ${holds()}`;
  if (/^(BOOL_AND|LOGICAL_AND)$/.test(name)) return `answer to whether in every row ${holds()}`;
  if (/^(BOOL_OR|LOGICAL_OR)$/.test(name)) return `answer to whether in any row ${holds()}`;
  return null;
}

function orderedCallPhrase(expr: Call, scope: Scope, reader: Reader): string {
  const [condition, then, otherwise, ...more] = expr.args;
  if (
    /^(if|iif)$/i.test(expr.name) &&
    condition !== undefined &&
    then !== undefined &&
    otherwise !== undefined &&
    more.length === 0
  ) {
    const value = (part: Expr): string =>
      part.kind === 'string' ? `'${part.value}'` : the(nounPhrase(part, scope, reader));
    return `choice of ${value(then)} if ${reader.clause(condition, scope)}, else ${value(otherwise)}`;
  }
  const whole = spokenPhrase(expr, scope, reader);
  if (whole !== null) return whole;
  if (expr.orderBy.length > 0) {
    const unordered = spokenPhrase({ ...expr, orderBy: [] }, scope, reader);
    if (unordered !== null) return `${unordered} in order of ${orderPhrase(expr.orderBy, scope, reader)}`;
  }
  throw new Unreadable(`function ${expr.name.toUpperCase()}`);
}

/** `price from highest to lowest and then name alphabetically`. */
export function orderPhrase(items: OrderItem[], scope: Scope, reader: Reader): string {
  const { random } = reader.voice;
  return items
    .map((item) => {
      const type = typeOf(item.expr, scope, reader.lexicon);
      const nulls = item.nulls === null ? '' : ` with missing values ${item.nulls}`;
      return `${nounPhrase(item.expr, scope, reader)} ${random.pick(orderWords(type, item.descending))}${nulls}`;
    })
    .join(random.pick([' and then ', ', then ']));
}

function windowPhrase(expr: Call, base: string, over: Window, scope: Scope, reader: Reader): string {
  if (over.base !== null) throw new Unreadable('named window');
  const { random } = reader.voice;
  const aggregate = /^(count|sum|avg|min|max|total|string_agg|array_agg|group_concat)$/i.test(expr.name);
  const partition =
    over.partitionBy.length === 0
      ? ''
      : ` ${random.pick(['within each', 'per', 'separately for each'])} ${enumerate(over.partitionBy.map((e) => singular(nounPhrase(e, scope, reader))))}`;
  if (over.orderBy.length === 0) {
    if (over.frame !== null) throw new Unreadable('frame without order');
    if (partition === '') return `${base} ${random.pick(['over all rows', 'across all rows'])} beside each row`;
    return `${base}${partition} beside each row`;
  }
  const order = orderPhrase(over.orderBy, scope, reader);
  const frame = frameWords(over.frame);
  if (aggregate && over.frame === null) return `running ${base} in order of ${order}${partition}`;
  if (aggregate) return `${base} ${frame} in order of ${order}${partition}`;
  const position = /rank|row_number|ntile|cume_dist/i.test(expr.name)
    ? random.pick(['by', 'in order of'])
    : 'in order of';
  return `${base}${frame === '' ? '' : ` ${frame}`} ${position} ${order}${partition}`;
}

/** Frames that have plain words; others are not asked about. */
function frameWords(frame: string | null): string {
  if (frame === null) return '';
  const words = frame.toUpperCase().replace(/\s+/g, ' ');
  if (/^ROWS (BETWEEN )?UNBOUNDED PRECEDING( AND CURRENT ROW)?$/.test(words))
    return 'over all rows up to the current one';
  if (/^(ROWS|RANGE) BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING$/.test(words))
    return `over the whole ${words.startsWith('ROWS') ? 'set of rows' : 'range'}`;
  const back = /^ROWS (?:BETWEEN )?(\d+) PRECEDING(?: AND CURRENT ROW)?$/.exec(words);
  if (back !== null) return `over the current row and the ${back[1]} before it`;
  const around = /^ROWS BETWEEN (\d+) PRECEDING AND (\d+) FOLLOWING$/.exec(words);
  if (around !== null) return `over the rows from ${around[1]} before to ${around[2]} after`;
  const ahead = /^ROWS BETWEEN CURRENT ROW AND (\d+) FOLLOWING$/.exec(words);
  if (ahead !== null) return `over the current row and the ${ahead[1]} after it`;
  const before = /^ROWS BETWEEN (\d+) PRECEDING AND (\d+) PRECEDING$/.exec(words);
  if (before !== null) return `over the rows from ${before[1]} before to ${before[2]} before`;
  if (/^ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING$/.test(words)) return 'over all rows before the current one';
  if (/^ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING$/.test(words)) return 'over the current row and all after it';
  throw new Unreadable(`frame ${frame}`);
}

function casePhrase(expr: Extract<Expr, { kind: 'case' }>, scope: Scope, reader: Reader): string {
  const value = (part: Expr): string =>
    part.kind === 'string' ? `'${part.value}'` : the(nounPhrase(part, scope, reader));
  const operand = expr.operand;
  const arms = expr.whens.map(({ when, then }) => {
    const condition =
      operand === null
        ? reader.clause(when, scope)
        : reader.clause({ kind: 'binary', operator: '=', left: operand, right: when }, scope);
    return `${value(then)} ${reader.voice.random.pick(['if', 'when', 'where'])} ${condition}`;
  });
  const rest = expr.otherwise === null ? '' : `, otherwise ${value(expr.otherwise)}`;
  return `label that is ${arms.join(', ')}${rest}`;
}
