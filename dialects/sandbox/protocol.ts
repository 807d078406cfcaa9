import type { ExecutionLimits } from '../../core/database.js';
import type { DialectName } from '../../core/dialect.js';
import type { Comparison } from '../../core/evaluate/comparison.js';
import type { ComparisonRule } from '../../core/metrics/compare-results.js';
import type { EngineSource } from '../engine.js';

/** What the parent asks of the child. `database` is the key under which the child keeps an opened database. */
export type Request =
  | { id: number; kind: 'open'; database: string; dialect: DialectName; name: string; source: EngineSource }
  | { id: number; kind: 'execute'; database: string; sql: string; limits: ExecutionLimits }
  | {
      id: number;
      kind: 'compare';
      database: string;
      comparisons: readonly Comparison[];
      rule: ComparisonRule;
      limits: ExecutionLimits;
    }
  | { id: number; kind: 'introspect' | 'functions' | 'close'; database: string };

/** Every request without its number, which the sandbox gives it. */
export type RequestBody = Request extends infer R ? (R extends Request ? Omit<R, 'id'> : never) : never;

/**
 * What the child answers: one response a request, in order. `error` is a fault of ours, never a bad statement's. `goesOn` may come any
 * number of times before, of a request that is many statements: the deadline counts from the last.
 */
export type Response = { id: number; result: unknown } | { id: number; error: string } | { id: number; goesOn: true };
