import type { Call, Expr, Query } from '../sql/ast.js';
import { walk, type SqlNode } from '../sql/walk.js';
import { reject, type Rejection } from './rejection.js';

/** Names that draw at random, or read the time of day: their results differ whenever they are read. */
const chance = new Set(
  `RANDOM RAND RANDOMBLOB RANDOM_NORMAL SETSEED GENERATE_UUID GEN_RANDOM_UUID UUID UUIDV4 UUIDV7 SYS_GUID CLOCK_TIMESTAMP TIMEOFDAY
  CURRENT_TIME LOCALTIME CURTIME GET_CURRENT_TIME`.split(/\s+/),
);
/** Names that read the date, or date and time. */
const clock = new Set(
  `CURRENT_DATE CURRENT_TIMESTAMP CURRENT_DATETIME LOCALTIMESTAMP NOW TODAY TRANSACTION_TIMESTAMP STATEMENT_TIMESTAMP CURDATE SYSDATE
  UTC_DATE UTC_TIMESTAMP GET_CURRENT_TIMESTAMP`.split(/\s+/),
);
/** SQLite's functions that read the clock where they are given no time, or the word now. */
const dateCalls = new Set('DATE TIME DATETIME JULIANDAY UNIXEPOCH STRFTIME TIMEDIFF'.split(' '));

/**
 * Whether a statement answers the same tomorrow over the same data. Nothing may draw at random, and the clock may only be compared with:
 * "orders before today" is the same for past orders, today's date in the result is not.
 */
export function checkRepeatable(query: Query): Rejection | null {
  const compared = new Set<SqlNode>();
  let culprit: string | null = null;
  walk(query, (node) => {
    for (const operand of comparedOperands(node)) walk(operand, (part) => void compared.add(part));
    const name = readerOf(node);
    if (name !== null && (chance.has(name) || !compared.has(node))) culprit ??= name;
    if (node.kind === 'sample') culprit ??= 'TABLESAMPLE';
  });
  return culprit === null ? null : reject('not-repeatable', `${String(culprit)} gives another result every time`);
}

function comparedOperands(node: SqlNode): Expr[] {
  if (node.kind === 'binary' && /^(?:=|<>|<|>|<=|>=)$/.test(node.operator)) return [node.left, node.right];
  return node.kind === 'between' ? [node.operand, node.low, node.high] : [];
}

/** What reads clock or chance at a node itself. */
function readerOf(node: SqlNode): string | null {
  if (node.kind !== 'word' && node.kind !== 'call') return null;
  const name = (node.kind === 'word' ? node.word : node.name).toUpperCase();
  if (chance.has(name) || clock.has(name)) return name;
  return node.kind === 'call' && dateCalls.has(name) && readsNow(node, name) ? name : null;
}

function readsNow({ args }: Call, name: string): boolean {
  const times = name === 'STRFTIME' ? args.length - 1 : args.length;
  return times === 0 || args.some((arg) => arg.kind === 'string' && arg.value.toLowerCase() === 'now');
}
