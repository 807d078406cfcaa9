import type { Tokenizer } from '@huggingface/tokenizers';
import type { ModelShape } from './model-files.js';

/**
 * Index tokens of a decoder's prompt are special tokens, so none may be skipped; those of an encoder–decoder mark beginnings, ends and
 * unknown words. What ends a text is not part of the answer.
 */
export const decodeText = (tokenizer: Tokenizer, ids: number[], skipSpecial = false): string =>
  ids.length === 0
    ? ''
    : tokenizer.decode(ids, { skip_special_tokens: skipSpecial, clean_up_tokenization_spaces: false });

/** Ids of texts that are one token each; what the vocabulary lacks is left out. */
export const idsOf = (tokenizer: Tokenizer, tokens: readonly string[]): number[] =>
  tokens.flatMap((token) => tokenizer.token_to_id(token) ?? []);

/** 1 for each of the restricted ids that the prompt does not have; null where none is restricted. */
export function bannedIds(
  prompt: readonly number[],
  restricted: readonly number[],
  shape: ModelShape,
): Uint8Array | null {
  if (restricted.length === 0) return null;
  const banned = new Uint8Array(shape.vocabulary);
  for (const id of restricted) banned[id] = 1;
  for (const id of prompt) banned[id] = 0;
  return banned;
}
