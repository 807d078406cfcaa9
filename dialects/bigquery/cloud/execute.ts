import type { BigQuery, Job } from '@google-cloud/bigquery';
import type { ExecutionLimits, ExecutionOutcome, ExecutionResult, FailedExecution } from '../../../core/database.js';
import { executeGuarded } from '../../guard-outcome.js';
import { RowCollector } from '../../row-collector.js';
import { refusal } from '../guard.js';
import { statementTokens } from '../rewrite.js';
import type { CloudAddress } from './address.js';
import { get } from './client.js';
import { costOf } from './cost.js';
import { readCell, type Field } from './value.js';

interface Statistics {
  totalBytesProcessed?: string;
  query?: { statementType?: string; totalBytesBilled?: string; totalBytesProcessed?: string };
}

interface Page {
  jobComplete?: boolean;
  schema?: { fields?: Field[] };
  rows?: { f: { v: unknown }[] }[];
  pageToken?: string;
}

const PAGE_ROWS = 1000;
/** How long one request waits for the job, so that the deadline is heard. */
const POLL_MS = 500;

export interface CloudQuery {
  client: BigQuery;
  address: CloudAddress;
  /** US dollars a tebibyte billed; null where it is not known. */
  price: number | null;
}

/**
 * Runs one untrusted statement on BigQuery and says how it ended: first a dry run, which costs nothing and tells what kind of statement
 * it is and what it would read; then the query, which BigQuery itself ends at the limits of bytes and of time.
 */
export async function executeOnCloud(
  query: CloudQuery,
  sql: string,
  limits: ExecutionLimits,
): Promise<ExecutionOutcome> {
  return executeGuarded(sql, cloudRefusal, () => runWithin(query, sql, limits));
}

async function runWithin(query: CloudQuery, sql: string, limits: ExecutionLimits): Promise<ExecutionResult> {
  const run = new Run(query, limits);
  const timeout = `The statement ran longer than ${limits.timeoutMs} ms.`;
  const deadline = run.endAfter(limits.timeoutMs).then((): ExecutionResult => ({ kind: 'timeout', message: timeout }));
  const outcome = await Promise.race([run.execute(sql).catch(explain), deadline]);
  run.over();
  return outcome;
}

/** One statement's way through BigQuery, which can be ended at any point of it. */
class Run {
  private job: Job | null = null;
  private ended = false;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly query: CloudQuery,
    private readonly limits: ExecutionLimits,
  ) {}

  async execute(sql: string): Promise<ExecutionResult> {
    const refused = await dryRun(this.query, sql);
    if (refused !== null || this.ended) return refused ?? { kind: 'timeout', message: '' };
    const { timeoutMs } = this.limits;
    [this.job] = await this.query.client.createQueryJob({ ...optionsOf(this.query, sql), jobTimeoutMs: timeoutMs });
    if (this.ended) this.cancel();
    const { columns, collector } = await readPages(this.query, this.job, this.limits, () => this.ended);
    const cost = costOf(await bytesBilled(this.job), this.query.price);
    return { kind: 'rows', columns, rows: collector.rows, truncated: collector.truncated, cost };
  }

  /** Resolves when the time is over, and has BigQuery stop the job. */
  endAfter(ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.timer = setTimeout(() => {
        this.ended = true;
        this.cancel();
        resolve();
      }, ms);
    });
  }

  over(): void {
    clearTimeout(this.timer);
  }

  private cancel(): void {
    this.job?.cancel().catch(() => undefined);
  }
}

/** Why a statement is not even sent; null where it may be. EXTERNAL_QUERY would run a statement on another database. */
function cloudRefusal(sql: string): string | null {
  const isExternal = statementTokens(sql).some(({ value }) => value === 'EXTERNAL_QUERY');
  return refusal(sql) ?? (isExternal ? 'EXTERNAL_QUERY is not allowed.' : null);
}

