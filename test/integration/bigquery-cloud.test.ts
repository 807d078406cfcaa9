import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DatabaseSession } from '../../core/database.js';
import { readCloudAddress } from '../../dialects/bigquery/cloud/address.js';
import { openDatabase } from '../../dialects/open-database.js';

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
