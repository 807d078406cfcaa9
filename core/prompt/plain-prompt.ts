import type { Column, DatabaseSchema, SqlValue, Table } from '../database.js';
import { typeWords } from './column-words.js';
import { linkQuestion } from './link-question.js';
import type { PromptInput } from './linked-prompt.js';

export interface PlainPromptOptions {
  /** Characters of schema text at most; where the whole schema is longer, the tables that the question needs least are left out. */
  budget?: number;
  /** Sample values told of each column. */
  samples?: number;
}

/**
 * The prompt for a model that reads English and SQL: dialect, schema with types, keys and sample values, question. Over
 * the budget, tables are kept by how much of them the question mentions, with the neighbours that join them.
 */
export function buildPlainPrompt(
  { question, schema, dialect }: PromptInput,
  { budget = 6_000, samples = 3 }: PlainPromptOptions = {},
): string {
  const told = fittingText(schema, question, budget, samples);
  return `Dialect: ${dialect.title}\n\n${told}\n\nQuestion: ${question.trim()}\nSQL: `;
}

/** The whole schema as the prompt tells it, however long. */
export function schemaText(schema: DatabaseSchema, samples = 3): string {
  return fittingText(schema, '', Infinity, samples);
}

function fittingText(schema: DatabaseSchema, question: string, budget: number, samples: number): string {
  const texts = schema.tables.map((table) => tableText(table, samples));
  let kept = schema.tables.map((_, t) => t);
  if (joinText(schema, texts, kept).length > budget) {
    const order = byNeed(schema, question);
    kept = order.slice(0, 1);
    for (const t of order.slice(1)) {
      if (joinText(schema, texts, [...kept, t]).length <= budget) kept.push(t);
    }
    kept.sort((a, b) => a - b);
  }
  return joinText(schema, texts, kept);
}

function joinText(schema: DatabaseSchema, texts: string[], kept: number[]): string {
  const names = new Set(kept.map((t) => schema.tables[t]!.name));
  const keys = schema.foreignKeys
    .filter((key) => names.has(key.table) && names.has(key.referencesTable))
    .map((key) => `${key.table}.${key.column} = ${key.referencesTable}.${key.referencesColumn}`);
  return [...kept.map((t) => texts[t]!), ...(keys.length > 0 ? [`Keys: ${keys.join('; ')}`] : [])].join('\n');
}

function tableText(table: Table, samples: number): string {
  const columns = table.columns.map((column) => {
    const values = column.samples
      .slice(0, samples)
      .map(shorten)
      .filter((text) => text !== '');
    const like = values.length > 0 ? ` (like ${values.join(', ')})` : '';
    return `${column.name} ${fieldText(column)}${column.primaryKey ? ' primary key' : ''}${like}`;
  });
  return `Table ${table.name}: ${columns.join('; ')}`;
}

function fieldText(column: Column): string {
  if (!column.fields || column.fields.length === 0) return typeWords(column);
  return `${typeWords(column)}<${column.fields.map(({ name, type }) => `${name} ${type}`).join(', ')}>`;
}

function shorten(value: SqlValue): string {
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return text.length > 40 ? `${text.slice(0, 37)}…` : text;
}

/** Tables by mentions of their names, columns and values; then those that a foreign key ties to a mentioned one. */
function byNeed(schema: DatabaseSchema, question: string): number[] {
  const score = schema.tables.map(() => 0);
  for (const mention of linkQuestion(question, schema).mentions) {
    if (mention.kind === 'name') score[mention.target.table]! += mention.target.kind === 'table' ? 4 : 3;
    else for (const { table } of mention.columns) score[table]! += 2;
  }
  const place = new Map(schema.tables.map(({ name }, t) => [name, t]));
  const near = score.map(() => 0);
  for (const key of schema.foreignKeys) {
    const [a, b] = [place.get(key.table), place.get(key.referencesTable)];
    if (a === undefined || b === undefined) continue;
    near[a]! += Math.min(score[b]!, 1) * 0.5;
    near[b]! += Math.min(score[a]!, 1) * 0.5;
  }
  return schema.tables.map((_, t) => t).sort((a, b) => score[b]! + near[b]! - score[a]! - near[a]!);
}
