import { StatementType, type DuckDBConnection, type DuckDBResult } from '@duckdb/node-api';
import type { ExecutionLimits, ExecutionOutcome, ExecutionResult, FailedExecution } from '../../core/database.js';
import { executeGuarded } from '../guard-outcome.js';
import { RowCollector } from '../row-collector.js';
import { refusal } from './guard.js';
import { toSqlValue } from './value.js';

/** Runs one untrusted statement in a transaction that is rolled back, and says how it ended. */
export async function executeStatement(
  duckdb: DuckDBConnection,
  sql: string,
  limits: ExecutionLimits,
): Promise<ExecutionOutcome> {
  return executeGuarded(sql, refusal, () => inTransaction(duckdb, sql, limits));
}

async function inTransaction(duckdb: DuckDBConnection, sql: string, limits: ExecutionLimits): Promise<ExecutionResult> {
  const timer = setTimeout(() => duckdb.interrupt(), limits.timeoutMs);
  try {
    await duckdb.run('BEGIN TRANSACTION READ ONLY');
    return await run(duckdb, sql, limits);
  } catch (error) {
    return explain(error instanceof Error ? error.message : String(error), limits);
  } finally {
    clearTimeout(timer);
    await duckdb.run('ROLLBACK').catch(() => undefined);
  }
}

async function run(duckdb: DuckDBConnection, sql: string, limits: ExecutionLimits): Promise<ExecutionResult> {
  const statements = await duckdb.extractStatements(sql);
  // A PIVOT without a list of values is two statements: a temporary type of the values found, then the query.
  for (let i = 0; i < statements.count; i++) {
    const statement = await statements.prepare(i);
    try {
      const isLast = i === statements.count - 1;
      if (statement.statementType !== (isLast ? StatementType.SELECT : StatementType.CREATE)) {
        return { kind: 'refused', message: 'Only a query is allowed.' };
      }
      if (isLast) return await readRows(await statement.stream(), limits);
      await statement.run();
    } finally {
      statement.destroySync();
    }
  }
  return { kind: 'invalid', message: 'There is no statement.' };
}

async function readRows(result: DuckDBResult, limits: ExecutionLimits): Promise<ExecutionResult> {
  const collector = new RowCollector(limits);
  const columns = result.columnNames();
  for (;;) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) break;
    if (!chunk.getRows().every((row) => collector.add(row.map(toSqlValue)))) break;
  }
  return { kind: 'rows', columns, rows: collector.rows, truncated: collector.truncated };
}

const invalid =
  /^(Failed to extract|Parser|Syntax|Binder|Catalog|Invalid type|Mismatch Type|Not implemented|Parameter Not) /i;

/** The verdict by the kind of error that DuckDB puts before its message. */
function explain(message: string, { timeoutMs }: ExecutionLimits): FailedExecution {
  if (/^INTERRUPT/i.test(message))
    return { kind: 'timeout', message: `The statement ran longer than ${timeoutMs} ms.` };
  if (/^(INTERNAL|FATAL)/i.test(message)) return { kind: 'crash', message };
  if (/^Permission/i.test(message)) return { kind: 'refused', message };
  if (/exists in the \S+ extension/.test(message)) return { kind: 'not-executable', message };
  return { kind: invalid.test(message) ? 'invalid' : 'runtime-error', message };
}
