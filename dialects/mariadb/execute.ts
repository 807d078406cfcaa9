import type { ExecutionLimits, ExecutionOutcome, ExecutionResult, FailedExecution } from '../../core/database.js';
import { executeGuarded } from '../guard-outcome.js';
import { RowCollector } from '../row-collector.js';
import { runCancellable } from '../run-cancellable.js';
import type { ReaderConnection } from './connection.js';
import { refusal } from './guard.js';

interface ServerError extends Error {
  errno?: number;
  sqlState?: string;
}

/** Runs one untrusted statement in a read-only transaction that is always rolled back, and says how it ended. */
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
  try {
    // max_statement_time ends a statement on the server; the cancellation holds while rows are being sent, too.
    return await runCancellable(
      timeout,
      () => connection.cancel(),
      async () => {
        await connection.begin(timeout);
        const collector = new RowCollector(limits);
        const columns = await connection.stream(sql, (row) => collector.add(row));
        return { kind: 'rows', columns, rows: collector.rows, truncated: collector.truncated };
      },
    );
  } catch (error) {
    return explain(error as ServerError, timeout);
  } finally {
    connection.reset();
  }
}

// https://mariadb.com/kb/en/mariadb-error-code-reference/
const timeouts = new Set([1317, 1969]);
const refusals = new Set([1044, 1142, 1143, 1227, 1290, 1370, 1792]);
/** Of SQLSTATE HY000 or 22xxx, those that no data can mend. */
const invalid = new Set([1111, 1210, 1241, 1247, 1267, 1270, 1271, 1525, 1582, 1583, 4015, 4016]);

function explain({ errno, sqlState, message }: ServerError, timeout: number): FailedExecution {
  if (errno === undefined || sqlState === undefined) return { kind: 'crash', message };
  if (timeouts.has(errno)) return { kind: 'timeout', message: `The statement ran longer than ${timeout} ms.` };
  if (refusals.has(errno)) return { kind: 'refused', message };
  return { kind: sqlState.startsWith('42') || invalid.has(errno) ? 'invalid' : 'runtime-error', message };
}
