import { writeFile } from 'node:fs/promises';
import { InvalidInputError } from '../core/errors.js';
import { maskedPrompt, type TableNames } from '../core/masked/masked-prompt.js';
import { maskValues } from '../core/masked/mask-values.js';
import type { PromptForm } from '../core/run-spec.js';
import type { SpiderSchema } from '../core/seeds/spider.js';
import { dialects } from '../dialects/registry.js';
import { readGold } from './gold-files.js';
import { readDocument } from './read-document.js';

export interface RowsRequest {
  gold: string;
  /** Spider's tables.json; with it the schema is part of what the model reads. */
  tables?: string;
  out: string;
}

/** Writes the questions of a gold file as rows of the trainer's method seq2seq; says which statements could not be masked. */
export async function writeSeq2SeqRows({ gold, tables, out }: RowsRequest): Promise<{
  rows: number;
  unmasked: string[];
}> {
  const items = await readGold(gold, undefined);
  const schemas = tables === undefined ? null : await readTableNames(tables);
  const unmasked: string[] = [];
  const lines = items.flatMap(({ id, dialect, database, question, sql }) => {
    const schema = schemas ? schemas.get(database) : null;
    if (schema === undefined)
      throw new InvalidInputError(
        `${tables!} has no database "${database}".`,
        'Give the tables.json of these questions.',
      );
    const masked = maskValues(sql, dialects[dialect]!.manifest.lexer);
    const promptForm: PromptForm = schema ? 'masked-schema' : 'masked';
    const prompt = maskedPrompt(question, schema);
    if (masked) return [{ id, dialect, database, promptForm, prompt, completion: masked.text }];
    unmasked.push(id);
    return [];
  });
  await writeFile(out, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  return { rows: lines.length, unmasked };
}

async function readTableNames(file: string): Promise<Map<string, TableNames[]>> {
  const schemas = (await readDocument(file)) as SpiderSchema[];
  if (!Array.isArray(schemas))
    throw new InvalidInputError(`${file} is not in Spider's format.`, 'Give a list of schemas.');
  return new Map(
    schemas.map(({ db_id, table_names_original, column_names_original }) => [
      db_id,
      table_names_original.map((name, table) => ({
        name,
        columns: column_names_original.filter(([owner]) => owner === table).map(([, column]) => column),
      })),
    ]),
  );
}
