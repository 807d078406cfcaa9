import { randomUUID } from 'node:crypto';
import {
  defaultLimits,
  type DatabaseRef,
  type DatabaseSchema,
  type ExecutionOutcome,
  type FunctionSignature,
} from '../core/database.js';
import { InvalidInputError, UnreachableError } from '../core/errors.js';
import { compareOutcomes, type Compared, type ComparingSession } from '../core/evaluate/comparison.js';
import type { EngineOptions } from './engine.js';
import { dialects } from './registry.js';
import type { HostedSource } from './sandbox/database-host.js';
import { DatabasePool } from './sandbox/pool.js';
import type { Answer } from './sandbox/sandbox.js';

export interface OpenDatabaseOptions extends EngineOptions {
  /** Child processes to share with other databases; without it the session has one of its own. */
  pool?: DatabasePool;
}

/** The engine stops a statement itself where it can; the process is killed only this much later, because that costs a restart. */
const KILL_GRACE_MS = 250;
const DESCRIBE_DEADLINE_MS = 120_000;

/**
 * Opens a database for untrusted statements.
 * Raises InvalidInputError, NotFoundError, MissingDependencyError or UnreachableError when the database cannot be opened;
 * after that no statement raises: its outcome says what became of it.
 *
 * @example
 * const session = await openDatabase({ name: 'retail', dialect: 'sqlite', url: 'sample:retail' });
 * const outcome = await session.execute('SELECT count(*) FROM orders');
 * await session.close();
 */
export async function openDatabase(ref: DatabaseRef, options: OpenDatabaseOptions = {}): Promise<ComparingSession> {
  const dialect = dialects[ref.dialect];
  if (!dialect) {
    const known = Object.keys(dialects).join(', ');
    throw new InvalidInputError(`There is no dialect "${ref.dialect}".`, `Use one of ${known}.`);
  }
  const { engine } = dialect;
  const source = await engine.prepare(ref, options);
  const database: HostedSource = { key: randomUUID(), dialect: ref.dialect, name: ref.name, source };
  const pool = options.pool ?? new DatabasePool();
  const host = () => pool.hostFor(database, engine.memoryLimit);

  const failure = await host().openNow(database);
  if (failure) {
    if (!options.pool) await pool.close();
    throw cannotOpen(ref, failure);
  }

  const describe = async <T>(kind: 'introspect' | 'functions'): Promise<T> => {
    const answer = await host().request(database, { kind, database: database.key }, DESCRIBE_DEADLINE_MS);
    if (answer.kind === 'result') return answer.result as T;
    throw cannotOpen(ref, answer);
  };

  const execute: ComparingSession['execute'] = async (sql, limits = {}, signal) => {
    const bounds = { ...defaultLimits, ...limits };
    const answer = await host().request(
      database,
      { kind: 'execute', database: database.key, sql, limits: bounds },
      bounds.timeoutMs + KILL_GRACE_MS,
      signal,
    );
    return toOutcome(answer, bounds.timeoutMs);
  };

  const compare: ComparingSession['compare'] = async (comparisons, rule, limits = {}) => {
    const bounds = { ...defaultLimits, ...limits };
    const answer = await host().request(
      database,
      { kind: 'compare', database: database.key, comparisons, rule, limits: bounds },
      // A comparison is two statements, and the child may have been silent for a while before them.
      2 * bounds.timeoutMs + KILL_GRACE_MS,
    );
    if (answer.kind === 'result') return answer.result as Compared[];
    // One statement ended the process. Which one shows when each has it to itself.
    const compared: Compared[] = [];
    for (const { gold, predicted, ordered } of comparisons) {
      const outcomes = [await execute(gold, bounds), await execute(predicted, bounds)] as const;
      compared.push(compareOutcomes(rule, ...outcomes, ordered));
    }
    return compared;
  };

  let closed = false;
  return {
    ref,
    introspect: () => describe<DatabaseSchema>('introspect'),
    functions: () => describe<FunctionSignature[]>('functions'),
    execute,
    compare,
    async close() {
      if (closed) return;
      closed = true;
      if (options.pool) await pool.release(database);
      else await pool.close();
    },
  };
}

function toOutcome(answer: Answer, timeoutMs: number): ExecutionOutcome {
  if (answer.kind === 'result') return answer.result as ExecutionOutcome;
  const ms = answer.kind === 'killed' ? answer.ms : 0;
  if (answer.kind === 'killed' && answer.reason === 'timeout') {
    return { kind: 'timeout', message: `The statement ran longer than ${timeoutMs} ms.`, ms };
  }
  return { kind: 'crash', message: explain(answer), ms };
}

function cannotOpen({ name, dialect }: DatabaseRef, answer: Answer | null): UnreachableError {
  const why = answer && answer.kind !== 'result' ? explain(answer) : 'no answer';
  return new UnreachableError(
    `Database "${name}" (${dialect}) could not be read: ${why.replace(/\.$/, '')}.`,
    'Check that its file or server is whole, and try again.',
  );
}

function explain(answer: Exclude<Answer, { kind: 'result' }>): string {
  if (answer.kind !== 'killed') return answer.message;
  return answer.reason === 'timeout' ? 'it took too long' : "the engine's process outgrew its memory limit";
}