async function dryRun(query: CloudQuery, sql: string): Promise<FailedExecution | null> {
  const job = await planned(query, sql);
  if (job === null) return null;
  const { totalBytesProcessed, query: plan } = (job.metadata as { statistics?: Statistics }).statistics ?? {};
  if (plan?.statementType !== undefined && plan.statementType !== 'SELECT') {
    return { kind: 'refused', message: `Only a query is allowed, and this is ${plan.statementType}.` };
  }
  const bytes = Number(totalBytesProcessed ?? plan?.totalBytesProcessed ?? 0);
  const most = query.address.maximumBytesBilled;
  if (bytes <= most) return null;
  return { kind: 'refused', message: `It would read ${bytes} bytes, more than the ${most} of maximumBytesBilled.` };
}

/** The dry run's job; null on an emulator that has none, for it bills nothing. */
async function planned(query: CloudQuery, sql: string): Promise<Job | null> {
  try {
    const [job] = await query.client.createQueryJob({ ...optionsOf(query, sql), dryRun: true });
    return job;
  } catch (error) {
    if (query.address.emulator !== null && /not (supported|implemented)/i.test(String(error))) return null;
    throw error;
  }
}

function optionsOf({ address }: CloudQuery, sql: string) {
  return {
    query: sql,
    useLegacySql: false,
    defaultDataset: { projectId: address.project, datasetId: address.dataset },
    maximumBytesBilled: String(address.maximumBytesBilled),
    ...(address.location === null ? {} : { location: address.location }),
  };
}

/** Waits for the job and reads its rows, page by page, up to the limits or the deadline. */
async function readPages(
  { client, address }: CloudQuery,
  job: Job,
  limits: ExecutionLimits,
  late: () => boolean,
): Promise<{ columns: string[]; collector: RowCollector }> {
  const collector = new RowCollector(limits);
  let columns: string[] = [];
  let pageToken: string | undefined;
  let complete = false;
  while (!late() && (!complete || pageToken !== undefined)) {
    const page: Page = await get<Page>(client, `/queries/${job.id!}`, {
      ...{ maxResults: Math.min(PAGE_ROWS, limits.maxRows + 1), timeoutMs: POLL_MS },
      'formatOptions.useInt64Timestamp': true,
      ...(pageToken === undefined ? {} : { pageToken }),
      ...locationOf(job, address),
    });
    complete = page.jobComplete !== false;
    const fields = page.schema?.fields ?? [];
    if (fields.length > 0) columns = fields.map(({ name }) => name);
    for (const { f } of page.rows ?? []) {
      if (!collector.add(fields.map((field, i) => readCell(field, f[i]!)))) return { columns, collector };
    }
    pageToken = page.pageToken;
  }
  return { columns, collector };
}

/** Where the job runs, without which BigQuery does not find it outside the US and the EU. */
function locationOf(job: Job, address: CloudAddress): { location?: string } {
  const location = job.location ?? address.location;
  return location ? { location } : {};
}

/** What was billed is known when the job is done. An answer from BigQuery's cache is billed nothing. */
async function bytesBilled(job: Job): Promise<number> {
  const [metadata] = (await job.getMetadata()) as unknown as [{ statistics?: Statistics }];
  return Number(metadata.statistics?.query?.totalBytesBilled ?? 0);
}

interface ApiError extends Error {
  code?: number;
  errors?: { reason?: string; message?: string }[];
}

/** The verdict by the reason that the API gives (https://cloud.google.com/bigquery/docs/error-messages). */
function explain(error: unknown): FailedExecution {
  const { message, errors = [], code } = error as ApiError;
  const reason = errors[0]?.reason;
  const said = errors[0]?.message ?? message;
  switch (reason) {
    case 'invalidQuery':
      // Both what the analyser and what the run complain of; only the latter is of values.
      return { kind: runtimeComplaint.test(said) ? 'runtime-error' : 'invalid', message: said };
    case 'notFound':
    case 'invalid':
      return { kind: 'invalid', message: said };
    case 'bytesBilledLimitExceeded':
    case 'accessDenied':
      return { kind: 'refused', message: said };
    case 'resourcesExceeded':
    case 'responseTooLarge':
      return { kind: 'runtime-error', message: said };
    default:
      return { kind: code === 400 ? 'invalid' : 'crash', message: said };
  }
}

const runtimeComplaint =
  /division by zero|out of (bounds|range)|overflow|Bad \w+ value|Could not cast|Failed to parse|more than one element|invalid date/i;
