import OpenAI from 'openai';
import { jsonSchemaOf, type ModelRequest } from './ledger.js';

/**
 * What an endpoint takes, as far as is known. Endpoints call themselves OpenAI-compatible and differ: some know no JSON schema,
 * newer models of OpenAI want another name for the token limit and no temperature. A refused form is narrowed and remembered.
 */
export interface RequestForm {
  structured: boolean;
  tokenLimit: 'max_tokens' | 'max_completion_tokens';
  temperature: boolean;
  seed: boolean;
}

export const widestForm: RequestForm = { structured: true, tokenLimit: 'max_tokens', temperature: true, seed: true };

type Body = OpenAI.Chat.Completions.ChatCompletionCreateParamsNonStreaming;

/** The body of a request. Where no schema is taken, the schema is told at the end of the system prompt, which stays the same from call to call. */
export function requestBody(model: string, request: ModelRequest<unknown>, form: RequestForm): Body {
  const schema = request.schema && jsonSchemaOf(request.schema);
  const told =
    form.structured || schema === null
      ? ''
      : `\n\nReply with one JSON object of this JSON schema:\n${JSON.stringify(schema)}`;
  return {
    model,
    messages: [
      { role: 'system', content: `${request.system}${told}` },
      { role: 'user', content: request.user },
    ],
    [form.tokenLimit]: request.maxTokens,
    ...(form.temperature && { temperature: request.temperature }),
    ...(form.seed && { seed: request.seed }),
    ...(form.structured &&
      schema !== null && {
        response_format: { type: 'json_schema', json_schema: { name: request.schemaName, strict: true, schema } },
      }),
  };
}

/** The form to try after the endpoint refused a request of this form; null where it did not refuse the form, or nothing is left. */
export function narrowForm(form: RequestForm, error: unknown): RequestForm | null {
  if (!(error instanceof OpenAI.APIError) || (error.status !== 400 && error.status !== 422)) return null;
  const named = `${error.param ?? ''} ${error.message}`;
  if (form.tokenLimit === 'max_tokens' && /max_tokens|max_completion_tokens/.test(named))
    return { ...form, tokenLimit: 'max_completion_tokens' };
  if (form.temperature && /temperature/.test(named)) return { ...form, temperature: false };
  if (form.seed && /\bseed\b/.test(named)) return { ...form, seed: false };
  // Whatever else it dislikes: few say it clearly, so the schema is the first thing to leave out.
  return form.structured ? { ...form, structured: false } : null;
}
