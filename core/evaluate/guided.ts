import { chooseByExecution } from '../answer/execution-guided.js';
import { defaultLimits, type DatabaseSession, type ExecutionLimits } from '../database.js';
import type { DialectManifest } from '../dialect.js';
import type { Sampling } from './evaluate-model.js';
import { statementOrdersRows } from './read-sql.js';

/** Execution-guided decoding of an evaluation: how many statements are tried of each question, and how they are drawn. */
export interface Guided {
  /** The greedy answer among them; from 2 on. */
  samples: number;
  sampling: Sampling;
}

/** What is drawn by chance may join everything with everything; a statement that is worth a vote on an evaluation's tables is done by then. */
const triedMs = 1_000;

export interface GuidedInput {
  /** What the model said to each item, its greedy answer first. */
  statements: readonly (readonly string[])[];
  databases: readonly string[];
  session: (database: string) => Promise<DatabaseSession>;
  dialect: DialectManifest;
  limits?: Partial<ExecutionLimits>;
  signal?: AbortSignal;
}

/** The statement of each item that wins the vote over what the statements return. One statement runs at a time. */
export async function guidedStatements({
  statements,
  databases,
  session,
  dialect,
  limits,
  signal,
}: GuidedInput): Promise<string[]> {
  const orders = (sql: string): boolean => statementOrdersRows(sql, dialect);
  const bounds = { ...defaultLimits, ...limits };
  const chosen: string[] = [];
  for (const [at, said] of statements.entries()) {
    signal?.throwIfAborted();
    const database = await session(databases[at]!);
    const run = (sql: string) =>
      sql.trim() === ''
        ? Promise.resolve({ kind: 'invalid' as const, message: 'There is no statement.', ms: 0 })
        : database.execute(sql, { ...bounds, timeoutMs: Math.min(bounds.timeoutMs, triedMs) });
    const [best] = await chooseByExecution({ statements: said, run, orders });
    chosen.push(best!.sql);
  }
  return chosen;
}
