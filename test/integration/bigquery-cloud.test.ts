import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createDatabases } from '../../activities/databases.js';
import { BudgetExhaustedError } from '../../adapters/llm/errors.js';
import { openPostgres } from '../../adapters/postgres/database.js';
import { migrate } from '../../adapters/postgres/migrate.js';
import { findSpending } from '../../adapters/postgres/queries/paid-calls.js';
import type { DatabaseSession, ExecutionOutcome } from '../../core/database.js';
import { readCloudAddress } from '../../dialects/bigquery/cloud/address.js';
import { openDatabase } from '../../dialects/open-database.js';
import { loadConfig, requireStack } from '../../schema/config.js';

/** BigQuery's REST API as far as one query needs it: what a dry run says is in the statement, and so is how long the job takes. */
const cancelled: string[] = [];
const slow = new Set<string>();
let server: Server;
let session: DatabaseSession;

beforeAll(async () => {
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (part: Buffer) => (text += part.toString()));
    request.on('end', () => {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify(answer(request.url!, text)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  process.env.BIGQUERY_EMULATOR_HOST = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  session = await openDatabase({ name: 'shop', dialect: 'bigquery', url: 'bigquery://p/shop?maximumBytesBilled=1000' });
});
afterAll(async () => {
  delete process.env.BIGQUERY_EMULATOR_HOST;
  await session.close();
  server.close();
});

function answer(url: string, text: string): object {
  if (url.includes('/cancel')) cancelled.push(url);
  if (slow.has(/queries\/([^?]+)/.exec(url)?.[1] ?? '')) return { jobComplete: false };
  if (url.includes('/queries/')) {
    const fields = [
      { name: 'n', type: 'INTEGER' },
      { name: 'at', type: 'TIMESTAMP' },
      { name: 'tags', type: 'STRING', mode: 'REPEATED' },
    ];
    return { jobComplete: true, schema: { fields }, rows: [{ f: [{ v: '7' }, { v: '0' }, { v: [{ v: 'a' }] }] }] };
  }
  const { configuration, jobReference } = JSON.parse(text || '{}') as {
    configuration?: { query: { query: string } };
    jobReference?: { jobId: string };
  };
  const sql = configuration?.query.query ?? '';
  if (sql.includes('slow') && jobReference) slow.add(jobReference.jobId);
  const statistics = {
    totalBytesProcessed: sql.includes('big') ? '5000' : '10',
    query: { statementType: sql.includes('sneaky') ? 'DELETE' : 'SELECT', totalBytesBilled: '1048576' },
  };
  return { jobReference: { jobId: 'id', projectId: 'p', ...jobReference }, statistics, status: { state: 'DONE' } };
}

describe('a dataset of BigQuery by its address', () => {
  it('answers plain values, and what was billed', async () => {
    expect(await session.execute('SELECT n, at, tags FROM t')).toMatchObject({
      kind: 'rows',
      columns: ['n', 'at', 'tags'],
      rows: [[7, '1970-01-01 00:00:00+00', ['a']]],
      cost: { bytesBilled: 1048576, usd: null },
    });
  });

  it.each([
    ['DELETE FROM t WHERE true', 'Only a query'],
    ['SELECT 1; SELECT 2', 'single statement'],
    ["SELECT * FROM EXTERNAL_QUERY('c', 'DROP TABLE t')", 'EXTERNAL_QUERY'],
    ['SELECT * FROM sneaky', 'DELETE'],
    ['SELECT * FROM big', 'maximumBytesBilled'],
  ])('refuses %s', async (sql, why) => {
    expect(await session.execute(sql)).toMatchObject({ kind: 'refused', message: expect.stringContaining(why) });
  });

  it('has BigQuery cancel what outlives its limit', async () => {
    expect(await session.execute('SELECT * FROM slow', { timeoutMs: 400 })).toMatchObject({ kind: 'timeout' });
    await expect.poll(() => cancelled.length).toBe(1);
  });

  it('is refused with a remedy where the address is wrong', () => {
    for (const url of ['bigquery://p', 'bigquery://p/d?key=x', 'bigquery://p/d?maximumBytesBilled=-1']) {
      expect(() => readCloudAddress(url)).toThrow(expect.objectContaining({ name: 'InvalidInputError' }));
    }
  });
});

describe('a query that is billed', () => {
  it('goes into the ledger of its run, and none is begun when the budget is spent', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'dialectic-prices-'));
    const prices = join(folder, 'prices.json');
    writeFileSync(prices, JSON.stringify({ bigquery: { tebibyte: 2 ** 20 } }));
    vi.stubEnv('DIALECTIC_PRICES', prices);
    const db = openPostgres(requireStack(loadConfig()).postgres.url);
    await migrate(db);
    const databases = createDatabases({}, 1, db);
    try {
      const run = `lifecycle/billed-${randomUUID()}`;
      const provenance = { run, startedAt: new Date().toISOString(), fresh: false };
      const entry = { name: 'billed', url: 'bigquery://p/shop?maximumBytesBilled=1000', dialect: null };
      const pay = async (maxBudgetUsd: number): Promise<ExecutionOutcome> => {
        const paid = await databases.open(entry, 'bigquery', { provenance, stage: 'check', maxBudgetUsd });
        return paid.execute('SELECT n, at, tags FROM t');
      };
      expect(await pay(2)).toMatchObject({ kind: 'rows', cost: { usd: 1 } });
      expect(await pay(2)).toMatchObject({ kind: 'rows', cost: { usd: 1 } });
      await expect(pay(2)).rejects.toThrow(BudgetExhaustedError);
      expect(await findSpending(db, run)).toMatchObject([{ stage: 'check', model: 'bigquery', calls: 2, usd: 2 }]);
    } finally {
      vi.unstubAllEnvs();
      await databases.close();
      await db.close();
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
