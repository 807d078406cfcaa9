import type { Tokenizer } from '@huggingface/tokenizers';
import { decodeText } from './answer-tokens.js';
import type { DecodedRow } from './decode-batch.js';
import { meanRouting, type TokenRouting } from './routing.js';

export interface Answer {
  text: string;
  /** Tokens of the answer. */
  tokens: number;
  /** Ended by the model, not by a limit. False also where the prompt is too long to be read. */
  complete: boolean;
  /** Of a mixture: each expert's share of prompt and answer, [layers][experts]. */
  routing?: TokenRouting;
  tokenRouting?: { token: string; part: 'prompt' | 'answer'; weights: TokenRouting }[];
}

/** What was decoded after a prompt, as text; with `tokenRouting` the routing of every token too, with `skipSpecial` without special tokens. */
export function readAnswer(
  tokenizer: Tokenizer,
  prompt: readonly number[],
  { answer, complete, routing }: DecodedRow,
  { tokenRouting, skipSpecial = false }: { tokenRouting: boolean; skipSpecial?: boolean },
): Answer {
  return {
    text: decodeText(tokenizer, answer, skipSpecial),
    tokens: answer.length,
    complete,
    ...(routing.length > 0 ? { routing: meanRouting(routing) } : {}),
    ...(tokenRouting && routing.length > 0
      ? {
          tokenRouting: routing.map((weights, token) => ({
            token: decodeText(tokenizer, [[...prompt, ...answer][token]!]),
            part: token < prompt.length ? ('prompt' as const) : ('answer' as const),
            weights,
          })),
        }
      : {}),
  };
}
