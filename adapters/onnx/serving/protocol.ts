import type { Sampling } from '../../../core/evaluate/evaluate-model.js';
import type { Answer } from '../answer.js';
import type { ModelShape, Precision } from '../model-files.js';
import type { BatchBounds, BatchLoad } from './continuous-batch.js';

/** What the process that decodes is told. */
export type ToModel =
  | { kind: 'open'; folder: string; precision: Precision; threads: number; bounds: BatchBounds }
  | ({ kind: 'ask'; id: number } & Question)
  | { kind: 'cancel'; id: number };

export interface Question {
  prompt: string;
  maxTokens: number;
  /** Texts, each one token, that an answer may use only where its prompt has them. */
  onlyFromPrompt: readonly string[];
  /** Tell the answer's text as it grows. */
  stream: boolean;
  tokenRouting: boolean;
  /** Null: the likeliest token each time. */
  sampling: Sampling | null;
  /** Texts of one call draw differently, by their places in it. */
  place: number;
}

/** What it tells: one message a step, with everything that the step brought. */
export type FromModel =
  | { kind: 'opened'; model: OpenedModel }
  | { kind: 'failed'; what: string; remedy: string }
  | { kind: 'step'; news: News[]; load: BatchLoad & { slots: number } };

export interface OpenedModel {
  shape: ModelShape;
  /** Whether its vocabulary has the index tokens of linked prompts. */
  indexTokens: boolean;
}

export type News =
  /** The prompt was read; the first token follows. */
  | { id: number; kind: 'read'; promptTokens: number }
  | { id: number; kind: 'text'; text: string; tokens: number }
  | { id: number; kind: 'answer'; answer: Answer }
  | { id: number; kind: 'too-long'; promptTokens: number }
  | { id: number; kind: 'error'; message: string };
