import type { DialectManifest } from '../dialect.js';
import type { FunctionSignature } from '../database.js';
import type { Expr } from '../sql/ast.js';
import { keywordsOf } from '../sql/keywords.js';
import { ParseError } from '../sql/parse-error.js';
import { parse } from '../sql/parser.js';
import type { Query } from '../sql/ast.js';
import { expressions } from '../sql/walk.js';
import type { Guide } from '../template.js';
import { type CompiledPhrase, functionsIn, isHole, type Lexicon, matchPhrase } from '../verbalise/phrase.js';
import { typeOfName } from '../verbalise/type-of.js';
import { useOfHole } from './literal-slots.js';
import type { ColumnType } from '../database.js';

/** A use of a function or operator that the engine has, and that there are words for. */
export interface Idiom {
  phrase: CompiledPhrase;
  /** Literals as the guide writes them, by hole. */
  literals: Map<string, Expr>;
  /** The guide that shows it; null where the engine alone tells of it. */
  guide: string | null;
}

export interface Example {
  guide: Guide;
  sql: string;
  query: Query;
}

/** The SQL examples of the guides. What does not parse is counted, not silently dropped. */
export function examplesOf(guides: Guide[], manifest: DialectManifest): { examples: Example[]; failures: number } {
  const examples: Example[] = [];
  let failures = 0;
  for (const guide of guides) {
    for (const [, sql] of guide.text.matchAll(/```sql\n([\s\S]*?)```/g)) {
      try {
        examples.push({ guide, sql: sql!.trim(), query: parse(sql!, manifest) });
      } catch (error) {
        if (!(error instanceof ParseError)) throw error;
        failures += 1;
      }
    }
  }
  return { examples, failures };
}

/** The keywords that examples show; `ANY (SELECT)` stands for a comparison with the rows of a subquery. */
export function shownIn(examples: Example[]): string[] {
  return examples.flatMap(({ query }) => {
    const quantified = expressions(query).some((expr) => expr.kind === 'quantified' && expr.query !== null);
    return [...keywordsOf(query), ...(quantified ? ['ANY (SELECT)'] : [])];
  });
}

/** What tells the time asks nothing of the data, and gives another result every time. */
const tellsTime = ({ pattern, returns }: CompiledPhrase): boolean =>
  ['date', 'timestamp', 'time'].includes(returns) && !expressions(pattern).some((part) => isHole(part));

/** Names that are syntax rather than functions in the engines' catalogues. */
const syntax = new Set(
  'COUNT SUM AVG MIN MAX COALESCE NULLIF GREATEST LEAST EXTRACT CAST IF POSITION TRIM SUBSTRING OVERLAY GROUPING OFFSET SAFE_OFFSET ORDINAL SAFE_ORDINAL ROW'.split(
    ' ',
  ),
);

/**
 * Learns which idioms the grammar may use: those whose functions the engine itself reports (an empty catalogue says nothing), and
 * that no list of unverifiable names excludes. A guide's example gives the literals; without one, only idioms are learnt that call
 * a reported function and need no literal but what the data or a small number gives.
 */
export function learnIdioms(
  examples: Example[],
  lexicon: Lexicon,
  functions: FunctionSignature[],
  manifest: DialectManifest,
): Idiom[] {
  const reported = new Set(functions.map((f) => f.name.toUpperCase()));
  const excluded = new Set(manifest.unverifiable.map((name) => name.toUpperCase()));
  const known = (name: string): boolean =>
    !excluded.has(name) && (reported.size === 0 || syntax.has(name) || reported.has(name));
  const learnt = new Map<string, Idiom>();
  for (const { query, guide } of examples) {
    for (const found of expressions(query)) {
      const expr: Expr = found.kind === 'call' ? { ...found, over: null, filter: null } : found;
      const match = matchPhrase(lexicon, expr, looseType);
      if (
        match === null ||
        tellsTime(match.phrase) ||
        learnt.has(match.phrase.sql) ||
        !functionsIn(match.phrase.pattern).every(known)
      )
        continue;
      const literals = new Map([...match.holes].filter(([name]) => !/^[dtsnibjax]\d?$/.test(name)));
      learnt.set(match.phrase.sql, { phrase: match.phrase, literals, guide: guide.id });
    }
  }
  for (const phrase of lexicon.all) {
    const names = functionsIn(phrase.pattern);
    const grounded = names.length > 0 && names.every((name) => reported.has(name) && known(name));
    if (!grounded || tellsTime(phrase) || learnt.has(phrase.sql) || !literalHoles(phrase.pattern).every(needsNoExample))
      continue;
    learnt.set(phrase.sql, { phrase, literals: new Map(), guide: null });
  }
  return [...learnt.values()];
}

const literalHoles = (pattern: Expr): string[] =>
  expressions(pattern).flatMap((expr) => (expr.kind === 'placeholder' ? [expr.id] : []));

/** Holes whose values are drawn from the data, or for which a small number will do. */
const needsNoExample = (hole: string): boolean => useOfHole(hole) !== null || /^number\d?$/.test(hole);

/** Without a schema only what the syntax tells. */
function looseType(expr: Expr): ColumnType {
  switch (expr.kind) {
    case 'number':
      return /[.e]/i.test(expr.text) ? 'number' : 'integer';
    case 'string':
      return 'text';
    case 'cast':
      return typeOfName(expr.type);
    default:
      return 'other';
  }
}
