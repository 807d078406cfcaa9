import type { Expr, FromItem } from '../sql/ast.js';
import { elementEntity } from './elements.js';
import { conjuncts, type Reader } from './reader.js';
import { type Entity, findColumn, flattenFrom, type Scope, tableEntity } from './scope.js';
import { Unreadable } from './voice.js';
import { enumerate, humanise } from './words.js';

/** FROM as words: what a row is (`orders and their customers`), and the scope in which the rest is read. */
export interface Source {
  scope: Scope;
  /** Many rows: the subject of the sentence. */
  subject: string;
  /** A sentence to put first, where FROM holds a subquery. */
  lead: string | null;
}

export type ReadDerived = (item: Extract<FromItem, { kind: 'subquery' }>) => { entity: Entity; lead: string };

/** Reads FROM. The entity that the rows are counted in comes first in the scope. */
export function readSource(
  from: FromItem | null,
  outer: Scope | null,
  reader: Reader,
  readDerived: ReadDerived,
): Source {
  const { items, joins } = flattenFrom(from);
  const scope: Scope = { entities: [], outer, aliases: new Map(), rows: 'rows' };
  let lead: string | null = null;
  for (const item of items) {
    if (item.kind === 'table') {
      const result = reader.results.get(item.name[item.name.length - 1]!.toLowerCase());
      const alias = item.alias ?? item.name[item.name.length - 1]!;
      scope.entities.push(result === undefined ? tableEntity(item, reader.schema) : { ...result, alias });
    } else if (item.kind === 'subquery') {
      const derived = readDerived(item);
      scope.entities.push(derived.entity);
      lead = derived.lead;
    } else if (item.kind === 'function') {
      scope.entities.push(elementEntity(item, scope, reader));
    } else {
      throw new Unreadable((item as { kind: string }).kind);
    }
  }
  if (scope.entities.length === 0) return { scope, subject: '', lead };
  renameTwins(scope, joins);
  if (scope.entities.length === 1) {
    const { kind, many } = scope.entities[0]!;
    scope.rows = kind === 'table' ? many : 'rows';
    return { scope, subject: many, lead };
  }
  return { scope, subject: joinedSubject(scope, joins, reader), lead };
}

interface Link {
  child: Entity;
  parent: Entity;
  /** Column of the child that leads to the parent. */
  column: string;
}

/** The foreign keys that the joins' conditions follow. */
function links(scope: Scope, joins: Extract<FromItem, { kind: 'join' }>[], reader: Reader): Link[] {
  const found: Link[] = [];
  for (const condition of joins.flatMap((join) => conjuncts(join.on))) {
    if (condition.kind !== 'binary' || condition.operator !== '=') continue;
    const ends = [condition.left, condition.right].map((end) =>
      end.kind === 'column' ? { end, entity: findColumn(end.name, end.table, scope)?.entity } : null,
    );
    const [left, right] = ends;
    if (left?.entity?.table == null || right?.entity?.table == null) continue;
    for (const [from, to] of [
      [left, right],
      [right, left],
    ] as const) {
      const key = reader.schema.foreignKeys.find(
        (fk) =>
          fk.table === from.entity!.table!.name &&
          fk.column === from.end.name &&
          fk.referencesTable === to.entity!.table!.name &&
          fk.referencesColumn === to.end.name,
      );
      if (key !== undefined) {
        found.push({ child: from.entity!, parent: to.entity!, column: from.end.name });
        break;
      }
    }
  }
  return found;
}

const spokenJoins: ReadonlySet<string> = new Set(['inner', 'left', 'right', 'full', 'cross', 'comma', 'asof']);

const outerJoins: string[] = ['left', 'right', 'full'];

