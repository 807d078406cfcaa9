import type { Expr, OrderItem, Query, Select } from '../sql/ast.js';
import { withoutNamedWindows } from '../sql/named-windows.js';
import { outputAt } from '../sql/position.js';
import { calls } from '../sql/walk.js';
import { sameTree } from '../templates/same-tree.js';
import { superlatives } from './comparison.js';
import type { Clause } from './clause.js';
import { isCorrelation, readClause } from './condition.js';
import { literalPhrase, nounPhrase, orderPhrase } from './expression.js';
import { conjuncts, type Reader } from './reader.js';
import { findColumn, type Scope } from './scope.js';
import type { Source } from './source.js';
import { typeOf } from './type-of.js';
import { Unreadable } from './voice.js';
import { enumerate } from './words.js';

/** A SELECT in words, before a sentence is made of it. */
export interface Parts {
  lead: string | null;
  subject: string;
  /** Noun phrases without article. */
  outputs: string[];
  /** All columns of the subject (`SELECT *`). */
  everything: boolean;
  distinct: boolean;
  filters: Clause[];
  groups: string[];
  /** Words for the subtotals of ROLLUP and CUBE, or nothing. */
  subtotals: string;
  /** Of GROUPING SETS: the keys, set by set. */
  sets: string[] | null;
  /** Whether all keys of the groups are among the outputs. */
  groupsShown: boolean;
  /** Keys that are among the outputs, and those that are not where others are. */
  shown: string[];
  hidden: string[];
  having: string[];
  qualify: string[];
  order: string | null;
  /** What ORDER BY … LIMIT n is when it can be said by a superlative. */
  top: { adjective: string; of: string } | null;
  limit: string | null;
  offset: string | null;
  /** First row of each … (DISTINCT ON). */
  firstPer: string[];
  /** Whether some output already names the subject. */
  namesSubject: boolean;
  /** The rows, as counts name them, and what of other tables belongs to each. */
  rows: string;
  joined: string[];
}

/** `* EXCLUDE (a, b)` as one output; null for a star that leaves nothing out. */
function lessColumns(star: Expr & { kind: 'star' }, scope: Scope, reader: Reader): string | null {
  if (star.replace.length > 0 || star.object !== undefined) throw new Unreadable('star variant');
  if (star.except.length === 0) return null;
  const names = star.except.map((name) => nounPhrase({ kind: 'column', table: star.table, name }, scope, reader));
  const row = reader.voice.random.pick(['full row without', 'whole record except', 'complete row apart from']);
  return `${row} the ${enumerate(names)}`;
}

