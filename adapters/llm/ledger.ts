import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { TokenUsage } from './prices.js';

/** One question to a model; the reply must satisfy `schema`, or is taken as the text that it is. */
export interface ModelRequest<T> {
  /** What the call is for, as the ledger names it: `expand`, `populate`, `repair`, `check`, `evaluate`. */
  stage: string;
  system: string;
  user: string;
  schemaName: string;
  /** Null: plain text is wanted. */
  schema: z.ZodType<T> | null;
  temperature: number;
  maxTokens: number;
  seed: number;
}

/** A paid call, as it is kept: the same request is never paid twice. */
export interface PaidCall {
  key: string;
  stage: string;
  model: string;
  reply: string;
  usage: TokenUsage;
  /** Null where the price is not known, or the endpoint did not say what it used. */
  costUsd: number | null;
}

/** Where paid calls are kept: PostgreSQL in a run, memory in a test. */
export interface CallLedger {
  /** `elsewhere`: another run paid for it. */
  find(key: string): Promise<(PaidCall & { elsewhere?: boolean }) | null>;
  save(call: PaidCall): Promise<void>;
  /** What this run spent so far: its priced calls and their US dollars. */
  spent(): Promise<{ calls: number; usd: number }>;
}

const jsonSchemas = new WeakMap<z.ZodType, Record<string, unknown>>();

/** A reply's schema as JSON Schema; worked out once, for thousands of requests have the same. */
export function jsonSchemaOf(schema: z.ZodType): Record<string, unknown> {
  const known = jsonSchemas.get(schema) ?? (z.toJSONSchema(schema) as Record<string, unknown>);
  jsonSchemas.set(schema, known);
  return known;
}

/** sha256 of everything that decides the reply. */
export function requestKey(model: string, request: ModelRequest<unknown>): string {
  const { schema, ...rest } = request;
  return createHash('sha256')
    .update(JSON.stringify({ model, ...rest, schema: schema && jsonSchemaOf(schema) }))
    .digest('hex');
}
