import { valueToken } from './mask-values.js';

/** What the statement says of a literal that it lacks. */
export type SlotRole = 'limit' | 'pattern' | 'number' | 'any';

export interface ValueSlot {
  /** Place among the tokens. */
  at: number;
  role: SlotRole;
  /** The column or function that the literal is compared with; null where it is not. */
  column: string | null;
}

const comparisons = new Set([
  '=',
  '==',
  '!=',
  '<>',
  '<',
  '>',
  '<=',
  '>=',
  'like',
  'between',
  'in',
  'is',
  'not',
  'glob',
]);
const sizes = new Set(['<', '>', '<=', '>=', 'between']);
/** Only a name can follow these; a literal there would say nothing. */
const beforeNames = new Set(['.', 'select', 'distinct', 'by', 'as', 'from', 'join', 'into', 'on']);
const aggregates = new Set(['count', 'sum', 'avg', 'min', 'max', 'total', 'group_concat']);

/** The tokens `value` that stand for literals, in their order; the others are columns of that name. */
export function valueSlots(tokens: readonly string[]): ValueSlot[] {
  return tokens.flatMap((token, at) =>
    token === valueToken && !isName(tokens, at) ? [{ at, role: roleOf(tokens, at), column: columnOf(tokens, at) }] : [],
  );
}

function isName(tokens: readonly string[], at: number): boolean {
  const [before = '', after = ''] = [tokens[at - 1], tokens[at + 1]];
  if (beforeNames.has(before)) return true;
  if (before === '(' && aggregates.has(tokens[at - 2] ?? '')) return true;
  if (before === ',') return listOwner(tokens, at) === null;
  return !comparisons.has(before) && comparisons.has(after) && !(before === 'and' && isUpperBound(tokens, at));
}

/** The word before the parenthesis that a place lies in, as `in` or a function; null outside of all, and in a subquery. */
function listOwner(tokens: readonly string[], at: number): string | null {
  let depth = 0;
  for (let i = at - 1; i >= 0; i -= 1) {
    if (tokens[i] === ')') depth += 1;
    else if (tokens[i] === '(' && depth === 0) return tokens[i + 1] === 'select' ? null : (tokens[i - 1] ?? null);
    else if (tokens[i] === '(') depth -= 1;
  }
  return null;
}

function isUpperBound(tokens: readonly string[], at: number): boolean {
  return tokens[at - 1] === 'and' && tokens[at - 3] === 'between';
}

function roleOf(tokens: readonly string[], at: number): SlotRole {
  const before = tokens[at - 1] ?? '';
  if (before === 'limit' || before === 'offset') return 'limit';
  if (before === 'like' || before === 'glob') return 'pattern';
  if (sizes.has(before) || isUpperBound(tokens, at)) return 'number';
  return comparisons.has(before) && tokens[at - 2] === ')' && isAggregate(tokens, at - 2) ? 'number' : 'any';
}

function columnOf(tokens: readonly string[], at: number): string | null {
  for (let i = at - 1; i >= 0; i -= 1) {
    const token = tokens[i]!;
    if (/^(where|and|or|on|having|select|limit)$/.test(token) && !(token === 'and' && isUpperBound(tokens, at)))
      return null;
    if (/^[\p{L}_]/u.test(token) && !comparisons.has(token) && token !== 'and' && token !== valueToken) return token;
  }
  return null;
}

/** Whether the parenthesis that closes at `at` belongs to an aggregate: its value is counted or computed. */
function isAggregate(tokens: readonly string[], at: number): boolean {
  let depth = 0;
  for (let i = at; i >= 0; i -= 1) {
    if (tokens[i] === ')') depth += 1;
    if (tokens[i] === '(') depth -= 1;
    if (depth === 0) return aggregates.has(tokens[i - 1] ?? '');
  }
  return false;
}
