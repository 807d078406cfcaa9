import type { DatabaseSchema } from '../database.js';
import type { DialectManifest } from '../dialect.js';
import { namePrinter } from '../sql/print-names.js';
import { describeColumn, typeWords } from './column-words.js';
import { joinPath, selfReferences, type JoinStep } from './join-path.js';
import { linkQuestion, type LinkedQuestion, type Mention } from './link-question.js';
import type { Links } from './links.js';
import { squeezePrompt } from './squeeze.js';
import type { NameTarget } from './name-index.js';
import { Numbering, place } from './numbering.js';

export interface LinkedPrompt {
  prompt: string;
  links: Links;
}

export interface PromptInput {
  question: string;
  schema: DatabaseSchema;
  dialect: DialectManifest;
}

/** Columns that the question does not name but the statement may need, told with their names in words. */
const maxFurtherColumns = 4;
/** Tables told in words where the question names nothing of the schema. */
const maxUnnamedTables = 4;

/**
 * The prompt for a small model: names and values that the question mentions become index tokens, numbered in the order
 * in which the question says them, with their types beside them; what follows says which columns each table has and how
 * the tables are joined, in the words the statement will use. It sees only the question and the schema.
 *
 * @example
 * sqlite | how many<t0> have<c0> text<v0> text |<t0><c0> key<c1>
 */
export function buildLinkedPrompt({ question, schema, dialect }: PromptInput): LinkedPrompt {
  const numbering = new Numbering(schema, namePrinter(dialect, false));
  const linked = linkQuestion(question, schema);
  const sentence = writeQuestion(linked, numbering);
  const tables = mentionedTables(linked.mentions, schema);
  const preferred = new Set(linked.mentions.flatMap(mentionedColumns).map(place));
  const steps = joinPath(schema, tables, preferred);
  // Tables are numbered as they are joined: those that the question names already are.
  for (const table of [...tables, ...steps.map((step) => step.table)]) numbering.tableToken(table);
  const joins = writeJoins(steps, schema, numbering, preferred);
  const owned = writeTables(linked, schema, numbering, steps);
  return {
    prompt: squeezePrompt([dialect.name, sentence, owned, ...joins].join(' | ')),
    links: numbering.links(dialect.name, [...new Set([...tables.slice(0, 1), ...steps.map((step) => step.table)])]),
  };
}

function writeQuestion({ words, mentions }: LinkedQuestion, numbering: Numbering): string {
  const out: string[] = [];
  let at = 0;
  for (const mention of mentions) {
    out.push(...words.slice(at, mention.from).map((word) => word.text.toLowerCase()));
    const said = words.slice(mention.from, mention.to).map((word) => word.text.toLowerCase());
    out.push(
      ...((mention.kind === 'value' ? numbering.value(mention.text, mention.type) : numbering.name(mention.target)) ??
        said),
    );
    at = mention.to;
  }
  out.push(...words.slice(at).map((word) => word.text.toLowerCase()));
  return out.join(' ');
}

const mentionedColumns = (mention: Mention): { table: number; column: number }[] =>
  mention.kind === 'name' && mention.target.kind !== 'table' ? [mention.target] : [];

/** Tables that the question names, then those whose columns or values it names, then, where there is none, the first few. */
function mentionedTables(mentions: Mention[], schema: DatabaseSchema): number[] {
  const targets = mentions.flatMap((mention): NameTarget[] => (mention.kind === 'name' ? [mention.target] : []));
  const named = targets.filter(({ kind }) => kind === 'table').map(({ table }) => table);
  const owners = targets.map(({ table }) => table);
  const holders = mentions.flatMap((mention) =>
    mention.kind === 'value' ? mention.columns.map(({ table }) => table) : [],
  );
  const found = [...new Set([...named, ...owners])];
  // A value found in a sample brings its table in only where nothing named has it.
  if (!holders.some((table) => found.includes(table))) found.push(...holders.slice(0, 1));
  if (found.length > 0) return [...new Set(found)];
  return schema.tables.slice(0, maxUnnamedTables).map((_, table) => table);
}

/** `<t0> JOIN <t1> ON <c0> = <c1>`, as a statement would have it, with keys that connect the same tables after `or`. */
function writeJoins(steps: JoinStep[], schema: DatabaseSchema, numbering: Numbering, preferred: Set<string>): string[] {
  const [first] = steps;
  if (!first) return [];
  const parts = [numbering.tableToken(first.to)];
  for (const step of steps) {
    const table = numbering.tableToken(step.table);
    const left = numbering.columnToken({ table: step.to, column: step.toColumn });
    const right = numbering.columnToken(step);
    if (table && left && right) parts.push(`JOIN ${table} ON ${left} = ${right}`);
    for (const other of otherKeys(step, schema, preferred)) {
      const [a, b] = [numbering.columnToken({ table: other.to, column: other.toColumn }), numbering.columnToken(other)];
      if (a && b) parts.push(`or ${a} = ${b}`);
    }
  }
  return [parts.join(' ')];
}

