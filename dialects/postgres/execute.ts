import type {
  ExecutionLimits,
  ExecutionOutcome,
  ExecutionResult,
  FailedExecution,
  FetchedRows,
  SqlValue,
} from '../../core/database.js';
import { executeGuarded } from '../guard-outcome.js';
import { RowCollector } from '../row-collector.js';
import { runCancellable } from '../run-cancellable.js';
import type { ReaderConnection } from './connection.js';
import { refusal } from './guard.js';
import { readValue } from './value.js';

/** Rows fetched at once: few enough that a batch of wide rows fits in memory. */
const BATCH = 500;

interface ServerError extends Error {
  code?: string;
}

/**
 * Runs one untrusted statement as a cursor in a read-only transaction that is always rolled back, and says how it ended.
 * A cursor takes nothing but a query, and lets the rows be fetched no further than the limits reach.
 */
export async function executeStatement(
  connection: ReaderConnection,
  sql: string,
  limits: ExecutionLimits,
): Promise<ExecutionOutcome> {
  return executeGuarded(sql, refusal, () => inTransaction(connection, sql, limits));
}

async function inTransaction(
  connection: ReaderConnection,
  sql: string,
  limits: ExecutionLimits,
): Promise<ExecutionResult> {
  const timeout = Math.max(1, Math.round(limits.timeoutMs));
  await connection.run(
    `BEGIN TRANSACTION READ ONLY; SET LOCAL statement_timeout = ${timeout}; SET LOCAL cursor_tuple_fraction = 1`,
  );
  try {
    // statement_timeout counts for each fetch anew; the cancellation counts for all of them.
    return await runCancellable(
      timeout,
      () => connection.cancel(),
      async () => {
        await connection.single(`DECLARE result NO SCROLL CURSOR FOR ${sql}`);
        return fetchAll(connection, limits);
      },
    );
  } catch (error) {
    return explain(error as ServerError, timeout);
  } finally {
    connection.reset();
  }
}

async function fetchAll(connection: ReaderConnection, limits: ExecutionLimits): Promise<FetchedRows> {
  const collector = new RowCollector(limits);
  let columns: string[] = [];
  for (let more = true; more;) {
    const asked = Math.min(BATCH, limits.maxRows + 1);
    const batch = await connection.single(`FETCH FORWARD ${asked} FROM result`);
    const types = batch.fields.map((field) => field.dataTypeID);
    columns = batch.fields.map((field) => field.name);
    more = batch.rows.length === asked;
    for (const row of batch.rows) {
      const values: SqlValue[] = row.map((text, i) => readValue(text, types[i]!));
      if (!collector.add(values)) {
        more = false;
        break;
      }
    }
  }
  return { kind: 'rows', columns, rows: collector.rows, truncated: collector.truncated };
}

/** The verdict by SQLSTATE (PostgreSQL's manual, appendix A). */
function explain({ code, message }: ServerError, timeout: number): FailedExecution {
  if (code === undefined) return { kind: 'crash', message };
  if (code === '57014') return { kind: 'timeout', message: `The statement ran longer than ${timeout} ms.` };
  const modifies = code === '0A000' && message.includes('data-modifying');
  if (modifies || code === '42501' || code === '25006') return { kind: 'refused', message };
  if (code.startsWith('42') || code === '0A000' || code === '34000') return { kind: 'invalid', message };
  // Errors of format in a literal are found before anything runs, but only data could tell them from others.
  return { kind: code.startsWith('57') ? 'crash' : 'runtime-error', message };
}
