import type { DialectManifest } from '../dialect.js';
import { buildMaskedPrompt, encodeMasked, restoreMasked } from '../masked/masked-form.js';
import type { PromptForm } from '../run-spec.js';
import { encodeSql } from './encode-sql.js';
import { buildLinkedPrompt, type PromptInput } from './linked-prompt.js';
import type { Links } from './links.js';
import { buildPlainPrompt } from './plain-prompt.js';
import { restoreSql } from './restore-sql.js';

/** A prompt, and what is needed to read the answer to it. */
export type BuiltPrompt = { prompt: string } & (
  { form: 'linked'; links: Links } | { form: 'plain' } | { form: 'masked' | 'masked-schema'; asked: PromptInput }
);

/** One row of training text. */
export interface PromptRow {
  prompt: string;
  completion: string;
}

/** What a model is asked. It sees the question and the schema, never the statement. */
export function buildPrompt(form: PromptForm, input: PromptInput): BuiltPrompt {
  switch (form) {
    case 'linked':
      return { form, ...buildLinkedPrompt(input) };
    case 'plain':
      return { form, prompt: buildPlainPrompt(input) };
    case 'masked':
      return { form, prompt: buildMaskedPrompt(input.question, null), asked: input };
    case 'masked-schema':
      return { form, prompt: buildMaskedPrompt(input.question, input.schema), asked: input };
  }
}

/** What a model should answer; null when the statement needs something that the form cannot say. */
export function encodeCompletion(sql: string, built: BuiltPrompt, dialect: DialectManifest): string | null {
  if (built.form === 'plain') return sql;
  return built.form === 'linked'
    ? encodeSql(sql, built.links, dialect)
    : encodeMasked(sql, built.asked.schema, dialect);
}

/** A model's answer as SQL. */
export function readCompletion(completion: string, built: BuiltPrompt): string {
  if (built.form === 'plain') return completion.trim().replace(/;\s*$/, '');
  if (built.form === 'linked') return restoreSql(completion, built.links);
  const { question, schema, dialect } = built.asked;
  return restoreMasked(completion, question, schema, dialect);
}

/** The gold in the form in which it was taught; null where that form leaves something out, which must then be right in itself. */
export function taughtSql(sql: string, built: BuiltPrompt, dialect: DialectManifest): string | null {
  if (built.form === 'masked' || built.form === 'masked-schema') return null;
  const completion = encodeCompletion(sql, built, dialect);
  return completion === null ? null : readCompletion(completion, built);
}

/** A pair as training text; null when its statement cannot be written in this form. */
export function promptRow(form: PromptForm, input: PromptInput & { sql: string }): PromptRow | null {
  const built = buildPrompt(form, input);
  const completion = encodeCompletion(input.sql, built, input.dialect);
  return completion === null ? null : { prompt: built.prompt, completion };
}
