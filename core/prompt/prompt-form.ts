import type { DialectManifest } from '../dialect.js';
import { encodeSql } from './encode-sql.js';
import { buildLinkedPrompt, type PromptInput } from './linked-prompt.js';
import type { Links } from './links.js';
import { buildPlainPrompt } from './plain-prompt.js';
import { restoreSql } from './restore-sql.js';

/** `linked` for models of a few million parameters, `plain` for models that know English and SQL already. */
export type PromptForm = 'linked' | 'plain';

export interface BuiltPrompt {
  prompt: string;
  /** Null in the plain form. */
  links: Links | null;
}

/** One row of training text. */
export interface PromptRow {
  prompt: string;
  completion: string;
}

/** What a model is asked. It sees the question and the schema, never the statement. */
export function buildPrompt(form: PromptForm, input: PromptInput): BuiltPrompt {
  return form === 'linked' ? buildLinkedPrompt(input) : { prompt: buildPlainPrompt(input), links: null };
}

/** What a model should answer; null when the statement needs something that a linked prompt does not hold. */
export function encodeCompletion(sql: string, { links }: BuiltPrompt, dialect: DialectManifest): string | null {
  return links === null ? sql : encodeSql(sql, links, dialect);
}

/** A model's answer as SQL. */
export function readCompletion(completion: string, { links }: BuiltPrompt): string {
  return links === null ? completion.trim().replace(/;\s*$/, '') : restoreSql(completion, links);
}

/** A pair as training text; null when its statement cannot be written in this form. */
export function promptRow(form: PromptForm, input: PromptInput & { sql: string }): PromptRow | null {
  const built = buildPrompt(form, input);
  const completion = encodeCompletion(input.sql, built, input.dialect);
  return completion === null ? null : { prompt: built.prompt, completion };
}
