import { ParseError } from '../../core/sql/parse-error.js';
import type { ExecutionLimits, ExecutionOutcome, SqlValue } from '../../core/database.js';
import { RowCollector } from '../row-collector.js';
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
  const started = performance.now();
  const elapsed = (): number => performance.now() - started;
  try {
    const refused = refusal(sql);
    if (refused) return { kind: 'refused', message: refused, ms: elapsed() };
  } catch (error) {
    if (error instanceof ParseError) return { kind: 'invalid', message: error.message, ms: elapsed() };
    throw error;
  }

  const timeout = Math.max(1, Math.round(limits.timeoutMs));
  await connection.run(
    `BEGIN TRANSACTION READ ONLY; SET LOCAL statement_timeout = ${timeout}; SET LOCAL cursor_tuple_fraction = 1`,
  );
  // statement_timeout counts for each fetch anew; this counts for all of them.
  let cancelled = Promise.resolve();
  const cancel = setTimeout(() => (cancelled = connection.cancel().catch(() => undefined)), timeout);
  try {
    await connection.single(`DECLARE result NO SCROLL CURSOR FOR ${sql}`);
    return { ...(await fetchAll(connection, limits)), ms: elapsed() };
  } catch (error) {
    return { ...explain(error as ServerError, timeout), ms: elapsed() };
  } finally {
    clearTimeout(cancel);
    // A cancellation still on its way would strike the statement after this one.
    await cancelled;
    connection.reset();
  }
}

async function fetchAll(connection: ReaderConnection, limits: ExecutionLimits) {
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
  return { kind: 'rows', columns, rows: collector.rows, truncated: collector.truncated } as const;
}

type Failure = Pick<Exclude<ExecutionOutcome, { kind: 'rows' }>, 'kind' | 'message'>;

/** The verdict by SQLSTATE (PostgreSQL's manual, appendix A). */
function explain({ code, message }: ServerError, timeout: number): Failure {
  if (code === undefined) return { kind: 'crash', message };
  if (code === '57014') return { kind: 'timeout', message: `The statement ran longer than ${timeout} ms.` };
  const modifies = code === '0A000' && message.includes('data-modifying');
  if (modifies || code === '42501' || code === '25006') return { kind: 'refused', message };
  if (code.startsWith('42') || code === '0A000' || code === '34000') return { kind: 'invalid', message };
  // Errors of format in a literal are found before anything runs, but only data could tell them from others.
  return { kind: code.startsWith('57') ? 'crash' : 'runtime-error', message };
}
