import type { ExecutionLimits } from '../../core/database.js';
import type { DialectName } from '../../core/dialect.js';
import type { EngineSource } from '../engine.js';

/** What the parent asks of the child. `database` is the key under which the child keeps an opened database. */
export type Request =
  | { id: number; kind: 'open'; database: string; dialect: DialectName; name: string; source: EngineSource }
  | { id: number; kind: 'execute'; database: string; sql: string; limits: ExecutionLimits }
  | { id: number; kind: 'introspect' | 'functions' | 'close'; database: string };

/** Every request without its number, which the sandbox gives it. */
export type RequestBody = Request extends infer R ? (R extends Request ? Omit<R, 'id'> : never) : never;

/** What the child answers: one response a request, in order. `error` is a fault of ours, never a bad statement's. */
export type Response = { id: number; result: unknown } | { id: number; error: string };
