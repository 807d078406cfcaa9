import type { Links } from './links.js';

type Piece = { kind: 'token'; family: string; index: number } | { kind: 'string' | 'word' | 'other'; text: string };

const pieces = /<([tcfvqa])(\d+)>|'(?:[^']|'')*'|[\p{L}\p{N}_]+|\s+|[\s\S]/gu;

/**
 * A completion as SQL: every index token becomes the name or value that it stands for in this prompt. Columns are written
 * with their table only where two tables of the statement have the name. A token that the prompt did not give stays as it
 * is, so that the statement fails to parse instead of meaning something else.
 */
export function restoreSql(completion: string, links: Links): string {
  const all = [...completion.trim().matchAll(pieces)].map(readPiece);
  const scope = readScope(all, links);
  let out = '';
  all.forEach((piece, at) => {
    const text =
      piece.kind === 'token'
        ? restoreToken(piece, at, all, links, scope)
        : piece.kind === 'string'
          ? restoreString(piece.text, links)
          : piece.text;
    const glued = piece.kind === 'token' && /[\p{L}\p{N}_"`'\])=<>,+*/%|]$/u.test(out);
    out += glued ? ` ${text}` : text;
  });
  return out;
}

function readPiece(match: RegExpMatchArray): Piece {
  const [text, family, index] = match;
  if (family) return { kind: 'token', family, index: Number(index) };
  if (/^'.*'$/s.test(text)) return { kind: 'string', text };
  return { kind: /^[\p{L}\p{N}_]/u.test(text) ? 'word' : 'other', text };
}

interface Scope {
  /** Numbers of the tables in the statement, and the alias by which it calls each, if it has one everywhere. */
  tables: Set<number>;
  aliases: Map<number, string>;
  /** Places, among the pieces, of the sort keys of a set operation, where only bare names are allowed. */
  bareFrom: (at: number) => boolean;
}

function readScope(all: Piece[], links: Links): Scope {
  const tables = new Set<number>();
  const aliases = new Map<number, string>();
  const unaliased = new Set<number>();
  const solid = all
    .map((piece, at) => ({ piece, at }))
    .filter(({ piece }) => piece.kind !== 'other' || piece.text.trim() !== '');
  solid.forEach(({ piece }, at) => {
    if (piece.kind !== 'token' || piece.family !== 't') return;
    tables.add(piece.index);
    const [as, alias] = [solid[at + 1]?.piece, solid[at + 2]?.piece];
    if (isWord(as, 'AS') && alias?.kind === 'token' && alias.family === 'q')
      aliases.set(piece.index, nameOf(alias, links) ?? '');
    else unaliased.add(piece.index);
  });
  for (const table of unaliased) aliases.delete(table);
  return { tables, aliases, bareFrom: setOperationOrder(all) };
}

/** Whether a place lies in the ORDER BY of a UNION, INTERSECT or EXCEPT, at the same depth of parentheses. */
function setOperationOrder(all: Piece[]): (at: number) => boolean {
  const inside: boolean[] = [];
  const stack = [{ set: false, order: false }];
  for (const piece of all) {
    const top = stack.at(-1)!;
    if (piece.kind === 'other' && piece.text === '(') stack.push({ set: false, order: false });
    if (piece.kind === 'other' && piece.text === ')' && stack.length > 1) stack.pop();
    if (piece.kind === 'word' && /^(UNION|INTERSECT|EXCEPT)$/i.test(piece.text))
      Object.assign(top, { set: true, order: false });
    if (isWord(piece, 'ORDER')) top.order = true;
    if (isWord(piece, 'LIMIT')) top.order = false;
    inside.push(top.set && top.order);
  }
  return (at) => inside[at]!;
}

const isWord = (piece: Piece | undefined, word: string): boolean =>
  piece?.kind === 'word' && piece.text.toUpperCase() === word;

function nameOf({ family, index }: { family: string; index: number }, links: Links): string | null {
  if (family === 'q') return `${links.sourcePrefix}${index + 1}`;
  if (family === 'a') return `${links.outputPrefix}${index + 1}`;
  const list = family === 't' ? links.tables : family === 'c' ? links.columns : links.fields;
  return list[index]?.sql ?? null;
}

function restoreToken(piece: Piece & { kind: 'token' }, at: number, all: Piece[], links: Links, scope: Scope): string {
  const { family, index } = piece;
  if (family === 'v') {
    const value = links.values[index];
    if (!value) return `<v${index}>`;
    return value.type === 'number' || /^-?\d+(\.\d+)?$/.test(value.text) ? value.text : `'${value.escaped}'`;
  }
  const name = nameOf(piece, links);
  if (name === null) return `<${family}${index}>`;
  return family === 'c' && mayQualify(all, at, scope) ? qualified(index, name, links, scope) : name;
}

/** Not after `alias.` or `AS`, nor in USING (…), nor in the sort keys of a set operation. */
function mayQualify(all: Piece[], at: number, scope: Scope): boolean {
  if (scope.bareFrom(at)) return false;
  const before: Piece[] = [];
  for (let i = at - 1; i >= 0 && before.length < 2; i -= 1) {
    const piece = all[i]!;
    if (piece.kind !== 'other' || piece.text.trim() !== '') before.push(piece);
  }
  const [last, earlier] = before;
  if (isWord(last, 'AS') || (last?.kind === 'other' && last.text === '.')) return false;
  return !(last?.kind === 'other' && last.text === '(' && isWord(earlier, 'USING'));
}

function qualified(index: number, name: string, links: Links, { tables, aliases }: Scope): string {
  const column = links.columns[index]!;
  if (!tables.has(column.table)) return name;
  const key = column.name.toLowerCase();
  const clash =
    [...tables].some((t) => t !== column.table && links.tables[t]?.columnNames.includes(key)) ||
    [...tables].some((t) => links.tables[t]?.name.toLowerCase() === key);
  if (!clash) return name;
  return `${aliases.get(column.table) ?? links.tables[column.table]!.sql}.${name}`;
}

/** Values and fields inside a string literal. */
function restoreString(text: string, links: Links): string {
  return text.replace(/<([vf])(\d+)>/g, (token, family: string, index: string) => {
    const found = family === 'v' ? links.values[Number(index)]?.escaped : links.fields[Number(index)]?.name;
    return found ?? token;
  });
}
