import type { Expr, FromItem } from '../sql/ast.js';
import { literalPhrase, nounPhrase } from './expression.js';
import { isLiteral } from './phrase.js';
import type { Reader } from './reader.js';
import { type Entity, findColumn, type ResultColumn, type Scope } from './scope.js';
import { the, Unreadable } from './voice.js';
import { humanise, singular } from './words.js';

type TableFunction = Extract<FromItem, { kind: 'function' }>;

const entries = ['json_each', 'jsonb_each', 'jsonb_each_text', 'json_tree'];
const unnesting = ['unnest', 'jsonb_array_elements', 'jsonb_array_elements_text', 'json_array_elements_text'];
const series = ['generate_series', 'range', 'generate_array', 'generate_date_array', 'generate_timestamp_array'];

/** A table-valued call as what each of its rows is: an element of an array, an entry of a document, a number of a series. */
export function elementEntity(item: TableFunction, scope: Scope, reader: Reader): Entity {
  const { call } = item;
  if (call.kind !== 'call' || call.named.length > 0) throw new Unreadable('table function');
  const name = call.name.toLowerCase();
  const [first] = call.args;
  if (first === undefined) throw new Unreadable(`table function ${name}`);
  const listed = series.includes(name) ? call : name === 'unnest' && first.kind === 'call' ? first : null;
  if (listed !== null && series.includes(listed.name.toLowerCase())) return seriesEntity(item, listed, reader);
  if (call.args.length > 1) throw new Unreadable(`table function ${name}`);
  if (entries.includes(name)) return entryEntity(item, first, scope, name === 'json_tree' ? ' at any depth' : '');
  if (unnesting.includes(name)) return element(item, first, scope, reader);
  throw new Unreadable(`table function ${name}`);
}

function element(item: TableFunction, array: Expr, scope: Scope, reader: Reader): Entity {
  const alias = item.alias ?? (item.call as { name: string }).name.toLowerCase();
  const own = array.kind === 'column' && findColumn(array.name, array.table, scope)?.entity.table != null;
  const many = own
    ? humanise((array as { name: string }).name)
    : `elements of ${the(nounPhrase(array, scope, reader))}`;
  const single = singular(many);
  const one = own ? `single ${single === many ? `${many} element` : single}` : many.replace(/^elements/, 'element');
  const columns = new Map<string, ResultColumn>();
  item.columns.forEach((column, index) => {
    const last = item.ordinality && index === item.columns.length - 1;
    columns.set(column, last ? position(one, 1) : { phrase: one, type: 'other' });
  });
  if (item.ordinality && item.columns.length < 2) throw new Unreadable('ordinality without a name');
  if (item.offset !== null) columns.set(item.offset, position(one, 0));
  return { alias, one, many, kind: 'element', table: null, columns };
}

const position = (one: string, from: number): ResultColumn => ({
  phrase: `position of the ${one} counted from ${from}`,
  type: 'integer',
});

/** `where`: which entries are meant besides those at the top. */
function entryEntity(item: TableFunction, source: Expr, scope: Scope, where: string): Entity {
  if (source.kind !== 'column' || item.ordinality || item.offset !== null) throw new Unreadable('table function');
  if (findColumn(source.name, source.table, scope)?.entity.table == null) throw new Unreadable('table function source');
  const many = humanise(source.name);
  const columns = new Map<string, ResultColumn>([
    ['key', { phrase: `key${where} in the ${many}`, type: 'text' }],
    ['value', { phrase: `value${where} in the ${many}`, type: 'other' }],
  ]);
  if (where !== '') {
    columns.set('atom', { phrase: `single value${where} in the ${many}`, type: 'other' });
    columns.set('type', { phrase: `JSON type${where} in the ${many}`, type: 'text' });
    columns.set('fullkey', { phrase: `path${where} in the ${many}`, type: 'text' });
  }
  return {
    alias: item.alias ?? (item.call as { name: string }).name.toLowerCase(),
    ...{
      one: `entry${where} of the ${many}`,
      many: `entries${where} of the ${many}`,
      kind: 'element',
      table: null,
      columns,
    },
  };
}

/** `numbers from 1 to 12`, `dates from 2024-03-01 to 2024-03-07 in steps of 1 week`. */
function seriesEntity(item: TableFunction, call: Extract<Expr, { kind: 'call' }>, reader: Reader): Entity {
  const [from, to, step] = call.args;
  if (to === undefined || ![from!, to, ...(step === undefined ? [] : [step])].every((part) => isLiteral(bare(part))))
    throw new Unreadable(`table function ${call.name.toLowerCase()}`);
  const texts = call.args.map((part) => literalPhrase(bare(part), reader));
  const dated = /^\d{4}-/.test(texts[0]!);
  const timed = dated && texts[0]!.length > 10;
  const one = timed ? 'time' : dated ? 'date' : 'number';
  const many = `${one}s from ${texts[0]!} to ${texts[1]!}${step === undefined ? '' : ` in steps of ${texts[2]!}`}`;
  const type = timed ? 'timestamp' : dated ? 'date' : 'integer';
  const columns = new Map<string, ResultColumn>();
  for (const column of item.columns) columns.set(column, { phrase: one, type });
  if (item.offset !== null) columns.set(item.offset, position(one, 0));
  return {
    alias: item.alias ?? (item.call as { name: string }).name.toLowerCase(),
    ...{ one, many, kind: 'element', table: null, columns },
  };
}

const bare = (expr: Expr): Expr => (expr.kind === 'cast' ? expr.operand : expr);
