import type { SqlValue } from '../../core/database.js';

type Reader = (text: string) => SqlValue;

/** Text of a number as a number, unless that would change it: big integers, NaN and infinities stay text. */
const readNumber: Reader = (text) => {
  const value = Number(text);
  if (!Number.isFinite(value)) return text;
  return Number.isInteger(value) && !Number.isSafeInteger(value) ? text : value;
};
const readBoolean: Reader = (text) => text === 't';

/** Object ids of pg_type, which never change for built-in types. Every other type is read as its text. */
const readers: Record<number, Reader> = {
  16: readBoolean,
  20: readNumber,
  21: readNumber,
  23: readNumber,
  26: readNumber,
  700: readNumber,
  701: readNumber,
  1700: readNumber,
};

/** Array types whose elements are numbers or booleans, and those of text, dates and the like. */
const elementReaders: Record<number, Reader> = {
  1000: readBoolean,
  ...Object.fromEntries([1005, 1007, 1016, 1021, 1022, 1231].map((id) => [id, readNumber])),
  ...Object.fromEntries(
    [1002, 1009, 1014, 1015, 1115, 1182, 1183, 1185, 1187, 199, 2951, 3807].map((id) => [id, String]),
  ),
};

/** A value from its text and the object id of its type. JSON stays text, as in every engine. */
export function readValue(text: string | null, type: number): SqlValue {
  if (text === null) return null;
  const element = elementReaders[type];
  return element ? readArray(text, element) : (readers[type] ?? String)(text);
}

/** Reads `{1,NULL,"a \"b\""}`, of any depth; bounds before it (`[2:3]={…}`) are dropped. */
export function readArray(text: string, element: Reader): SqlValue[] {
  const tokens = text.slice(text.indexOf('{')).match(/[{}]|"(?:[^"\\]|\\.)*"|[^{},"]+/gs) ?? [];
  let position = 1;
  const read = (): SqlValue[] => {
    const items: SqlValue[] = [];
    for (;;) {
      const token = tokens[position++];
      if (token === undefined || token === '}') return items;
      if (token === '{') items.push(read());
      else if (token.startsWith('"')) items.push(element(token.slice(1, -1).replace(/\\(.)/gs, '$1')));
      else items.push(token === 'NULL' ? null : element(token));
    }
  };
  return read();
}
