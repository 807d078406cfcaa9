import { z } from 'zod';
import { badRequest } from './api-error.js';

const text = z.union([
  z.string(),
  // Other parts (images, sound) are refused: the models read text.
  z
    .array(z.object({ type: z.literal('text'), text: z.string() }))
    .transform((parts) => parts.map((part) => part.text).join('')),
]);

const message = z.object({
  role: z.enum(['system', 'developer', 'user', 'assistant']),
  content: text,
});
export type ChatMessage = z.infer<typeof message>;

/** What both ways of asking have in common. Fields that change nothing here (`user`, `metadata`, …) may be there. */
const shared = {
  model: z.string().min(1),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  max_tokens: z.number().int().min(1).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  top_p: z.number().gt(0).max(1).nullish(),
  seed: z.number().int().nullish(),
  stop: z.union([z.string().min(1), z.array(z.string().min(1)).max(4)]).nullish(),
  n: z.literal(1, 'only one answer is given').nullish(),
};

const chatBody = z.object({
  ...shared,
  messages: z.array(message).min(1).max(256),
  max_completion_tokens: z.number().int().min(1).nullish(),
  /** Ours: a database that the server was started with. */
  database: z.string().min(1).nullish(),
  /** Ours: of the answer, where the request brings its schema along. */
  dialect: z.string().min(1).nullish(),
  tools: z.array(z.never(), 'the models call no tools').nullish(),
  response_format: z.object({ type: z.literal('text', 'only text is written') }).nullish(),
  logprobs: z.literal(false, 'they are not given').nullish(),
});

const completionBody = z.object({ ...shared, prompt: z.string() });

export type SharedRequest = Omit<z.infer<typeof completionBody>, 'prompt'>;
export type ChatRequest = z.infer<typeof chatBody>;

export const readChatRequest = (body: unknown): ChatRequest => read(chatBody, body);
export const readCompletionRequest = (body: unknown): z.infer<typeof completionBody> => read(completionBody, body);

/** @throws ApiError naming the field */
function read<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const { path, message: why } = parsed.error.issues[0]!;
  const field = path.join('.');
  throw badRequest(`${field === '' ? 'The body' : field} is wrong: ${why}.`, field || null);
}
