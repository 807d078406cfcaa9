import type { ExecutionLimits, ExecutionOutcome, FailedExecution } from '../../core/database.js';
import { RowCollector } from '../row-collector.js';
import type { Connection } from './connection.js';

type Failure = FailedExecution['kind'];

/** Runs one untrusted statement and says how it ended. */
export function executeStatement(connection: Connection, sql: string, limits: ExecutionLimits): ExecutionOutcome {
  const started = performance.now();
  const elapsed = (): number => performance.now() - started;
  const failed = (kind: Failure, message: string): ExecutionOutcome => ({ kind, message, ms: elapsed() });
  const { capi, wasm } = connection.sqlite3;
  const message = (): string => capi.sqlite3_errmsg(connection.pointer);

  return connection.untrusted(limits.timeoutMs, () => {
    const scope = wasm.scopedAllocPush();
    let statement = 0;
    try {
      const [text, length] = wasm.scopedAllocCString(sql, true) as [number, number];
      const outStatement = wasm.scopedAllocPtr(1) as unknown as number;
      const outTail = wasm.scopedAllocPtr(1) as unknown as number;
      const prepared = capi.sqlite3_prepare_v3(connection.pointer, text, length + 1, 0, outStatement, outTail);
      statement = wasm.peekPtr(outStatement) as number;
      if (prepared !== capi.SQLITE_OK) {
        if (connection.denied) return failed('refused', `Only reading is allowed: ${message()}.`);
        return failed(prepared === capi.SQLITE_INTERRUPT ? 'timeout' : 'invalid', message());
      }
      if (!statement) return failed('invalid', 'There is no statement.');
      if (holdsMore(wasm.cstrToJs(wasm.peekPtr(outTail)) ?? ''))
        return failed('refused', 'Only a single statement is allowed.');
      if (capi.sqlite3_column_count(statement) === 0 || capi.sqlite3_stmt_isexplain(statement) !== 0) {
        return failed('refused', 'Only a query that returns rows is allowed.');
      }

      const columns = Array.from({ length: capi.sqlite3_column_count(statement) }, (_, i) =>
        capi.sqlite3_column_name(statement, i),
      );
      const collector = new RowCollector(limits);
      let code = capi.sqlite3_step(statement);
      for (; code === capi.SQLITE_ROW; code = capi.sqlite3_step(statement)) {
        if (!collector.add(connection.readRow(statement, columns.length))) break;
      }
      if (code !== capi.SQLITE_DONE && code !== capi.SQLITE_ROW) {
        // A table-valued pragma prepares its PRAGMA only when it is stepped.
        if (connection.denied) return failed('refused', `Only reading is allowed: ${message()}.`);
        return code === capi.SQLITE_INTERRUPT
          ? failed('timeout', `The statement ran longer than ${limits.timeoutMs} ms.`)
          : failed('runtime-error', message());
      }
      return { kind: 'rows', columns, rows: collector.rows, truncated: collector.truncated, ms: elapsed() };
    } finally {
      if (statement) capi.sqlite3_finalize(statement);
      wasm.scopedAllocPop(scope);
    }
  });
}

/** Whether text after the first statement is more than white space, comments and semicolons. */
function holdsMore(tail: string): boolean {
  return tail.replace(/--[^\n]*|\/\*[\s\S]*?(\*\/|$)/g, '').replace(/[\s;]/g, '') !== '';
}
