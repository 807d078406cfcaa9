import type { ColumnType } from '../database.js';
import type { DialectManifest } from '../dialect.js';
import type { Expr } from '../sql/ast.js';
import type { ValueSlot } from '../template.js';
import { parseExpression } from '../sql/parser.js';
import { calls, rewrite, type SqlNode } from '../sql/walk.js';

/**
 * How one function, operator or idiom of a dialect reads in English.
 *
 * `sql` is an expression of the dialect in which bare names are holes for expressions and `{name}` are holes for literals.
 * A hole's first letter says what it takes: `d` a date or timestamp, `t` a timestamp, `s` text, `n` a number, `i` an integer,
 * `b` a boolean, `j` JSON, `a` an array, `x` anything; a digit may follow. A literal hole's name says how its value is made
 * (`path`, `key`, `number`, `text`, `existing`, `prefix`, …).
 *
 * @example { sql: "strftime('%Y', d)", returns: 'text', says: ['year of the {d}', '{d} year'], filter: 'year', group: true }
 */
export interface Phrase {
  sql: string;
  returns: ColumnType;
  /** Noun phrases without article; of a predicate, clauses (`{s} starts with {prefix}`). Each must tell this idiom from every other. */
  says: string[];
  kind?: 'scalar' | 'aggregate' | 'window' | 'predicate';
  /** How a value to compare the result with is made from the column; absent where the grammar should not compare it. */
  filter?: ValueSlot['use'];
  /** Whether it makes a sensible key of a group: few distinct results. */
  group?: boolean;
  /** What must stand under the JSON key that it reaches, where not just any value does. */
  under?: 'array' | 'number' | 'text';
  /** Whether the grammar leaves it to whole statements of the guides. */
  idiomOnly?: boolean;
}

/** What a dialect says of its own operators and functions; one file `phrases.ts` a dialect. */
export interface DialectPhrases {
  phrases: Phrase[];
  /** What a pattern match adds to `contains 'x'` to tell it from the others: `ILIKE` → `in upper or lower case`. */
  patternNotes: Record<string, string>;
}

export interface CompiledPhrase extends Phrase {
  pattern: Expr;
}

/** All readings of a dialect, the dialect's own before the common ones, indexed by the head of the pattern. */
export interface Lexicon {
  all: CompiledPhrase[];
  byHead: Map<string, CompiledPhrase[]>;
  patternNotes: Record<string, string>;
}

export type Holes = Map<string, Expr>;

const holeTypes: Record<string, readonly ColumnType[]> = {
  d: ['date', 'timestamp'],
  t: ['timestamp'],
  s: ['text'],
  n: ['integer', 'number'],
  i: ['integer'],
  b: ['boolean'],
  j: ['json'],
  a: ['array'],
};

/** The types that a hole takes, or null for any. */
export function typesOfHole(name: string): readonly ColumnType[] | null {
  return holeTypes[name.charAt(0)] ?? null;
}

export const isHole = (expr: Expr): expr is Extract<Expr, { kind: 'column' }> =>
  expr.kind === 'column' && expr.table === null && /^[dtsnibjax][0-9]?$/.test(expr.name);

/** Parses every phrase's pattern in the dialect. Throws where a pattern is not SQL of the dialect: phrases are source, not input. */
export function compileLexicon(manifest: DialectManifest, own: DialectPhrases, common: Phrase[]): Lexicon {
  const all = [...own.phrases, ...common].map((phrase): CompiledPhrase => ({
    ...phrase,
    pattern: parsePattern(phrase.sql, manifest),
  }));
  const byHead = new Map<string, CompiledPhrase[]>();
  for (const phrase of all) {
    const head = headOf(phrase.pattern);
    byHead.set(head, [...(byHead.get(head) ?? []), phrase]);
  }
  return { all, byHead, patternNotes: own.patternNotes };
}

function headOf(expr: Expr): string {
  switch (expr.kind) {
    case 'call':
      return `call ${expr.name.toUpperCase()}`;
    case 'binary':
      return `binary ${expr.operator}`;
    case 'cast':
      return 'cast';
    case 'extract':
      return `extract ${expr.part.toUpperCase()}`;
    default:
      return expr.kind;
  }
}

