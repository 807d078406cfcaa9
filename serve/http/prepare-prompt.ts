import type { DatabaseSchema } from '../../core/database.js';
import { hasDdl, readDdl } from '../../core/ddl/read-ddl.js';
import type { DialectManifest } from '../../core/dialect.js';
import { buildPrompt, readCompletion } from '../../core/prompt/prompt-form.js';
import { restrictedTokens } from '../../core/prompt/restricted-tokens.js';
import { dialects } from '../../dialects/registry.js';
import { longestQuestion } from '../answer/answer-question.js';
import { requireDialect } from '../answer/served-model.js';
import { badRequest } from './api-error.js';
import type { ChatMessage } from './chat-request.js';
import type { HostedDatabase, HostedModel } from './dependencies.js';

/** What the model is asked, and how its answer is read. */
export interface PreparedPrompt {
  prompt: string;
  onlyFromPrompt: readonly string[];
  /** A completion as SQL; null where it is given as it is. */
  read: ((completion: string) => string) | null;
}

export interface PromptSource {
  model: HostedModel;
  database: HostedDatabase | null;
  /** Of a request that brings its schema along. */
  dialect: string | null;
  messages: readonly ChatMessage[];
}

/**
 * The prompt of a chat: built from the last user message, as a question, and the schema of a database of the server, or the one that the
 * system message's CREATE TABLE statements make; without either, the messages themselves.
 */
export function preparePrompt({ model, database, messages, ...source }: PromptSource): PreparedPrompt {
  if (database) {
    const { session, schema } = database;
    requireDialect(model, session.ref.dialect);
    return aboutSchema(model, questionOf(messages), schema, dialects[session.ref.dialect]!.manifest);
  }
  const system = messages.filter(({ role }) => role === 'system' || role === 'developer');
  const ddl = system.map(({ content }) => content).join('\n\n');
  if (!hasDdl(ddl)) return rawPrompt(model, messages.map(({ content }) => content).join('\n\n'));
  const question = questionOf(messages);
  const dialect = source.dialect ?? model.dialects[0] ?? 'sqlite';
  requireDialect(model, dialect);
  return aboutSchema(model, question, readDdl(ddl, 'request', dialect), dialects[dialect]!.manifest);
}

/** A prompt that the asker has built. */
export function rawPrompt(model: HostedModel, prompt: string): PreparedPrompt {
  if (prompt.trim() === '') throw badRequest('The prompt is empty. Write a question.', 'messages');
  return { prompt, onlyFromPrompt: restrictedTokens(model.promptForm), read: null };
}

function aboutSchema(
  model: HostedModel,
  question: string,
  schema: DatabaseSchema,
  dialect: DialectManifest,
): PreparedPrompt {
  const built = buildPrompt(model.promptForm, { question, schema, dialect });
  return {
    prompt: built.prompt,
    onlyFromPrompt: restrictedTokens(model.promptForm),
    read: (completion) => readCompletion(completion, built).trim(),
  };
}

function questionOf(messages: readonly ChatMessage[]): string {
  const question = messages.findLast(({ role }) => role === 'user')?.content.trim() ?? '';
  if (question === '') throw badRequest('There is no user message with a question. Add one.', 'messages');
  if (question.length > longestQuestion) {
    throw badRequest(`The question has ${question.length} characters. Ask it in ${longestQuestion}.`, 'messages');
  }
  return question;
}
