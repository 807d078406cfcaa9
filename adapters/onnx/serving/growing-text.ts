import type { Tokenizer } from '@huggingface/tokenizers';
import { decodeText } from '../answer-tokens.js';

/** Gives what an answer's text gains with each token. A character of several tokens comes when it is whole. */
export function createGrowingText(tokenizer: Tokenizer): (id: number) => string {
  const ids: number[] = [];
  let told = 0;
  return (id) => {
    ids.push(id);
    // Bytes of a character that is not whole yet read as U+FFFD.
    const text = decodeText(tokenizer, ids).replace(/\uFFFD+$/, '');
    const gained = text.slice(told);
    told = Math.max(told, text.length);
    return gained;
  };
}