function joinedSubject(scope: Scope, joins: Extract<FromItem, { kind: 'join' }>[], reader: Reader): string {
  const elements = scope.entities.filter((e) => e.kind === 'element');
  const tables = scope.entities.filter((e) => e.kind !== 'element');
  const tail = elements.map((e) => ` and each ${e.one}`).join('');
  if (tables.length === 1) return `${tables[0]!.many}${tail}`;
  if (joins.some((join) => join.natural || !spokenJoins.has(join.type))) throw new Unreadable('join type');
  const onJoins = joins.filter((join) => join.on !== null);
  const known = links(scope, joins, reader);
  const outer = onJoins.find((join) => outerJoins.includes(join.type));
  const spoken = onJoins.filter(
    (join) => join.on !== null && conjuncts(join.on).every((on) => isKeyPair(on, known, scope)),
  );
  const extra = onJoins
    .filter((join) => !spoken.includes(join))
    .flatMap((join) => conjuncts(join.on))
    .filter((on) => !isKeyPair(on, known, scope));
  if (joins.some((join) => join.using.length > 0) && reader.results.size === 0) throw new Unreadable('join using');
  const conditions = extra.map((on) => reader.clause(on, scope));
  const closest = joins.some((join) => join.type === 'asof') ? ', each with only its closest match' : '';
  const matched = conditions.length === 0 ? '' : ` matched where ${conditions.join(' and ')}${closest}`;
  if (outer !== undefined) return outerSubject(scope, joins, known, matched) + tail;
  const main = mainEntity(tables, known);
  if (main !== null) {
    scope.entities.splice(0, scope.entities.length, main, ...scope.entities.filter((e) => e !== main));
    scope.rows = elements.length === 0 ? main.many : 'rows';
    const others = tables.filter((e) => e !== main);
    const by = severalKeys(known, reader) ? ` by ${enumerate(known.map((l) => humanise(l.column)))}` : '';
    return `${main.many} and their ${enumerate(others.map((e) => e.one))}${by}${matched}${tail}`;
  }
  const pairing = known.length === 0 && matched === '' ? 'all pairs' : 'combinations';
  return `${pairing} of ${enumerate(tables.map((e) => e.many))}${matched}${tail}`;
}

function isKeyPair(on: Expr, known: Link[], scope: Scope): boolean {
  if (on.kind !== 'binary' || on.operator !== '=' || on.left.kind !== 'column' || on.right.kind !== 'column')
    return false;
  const left = findColumn(on.left.name, on.left.table, scope)?.entity;
  const right = findColumn(on.right.name, on.right.table, scope)?.entity;
  return known.some((l) => (l.child === left && l.parent === right) || (l.child === right && l.parent === left));
}

/** Where two tables are linked by several keys, the one that is meant must be said. */
function severalKeys(known: Link[], reader: Reader): boolean {
  return known.some(
    (link) =>
      reader.schema.foreignKeys.filter(
        (fk) => fk.table === link.child.table?.name && fk.referencesTable === link.parent.table?.name,
      ).length > 1,
  );
}

/** The entity each row is one of: it refers to others, and nothing refers to it. */
function mainEntity(tables: Entity[], known: Link[]): Entity | null {
  if (known.length < tables.length - 1) return null;
  const candidates = tables.filter((e) => !known.some((link) => link.parent === e));
  return candidates.length === 1 ? candidates[0]! : null;
}

function outerSubject(
  scope: Scope,
  joins: Extract<FromItem, { kind: 'join' }>[],
  known: Link[],
  matched: string,
): string {
  if (joins.length !== 1 || scope.entities.length !== 2) throw new Unreadable('several outer joins');
  const [left, right] = scope.entities as [Entity, Entity];
  const { type } = joins[0]!;
  const [kept, other] = type === 'right' ? [right, left] : [left, right];
  const link = known.find((l) => [l.child, l.parent].includes(kept) && [l.child, l.parent].includes(other));
  if (link === undefined || matched !== '') throw new Unreadable('outer join without key');
  const without = (one: Entity, missing: Entity): string =>
    `${one.many} without ${link.child === missing ? `any ${missing.one}` : article(missing.one)}`;
  const theirs = link.child === other ? other.many : other.one;
  const also = type === 'full' ? ` and ${without(other, kept)}` : '';
  return `${kept.many} and their ${theirs}, including ${without(kept, other)}${also}`;
}

const article = (noun: string): string => `${/^[aeiou]/.test(noun) ? 'an' : 'a'} ${noun}`;

/** A table joined with itself: the second use is named after the foreign key that leads to it (`manager_id` → manager). */
function renameTwins(scope: Scope, joins: Extract<FromItem, { kind: 'join' }>[]): void {
  const tables = scope.entities.filter((e) => e.kind === 'table');
  for (const entity of tables) {
    const twins = tables.filter((e) => e.table === entity.table);
    if (twins.length < 2) continue;
    if (twins.length > 2) throw new Unreadable('table used three times');
    for (const on of joins.flatMap((join) => conjuncts(join.on))) {
      if (on.kind !== 'binary' || on.left.kind !== 'column' || on.right.kind !== 'column') continue;
      for (const [from, to] of [
        [on.left, on.right],
        [on.right, on.left],
      ] as const) {
        const target = twins.find((e) => e.alias === to.table);
        const role = humanise(from.name.replace(/_?id$/i, ''));
        const isKey =
          target?.table?.columns.find((c) => c.name === to.name)?.primaryKey === true && /id$/i.test(from.name);
        if (target !== undefined && isKey && role !== target.one && from.name !== to.name) {
          target.one = role;
          target.many = `${role}s`;
          return;
        }
      }
    }
    throw new Unreadable('table joined with itself');
  }
}