function otherKeys(step: JoinStep, schema: DatabaseSchema, preferred: Set<string>): JoinStep[] {
  const rest = schema.foreignKeys.filter((key) => {
    const names = [schema.tables[step.table]!.name, schema.tables[step.to]!.name];
    const taken = [
      schema.tables[step.table]!.columns[step.column]!.name,
      schema.tables[step.to]!.columns[step.toColumn]!.name,
    ];
    return (
      names.includes(key.table) &&
      names.includes(key.referencesTable) &&
      key.table !== key.referencesTable &&
      !(taken.includes(key.column) && taken.includes(key.referencesColumn))
    );
  });
  return joinPath({ ...schema, foreignKeys: rest }, [step.to, step.table], preferred).slice(0, 1);
}

/** Each table with its columns: those that the question names, its key, and a few more in words. */
function writeTables(
  { mentions }: LinkedQuestion,
  schema: DatabaseSchema,
  numbering: Numbering,
  steps: JoinStep[],
): string {
  const named = mentions.flatMap(mentionedColumns);
  const alternatives = mentions.flatMap((mention) =>
    mention.kind === 'name'
      ? mention.alternatives.flatMap((other) => (other.kind === 'table' ? [] : [{ ...other, for: mention.target }]))
      : [],
  );
  const holders = mentions.flatMap((mention) =>
    mention.kind === 'value'
      ? mention.columns.map((holder) => ({ ...holder, text: mention.text, type: mention.type }))
      : [],
  );
  for (const { table } of alternatives.filter((other) => related(schema, numbering, other.table)))
    numbering.tableToken(table);
  const further = furtherColumns(schema, numbering, steps, named);
  return numbering
    .tablesInOrder()
    .map((t) => {
      const table = schema.tables[t]!;
      const parts = [numbering.tableToken(t)!];
      const told = new Set<string>();
      const tell = (column: number, text: (token: string) => string): void => {
        if (told.has(place({ table: t, column }))) return;
        const token = numbering.columnToken({ table: t, column });
        if (!token) return;
        told.add(place({ table: t, column }));
        parts.push(text(token));
      };
      for (const { table: owner, column } of named) if (owner === t) tell(column, (token) => token);
      for (const other of alternatives) {
        if (other.table !== t) continue;
        const instead = numbering.nameToken(other.for);
        tell(
          other.column,
          (token) => `${token} ${typeWords(table.columns[other.column]!)}${instead ? ` or ${instead}` : ''}`,
        );
      }
      for (const holder of holders) {
        if (holder.table !== t) continue;
        const value = numbering.value(holder.text, holder.type)?.[0];
        tell(
          holder.column,
          (token) => `${token} ${typeWords(table.columns[holder.column]!)}${value ? ` has ${value}` : ''}`,
        );
      }
      table.columns.forEach((column, c) => {
        if (column.primaryKey) tell(c, (token) => `key ${token}`);
      });
      for (const { table: owner, column } of further) {
        if (owner === t) tell(column, (token) => `${token} ${describeColumn(table.columns[column]!)}`);
      }
      for (const step of selfReferences(schema, t)) {
        const [from, to] = [numbering.columnToken(step), numbering.columnToken({ table: t, column: step.toColumn })];
        if (from && to) parts.push(`self ${from} = ${to}`);
      }
      return parts.join(' ');
    })
    .join(' ; ');
}

/** A stranger that nothing connects to the prompt's tables is no alternative. */
function related(schema: DatabaseSchema, numbering: Numbering, table: number): boolean {
  const known = numbering.tablesInOrder();
  return known.includes(table) || known.some((other) => joinPath(schema, [other, table], new Set()).length === 1);
}

/** Columns beyond the named ones, tables in turn: names and titles first, then the others but for keys. */
function furtherColumns(
  schema: DatabaseSchema,
  numbering: Numbering,
  steps: JoinStep[],
  named: { table: number; column: number }[],
): { table: number; column: number }[] {
  const known = new Set(
    [...named, ...steps, ...steps.map(({ to, toColumn }) => ({ table: to, column: toColumn }))].map(place),
  );
  const queues = numbering.tablesInOrder().map((t) => {
    const isForeign = (name: string): boolean =>
      schema.foreignKeys.some((key) => key.table === schema.tables[t]!.name && key.column === name);
    return schema.tables[t]!.columns.map((column, c) => ({
      table: t,
      column: c,
      rank: /name|title|label/i.test(column.name) ? 0 : isForeign(column.name) ? 2 : 1,
      key: column.primaryKey,
    }))
      .filter((entry) => !entry.key && !known.has(place(entry)))
      .sort((a, b) => a.rank - b.rank);
  });
  const chosen: { table: number; column: number }[] = [];
  for (let turn = 0; chosen.length < maxFurtherColumns && queues.some((queue) => turn < queue.length); turn += 1) {
    for (const queue of queues) if (queue[turn] && chosen.length < maxFurtherColumns) chosen.push(queue[turn]!);
  }
  return chosen;
}
