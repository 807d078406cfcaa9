import type { Call, Expr, Query } from '../sql/ast.js';
import { calls, walk } from '../sql/walk.js';
import { isLiteral, type Lexicon, matchPhrase } from '../verbalise/phrase.js';
import { type Clause, clauseWords, windowWords } from './round-trip-words.js';

/** A clause of a statement, and the words (stems) of which a question must hold one. */
export interface NeededClause {
  clause: string;
  words: readonly string[];
}

const comparisons: Readonly<Record<string, Clause>> = {
  '>': 'greater',
  '>=': 'greater',
  '<': 'less',
  '<=': 'less',
  '<>': 'negation',
};
const counting = new Set(['COUNT', 'SUM', 'AVG']);
/** What only keeps a NULL or a division by zero out of a result. */
const guards = new Set(['COALESCE', 'IFNULL', 'NULLIF']);

/** What a question must have words for, values and names left aside. `words` says what functions are called. */
export function neededClauses(
  query: Query,
  lexicon: Lexicon,
  words: ReadonlyMap<string, readonly string[]>,
): NeededClause[] {
  const needed: NeededClause[] = [];
  const need = (clause: Clause): void => void needed.push({ clause, words: clauseWords[clause] });
  const compared = comparedCalls(query);
  walk(query, (node) => {
    switch (node.kind) {
      case 'query':
        if (node.orderBy.length > 0) need('ORDER BY');
        if (node.orderBy.some((item) => item.descending)) need('DESC');
        if (node.limit !== null) need('LIMIT');
        break;
      case 'select':
        if (node.groupBy.length > 0) need('GROUP BY');
        if (node.distinct && node.distinctOn.length === 0) need('DISTINCT');
        break;
      case 'set':
        need(node.operator === 'EXCEPT' ? 'negation' : node.operator);
        break;
      case 'call':
        needed.push(...callClauses(node, words, compared.has(node)));
        break;
      case 'binary':
        if (comparisons[node.operator] !== undefined && !isJoinCondition(node) && !isPredicate(node, lexicon))
          need(comparisons[node.operator]!);
        break;
      case 'is':
        need(node.test === 'NULL' ? 'NULL' : node.negated ? 'negation' : 'NULL');
        break;
      case 'in':
      case 'like':
      case 'exists':
      case 'between':
        if (node.negated) need('negation');
        break;
      default:
        break;
    }
  });
  return needed;
}

function callClauses(call: Call, words: ReadonlyMap<string, readonly string[]>, compared: boolean): NeededClause[] {
  const name = call.name.toUpperCase();
  const extreme = (name === 'MAX' || name === 'MIN') && call.args.length === 1;
  const needed: NeededClause[] = [];
  if (name === 'SUM' && countsCases(call))
    needed.push({ clause: name, words: [...clauseWords.SUM, ...clauseWords.COUNT] });
  else if (counting.has(name) || extreme) needed.push({ clause: name, words: clauseWords[name as Clause] });
  else if (call.over !== null && windowWords[name] !== undefined)
    needed.push({ clause: name, words: windowWords[name] });
  // "in 2023" says the year without a word for it: the value does.
  else if (!compared && !guards.has(name) && words.has(name)) needed.push({ clause: name, words: words.get(name)! });
  if (call.over === null) return needed;
  const { partitionBy, orderBy } = call.over;
  if (partitionBy.length > 0) needed.push({ clause: 'PARTITION BY', words: clauseWords['PARTITION BY'] });
  if (windowWords[name] === undefined)
    needed.push({ clause: 'OVER', words: clauseWords[orderBy.length > 0 ? 'running' : 'beside'] });
  return needed;
}

/** `SUM(CASE WHEN … THEN 1 ELSE 0 END)`: a sum that counts. */
function countsCases({ args: [only] }: Call): boolean {
  return only?.kind === 'case' && only.whens.every(({ then }) => then.kind === 'number' && then.text === '1');
}

/** The calls below an operand that is compared with a literal. */
function comparedCalls(query: Query): ReadonlySet<unknown> {
  const found = new Set<unknown>();
  const add = (operand: Expr): void => calls(operand).forEach((call) => found.add(call));
  walk(query, (node) => {
    if (node.kind === 'binary' && /^(?:=|<>|<|>|<=|>=)$/.test(node.operator)) {
      if (isLiteral(node.right)) add(node.left);
      if (isLiteral(node.left)) add(node.right);
    }
    if (node.kind === 'between' && isLiteral(node.low)) add(node.operand);
    if ((node.kind === 'in' && node.list.length > 0) || node.kind === 'like') add(node.operand);
  });
  return found;
}

/** `instr(s, 'x') > 0`: a comparison that reads as a whole, not as something greater. */
function isPredicate(expr: Expr, lexicon: Lexicon): boolean {
  return matchPhrase(lexicon, expr, () => 'other')?.phrase.kind === 'predicate';
}

function isJoinCondition(expr: Expr & { kind: 'binary' }): boolean {
  return expr.left.kind === 'column' && expr.right.kind === 'column';
}
