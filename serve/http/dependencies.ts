import type { ServingModel } from '../../adapters/onnx/serving/serving-model.js';
import type { AskedDatabase } from '../answer/answer-question.js';
import type { ServedModel } from '../answer/served-model.js';

/** A model that many ask at once. */
export type HostedModel = ServedModel & { predictor: ServingModel };

/** A database that the server was started with; its schema is what the engine told last. */
export type HostedDatabase = AskedDatabase;

export interface ServerLimits {
  /** Bytes of a request's body. */
  bodyBytes: number;
  /** Tokens of an answer; who asks for more gets so many. */
  maxTokens: number;
  /** Milliseconds from a request's arrival to the end of its answer, waiting included. */
  answerMs: number;
  /** Connections at a time. */
  connections: number;
}

export const usualLimits: ServerLimits = {
  bodyBytes: 256 * 1024,
  maxTokens: 512,
  answerMs: 120_000,
  connections: 1_000,
};

/** All that the server needs; it opens and closes none of it. */
export interface ServerDependencies {
  /** By id; the first is used where a request names none. */
  models: ReadonlyMap<string, HostedModel>;
  databases: ReadonlyMap<string, HostedDatabase>;
  /** Null: nobody needs a key, and only this machine's own addresses are answered to. */
  apiKey: string | null;
  limits?: Partial<ServerLimits>;
  /** A pino log; nothing is logged without it. */
  log?: import('fastify').FastifyBaseLogger;
}
