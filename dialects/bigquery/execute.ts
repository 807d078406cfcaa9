import type { ExecutionLimits, ExecutionOutcome, ExecutionResult, FailedExecution } from '../../core/database.js';
import { ParseError } from '../../core/sql/parse-error.js';
import { guardOutcome } from '../guard-outcome.js';
import { RowCollector } from '../row-collector.js';
import type { CatalogColumn } from './googlesql/catalog.js';
import { GoogleSqlError, type GoogleSqlService } from './googlesql/service.js';
import { decodeValue, hasNullElement, type ValueProto } from './googlesql/value.js';
import { refusal } from './guard.js';
import { hoistSubqueries } from './hoist-subqueries.js';
import { dropQualifiers, exactCounts, statementTokens } from './rewrite.js';
import { isNotImplemented } from './unverifiable.js';

interface Database {
  service: GoogleSqlService;
  /** Number of the registered catalogue. */
  catalog: string;
  tables: string[];
}

interface QueryResponse {
  prepared: { columns?: CatalogColumn[] };
  content?: { table_data?: { row?: { cell?: ValueProto[] }[] } };
}

/**
 * Runs one untrusted statement and says how it ended. The engine itself takes nothing but a query, has no network and sees
 * no file but the time zones; its time is limited from outside, by the end of this process.
 */
export function executeStatement(database: Database, sql: string, limits: ExecutionLimits): ExecutionOutcome {
  const started = performance.now();
  return { ...run(database, sql, limits), ms: performance.now() - started };
}

function run(database: Database, sql: string, limits: ExecutionLimits): ExecutionResult {
  try {
    return guardOutcome(sql, refusal) ?? readResult(evaluate(database, dropQualifiers(sql, database.tables)), limits);
  } catch (error) {
    return explain(error, sql);
  }
}

function evaluate({ service, catalog }: Database, sql: string): QueryResponse {
  const call = (text: string) =>
    service.call(
      'EvaluateQuery',
      'zetasql.local_service.EvaluateQueryRequest',
      { sql: text, options: service.options, registered_catalog_id: catalog },
      'zetasql.local_service.EvaluateQueryResponse',
    ) as unknown as QueryResponse;
  const hoisted = hoistSubqueries(sql);
  if (hoisted !== null) {
    try {
      return call(hoisted);
    } catch (error) {
      // What is wrong is said of the statement as it was written.
      if (!(error instanceof GoogleSqlError)) throw error;
    }
  }
  try {
    return call(sql);
  } catch (error) {
    if (error instanceof GoogleSqlError && /approx_count_distinct/i.test(error.message)) return call(exactCounts(sql));
    throw error;
  }
}

function readResult({ prepared, content }: QueryResponse, limits: ExecutionLimits): ExecutionResult {
  const types = prepared.columns ?? [];
  const columns = types.map(({ name }, i) => (name && !name.startsWith('$') ? name : `f${i}_`));
  const twice = columns.find((name, i) => columns.findIndex((other) => other.toLowerCase() === name.toLowerCase()) < i);
  if (twice) return { kind: 'invalid', message: `Duplicate column names in the result are not supported: ${twice}` };
  const collector = new RowCollector(limits);
  for (const { cell } of content?.table_data?.row ?? []) {
    const row = types.map(({ type }, i) => decodeValue(type, cell?.[i]));
    const withNull = types.findIndex(({ type }, i) => hasNullElement(type, row[i] ?? null));
    if (withNull >= 0) {
      const message = `Array cannot have a null element; error in writing field ${columns[withNull]}`;
      return { kind: 'runtime-error', message };
    }
    if (!collector.add(row)) break;
  }
  return { kind: 'rows', columns, rows: collector.rows, truncated: collector.truncated };
}

/** The verdict by the service's status code. */
function explain(error: unknown, sql: string): FailedExecution {
  if (error instanceof ParseError) return { kind: 'invalid', message: error.message };
  if (!(error instanceof GoogleSqlError)) return { kind: 'crash', message: `The engine stopped: ${String(error)}` };
  const { message } = error;
  switch (error.code) {
    case 3:
    case 5:
      return { kind: namesUnknown(sql) ? 'not-executable' : 'invalid', message };
    case 12:
      return { kind: 'not-executable', message };
    default:
      return { kind: 'runtime-error', message };
  }
}

/** Whether a statement uses what BigQuery has and this engine does not know, so that its complaint says nothing. */
function namesUnknown(sql: string): boolean {
  return statementTokens(sql).some(
    ({ kind, value }, i, tokens) =>
      kind === 'word' &&
      (isNotImplemented(value) || isNotImplemented(`${tokens[i - 2]?.value}${tokens[i - 1]?.text}${value}`)),
  );
}
