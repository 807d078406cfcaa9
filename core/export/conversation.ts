import type { DatabaseSchema } from '../database.js';
import type { DialectManifest } from '../dialect.js';
import { buildPlainPrompt } from '../prompt/plain-prompt.js';
import type { Pair } from '../template.js';

export interface ConversationInput {
  pair: Pair;
  schema: DatabaseSchema;
  dialect: DialectManifest;
}

interface Conversation {
  system: string;
  user: string;
  assistant: string;
}

/** A pair as what is asked and what is answered: the schema as the plain prompt writes it, then the question. */
function conversationOf({ pair, schema, dialect }: ConversationInput): Conversation {
  const prompt = buildPlainPrompt({ question: pair.question, schema, dialect });
  return {
    system: `You write ${dialect.title} queries. Answer the question with one SQL statement and nothing else.`,
    user: prompt.replace(/\nSQL: $/, ''),
    assistant: pair.sql,
  };
}

/** OpenAI's chat form, which TRL, Axolotl and LLaMA-Factory read as it is: `{"messages": [{"role", "content"}, …]}`. */
export function toMessages(input: ConversationInput) {
  const { system, user, assistant } = conversationOf(input);
  return {
    id: input.pair.id,
    messages: [
      { role: 'system', content: system },
      { role: 'user', content: user },
      { role: 'assistant', content: assistant },
    ],
  };
}

/** ShareGPT's form: `{"conversations": [{"from": "human", "value"}, {"from": "gpt", "value"}], "system"}`. */
export function toShareGpt(input: ConversationInput) {
  const { system, user, assistant } = conversationOf(input);
  return {
    id: input.pair.id,
    system,
    conversations: [
      { from: 'human', value: user },
      { from: 'gpt', value: assistant },
    ],
  };
}

/** Stanford Alpaca's form: `{"instruction", "input", "output"}`. */
export function toAlpaca(input: ConversationInput) {
  const { system, user, assistant } = conversationOf(input);
  return { id: input.pair.id, instruction: system, input: user, output: assistant };
}