export function readParts(given: Query, body: Select, source: Source, reader: Reader): Parts {
  if (body.as !== null) throw new Unreadable('select variant');
  const unnamed = withoutNamedWindows(given, body);
  if (unnamed === null) throw new Unreadable('named window');
  const { query, select } = unnamed;
  const { scope } = source;
  for (const item of select.items) if (item.alias !== null) scope.aliases.set(item.alias.toLowerCase(), item.expr);
  const groups = groupExprs(select, scope);
  const star = select.items.length === 1 ? select.items[0]!.expr : null;
  const less = star?.kind === 'star' ? lessColumns(star, scope, reader) : null;
  const everything = star?.kind === 'star' && less === null;
  if (star?.kind !== 'star' && select.items.some((item) => item.expr.kind === 'star'))
    throw new Unreadable('star among columns');
  const silent =
    select.having === null &&
    query.orderBy.length === 0 &&
    !select.items.some((item) => calls({ kind: 'tuple', items: [item.expr] }).length > 0);
  // The same words as DISTINCT would be all there is to say.
  if (groups.length > 0 && silent) throw new Unreadable('groups without aggregate');
  const shown = groups.filter((group) => select.items.some((item) => sameTree(item.expr, group)));
  const groupsShown = groups.length > 0 && shown.length === groups.length;
  const rest =
    shown.length > 0
      ? select.items.filter((item) => !groups.some((group) => sameTree(item.expr, group)))
      : select.items;
  if (groups.length > 0 && rest.some((item) => isBare(item.expr, groups, scope)))
    throw new Unreadable('bare column in a group');
  const outputs = everything ? [] : less !== null ? [less] : rest.map((item) => nounPhrase(item.expr, scope, reader));
  const limit = query.limit === null ? null : literalPhrase(query.limit, reader);
  const keys = groups.map((group) => ({ words: nounPhrase(group, scope, reader), shown: shown.includes(group) }));
  const wordsOf = (wanted: boolean): string[] => keys.filter((key) => key.shown === wanted).map(({ words }) => words);
  return {
    lead: source.lead,
    subject: source.subject,
    outputs,
    everything,
    distinct: select.distinct,
    filters: conjuncts(select.where)
      // GoogleSQL writes WHERE TRUE before QUALIFY; it asks for nothing.
      .filter((condition) => !isCorrelation(condition, scope) && !(condition.kind === 'boolean' && condition.value))
      .map((condition) => readClause(condition, scope, reader))
      .concat(correlations(select, scope, reader)),
    groups: keys.map(({ words }) => words),
    groupsShown,
    shown: wordsOf(true),
    hidden: shown.length === 0 ? [] : wordsOf(false),
    sets: setsOf(select, scope, reader),
    subtotals: subtotalsOf(select),
    having: conjuncts(select.having).map((condition) => reader.clause(condition, scope)),
    qualify: conjuncts(select.qualify).map((condition) => reader.clause(condition, scope)),
    order: query.orderBy.length === 0 ? null : orderPhrase(positions(query.orderBy, select), scope, reader),
    top: topOf(query, select, groups, scope, reader),
    limit,
    offset: query.offset === null ? null : literalPhrase(query.offset, reader),
    firstPer: select.distinctOn.map((expr) => nounPhrase(expr, scope, reader)),
    namesSubject: rest.some((item) => item.expr.kind === 'call' && namesRows(item.expr)) || scope.entities.length === 0,
    rows: scope.rows,
    joined: scope.entities.slice(1).flatMap((entity) => (entity.kind === 'table' ? [entity.one] : [])),
  };
}

/** A column beside aggregates that is no key of the group; allowed where a primary key groups the rows. */
function isBare(expr: Expr, groups: Expr[], scope: Scope): boolean {
  if (expr.kind !== 'column') return false;
  return !groups.some((group) => {
    const found = group.kind === 'column' ? findColumn(group.name, group.table, scope) : null;
    return (
      group.kind === 'column' && found?.entity.table?.columns.find((c) => c.name === group.name)?.primaryKey === true
    );
  });
}

const namesRows = (expr: Extract<Expr, { kind: 'call' }>): boolean =>
  /^count$/i.test(expr.name) && !expr.distinct && (expr.args.length === 0 || expr.args[0]!.kind === 'star');

/** GROUP BY's expressions; a position or an alias is what it stands for, ALL every output that aggregates nothing. */
function groupExprs(select: Select, scope: Scope): Expr[] {
  if (select.groupBy.length > 1 && select.groupBy.some((item) => item.kind !== 'expr'))
    throw new Unreadable('GROUP BY of several kinds');
  return select.groupBy.flatMap((item): Expr[] => {
    switch (item.kind) {
      case 'expr':
        return [standsFor(item.expr, select, scope)];
      case 'all':
        return select.items
          .map(({ expr }) => expr)
          .filter((expr) => calls({ kind: 'tuple', items: [expr] }).length === 0);
      case 'rollup':
      case 'cube':
        return item.exprs.map((expr) => standsFor(expr, select, scope));
      case 'sets':
        return item.sets.flat().filter((expr, index, all) => all.findIndex((other) => sameTree(other, expr)) === index);
      default:
        throw new Unreadable('GROUP BY SETS');
    }
  });
}