/** Literal holes have telling names in phrases; the parser knows `{V1}`, `{V2}`, … only. */
function parsePattern(sql: string, manifest: DialectManifest): Expr {
  const names: string[] = [];
  const numbered = sql.replace(/\{(\w+)\}/g, (_, name: string) => `{V${names.push(name)}}`);
  return rewrite(parseExpression(numbered, manifest), (node) =>
    node.kind === 'placeholder' ? { ...node, id: names[Number(node.id.slice(1)) - 1]! } : node,
  );
}

/** The functions (upper case, without BigQuery's `SAFE.`) that a tree calls. */
export const functionsIn = (tree: SqlNode): string[] => [
  ...new Set(calls(tree).map((call) => call.name.toUpperCase().replace(/^SAFE\./, ''))),
];

/** The first phrase that fits the expression, with what stands in its holes. */
export function matchPhrase(
  lexicon: Lexicon,
  expr: Expr,
  typeOf: (expr: Expr) => ColumnType,
): { phrase: CompiledPhrase; holes: Holes } | null {
  for (const phrase of lexicon.byHead.get(headOf(expr)) ?? []) {
    const holes: Holes = new Map();
    if (unify(phrase.pattern, expr, holes, typeOf)) return { phrase, holes };
  }
  return null;
}

function unify(pattern: unknown, tree: unknown, holes: Holes, typeOf: (expr: Expr) => ColumnType): boolean {
  if (Array.isArray(pattern)) {
    return (
      Array.isArray(tree) && pattern.length === tree.length && pattern.every((p, i) => unify(p, tree[i], holes, typeOf))
    );
  }
  if (pattern === null || typeof pattern !== 'object') {
    return pattern === tree;
  }
  if (tree === null || typeof tree !== 'object' || Array.isArray(tree)) return false;
  const part = pattern as Expr;
  const expr = tree as Expr;
  if (part.kind === 'column' && isHole(part)) return fillHole(part.name, expr, holes, typeOf);
  if (part.kind === 'placeholder') return isLiteral(expr) && literalSuits(part.id, expr) && bind(part.id, expr, holes);
  return Object.entries(part).every(([key, value]) => {
    const other = (expr as unknown as Record<string, unknown>)[key];
    if (
      (key === 'name' && part.kind === 'call') ||
      key === 'type' ||
      key === 'part' ||
      key === 'unit' ||
      key === 'word'
    ) {
      return String(value).toUpperCase() === String(other).toUpperCase();
    }
    return unify(value, other, holes, typeOf);
  });
}

function fillHole(name: string, expr: Expr, holes: Holes, typeOf: (expr: Expr) => ColumnType): boolean {
  if (!('kind' in expr) || expr.kind === 'star') return false;
  const wanted = typesOfHole(name);
  const type = typeOf(expr);
  const fits = wanted === null || type === 'other' || wanted.includes(type);
  return fits && bind(name, expr, holes);
}

function bind(name: string, expr: Expr, holes: Holes): boolean {
  const bound = holes.get(name);
  if (bound !== undefined) return JSON.stringify(bound) === JSON.stringify(expr);
  holes.set(name, expr);
  return true;
}

/** `{interval}` takes intervals only, `{number}` numbers, `{text}` is for anything that is no interval. */
function literalSuits(hole: string, expr: Expr): boolean {
  if (expr.kind === 'placeholder') return true;
  if (hole.startsWith('interval')) return expr.kind === 'interval';
  if (hole.startsWith('number')) return expr.kind === 'number' || expr.kind === 'unary';
  return expr.kind !== 'interval';
}

export function isLiteral(expr: Expr): boolean {
  return (
    ['number', 'string', 'boolean', 'typed', 'placeholder', 'interval', 'word'].includes(expr.kind) ||
    (expr.kind === 'unary' && expr.operator === '-' && expr.operand.kind === 'number')
  );
}
