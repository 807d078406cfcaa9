import type { DatabaseSchema } from '../database.js';
import type { Candidate, Mention } from './link-question.js';
import type { NameEntry, NameTarget } from './name-index.js';
import type { QuestionWord } from './question-words.js';

interface TableMention {
  table: number;
  from: number;
  to: number;
}

/** Owners beyond the likeliest that a prompt tells of. */
const maxAlternatives = 2;
/** The cost of a column whose table the question does not speak of. */
const unmentioned = 50;

/**
 * Decides what each mention means where several tables have a column of that name: the table said nearest to it,
 * `the name of each customer` and `customer name` before anything farther, tables along a foreign key before strangers.
 */
export function chooseColumns(candidates: Candidate[], words: QuestionWord[], schema: DatabaseSchema): Mention[] {
  const tables = tableMentions(candidates, words);
  const certain = candidates.flatMap((candidate) => {
    if (!('entries' in candidate)) return [];
    const owners = new Set(candidate.entries.map(({ target }) => target.table));
    return owners.size === 1 ? [...owners] : [];
  });
  return candidates.flatMap((candidate): Mention | [] => {
    const { from, to } = candidate;
    if ('value' in candidate) return { kind: 'value', from, to, ...candidate.value };
    const table = asTable(candidate, words);
    if (table) return { kind: 'name', from, to, target: table, alternatives: [] };
    const [best, ...others] = candidate.entries
      .filter(({ target }) => target.kind !== 'table')
      .map((entry) => ({ target: entry.target, cost: cost(entry, candidate, tables, certain, words, schema) }))
      .sort((a, b) => a.cost - b.cost);
    // A key of some document, but of no table that the question speaks of, is an ordinary word.
    if (best!.target.kind === 'field' && tables.length > 0 && best!.cost > unmentioned * 2) return [];
    // Where a table that the question speaks of has the column, one that it does not is no alternative.
    const likely = others.filter((other) => other.cost < unmentioned || best!.cost >= unmentioned);
    const alternatives = likely.slice(0, maxAlternatives).map(({ target }) => target);
    return { kind: 'name', from, to, target: best!.target, alternatives };
  });
}

function tableMentions(candidates: Candidate[], words: QuestionWord[]): TableMention[] {
  return candidates.flatMap((candidate) => {
    const table = 'entries' in candidate ? asTable(candidate, words) : null;
    return table ? [{ table: table.table, from: candidate.from, to: candidate.to }] : [];
  });
}

/** A name that tables and columns share is the table's when it is said in the plural or after `each` and its like. */
function asTable(
  candidate: { from: number; to: number; entries: NameEntry[] },
  words: QuestionWord[],
): NameTarget | null {
  const table = candidate.entries.find(({ target }) => target.kind === 'table');
  if (!table) return null;
  if (candidate.entries.every(({ target }) => target.kind === 'table')) return table.target;
  const last = words[candidate.to - 1]!.text.toLowerCase();
  const before = words[candidate.from - 1]?.text.toLowerCase() ?? '';
  return /[^s]s$/.test(last) || /^(each|every|all|any)$/.test(before) ? table.target : null;
}

function cost(
  { target, looseness }: NameEntry,
  { from, to }: { from: number; to: number },
  tables: TableMention[],
  certain: number[],
  words: QuestionWord[],
  schema: DatabaseSchema,
): number {
  const distances = tables
    .filter(({ table }) => table === target.table)
    .map((mention) => distance(mention, from, to, words));
  const penalty = looseness * 2.5 + (target.kind === 'field' ? 0.25 : 0);
  if (distances.length > 0) return Math.min(...distances) + penalty;
  if (certain.includes(target.table)) return unmentioned + penalty;
  const neighbours = tables.some(({ table }) => related(schema, table, target.table));
  return unmentioned * (neighbours ? 2 : 4) + penalty;
}

/** Words between a column's mention and its table's; 0 where grammar ties them together. */
function distance(table: TableMention, from: number, to: number, words: QuestionWord[]): number {
  if (table.to === from) return 0;
  if (table.from >= to) {
    const between = words.slice(to, table.from).map((word) => word.text.toLowerCase());
    if (/^(of|in|from|for|per|by)( (the|each|all|every|any|their|its|those|these))*$/.test(between.join(' '))) return 0;
    return table.from - to + 1.5;
  }
  return from - table.to + 1;
}

function related(schema: DatabaseSchema, one: number, other: number): boolean {
  const [a, b] = [schema.tables[one]!.name, schema.tables[other]!.name];
  return schema.foreignKeys.some(
    (key) => (key.table === a && key.referencesTable === b) || (key.table === b && key.referencesTable === a),
  );
}