/** GROUPING SETS as one phrase a set: `city`, `country and city`, `all rows together`. */
function setsOf(select: Select, scope: Scope, reader: Reader): string[] | null {
  const [item] = select.groupBy;
  if (item?.kind !== 'sets') return null;
  return item.sets.map((set) =>
    set.length === 0
      ? 'over all rows together'
      : `by ${enumerate(set.map((expr) => nounPhrase(standsFor(expr, select, scope), scope, reader)))}`,
  );
}

/** What ROLLUP and CUBE add to plain groups. */
function subtotalsOf(select: Select): string {
  const kinds = select.groupBy.map((item) => item.kind);
  if (kinds.includes('rollup')) return ', with subtotals from left to right and a grand total';
  return kinds.includes('cube') ? ', with subtotals for every combination and a grand total' : '';
}

function standsFor(expr: Expr, select: Select, scope: Scope): Expr {
  if (expr.kind === 'number') return outputAt(expr, select) ?? expr;
  if (
    expr.kind === 'column' &&
    expr.table === null &&
    findColumn(expr.name, null, { ...scope, outer: null }) === null
  ) {
    return scope.aliases.get(expr.name.toLowerCase()) ?? expr;
  }
  return expr;
}

const positions = (items: OrderItem[], select: Select): OrderItem[] =>
  items.map((item) => ({ ...item, expr: outputAt(item.expr, select) ?? item.expr }));

/** A superlative serves where one key orders the rows of a single subject. */
function topOf(query: Query, select: Select, groups: Expr[], scope: Scope, reader: Reader): Parts['top'] {
  const [only, ...more] = positions(query.orderBy, select);
  if (only === undefined || more.length > 0 || query.limit === null || query.offset !== null || only.nulls !== null)
    return null;
  if (groups.length > 0 || select.distinct || scope.entities.length !== 1 || scope.entities[0]!.kind !== 'table')
    return null;
  if (select.items.some((item) => item.expr.kind === 'call' && item.expr.over !== null)) return null;
  const type = typeOf(only.expr, scope, reader.lexicon);
  const adjectives = type === 'other' ? null : superlatives(type, only.descending);
  if (adjectives === null || only.expr.kind === 'case') return null;
  return { adjective: reader.voice.random.pick(adjectives), of: nounPhrase(only.expr, scope, reader) };
}

/** Correlated conditions read as `that belong to the customer` or `with the same city`. */
function correlations(select: Select, scope: Scope, reader: Reader): Clause[] {
  return conjuncts(select.where)
    .filter((condition) => isCorrelation(condition, scope))
    .map((condition) => {
      if (condition.kind !== 'binary' || condition.left.kind !== 'column' || condition.right.kind !== 'column') {
        throw new Unreadable('correlation');
      }
      const left = findColumn(condition.left.name, condition.left.table, scope);
      const [inner, outer] =
        left?.outer === true ? [condition.right, condition.left] : [condition.left, condition.right];
      const owner = findColumn(outer.name, outer.table, scope)?.entity;
      const own = findColumn(inner.name, inner.table, scope)?.entity;
      if (owner === undefined || own === undefined) throw new Unreadable('correlation');
      const key = reader.schema.foreignKeys.some(
        (fk) =>
          (fk.table === own.table?.name &&
            fk.column === inner.name &&
            fk.referencesTable === owner.table?.name &&
            fk.referencesColumn === outer.name) ||
          (fk.table === owner.table?.name &&
            fk.column === outer.name &&
            fk.referencesTable === own.table?.name &&
            fk.referencesColumn === inner.name),
      );
      if (key) return { subject: null, finite: `BELONGS ${owner.one}`, bare: null, plain: false };
      if (inner.name !== outer.name) throw new Unreadable('correlation of different columns');
      return {
        subject: null,
        finite: `SAME ${nounPhrase(inner, { ...scope, outer: null }, reader)}`,
        bare: null,
        plain: false,
      };
    });
}
