import type { FinishedAnswer } from './running-answer.js';

/** How an answer is dressed: OpenAI's chats and its bare completions differ in names. */
export interface ReplyShape {
  prefix: string;
  object: string;
  chunkObject: string;
  whole(answer: FinishedAnswer): object;
  /** Events before the first text. */
  opening: object[];
  piece(text: string): object;
  end(answer: FinishedAnswer): object;
}

export const chatShape: ReplyShape = {
  prefix: 'chatcmpl',
  object: 'chat.completion',
  chunkObject: 'chat.completion.chunk',
  whole: ({ text, finish }) => ({
    ...{ index: 0, finish_reason: finish, logprobs: null },
    message: { role: 'assistant', content: text, refusal: null },
  }),
  opening: [{ index: 0, delta: { role: 'assistant', content: '' }, finish_reason: null }],
  piece: (text) => ({ index: 0, delta: { content: text }, finish_reason: null }),
  end: ({ finish }) => ({ index: 0, delta: {}, finish_reason: finish }),
};

export const completionShape: ReplyShape = {
  prefix: 'cmpl',
  object: 'text_completion',
  chunkObject: 'text_completion',
  whole: ({ text, finish }) => ({ index: 0, text, finish_reason: finish, logprobs: null }),
  opening: [],
  piece: (text) => ({ index: 0, text, finish_reason: null, logprobs: null }),
  end: ({ finish }) => ({ index: 0, text: '', finish_reason: finish, logprobs: null }),
};
