import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { defaultLimits } from '../../core/database.js';
import { sameResult } from '../../core/metrics/execution-accuracy.js';
import { parse } from '../../core/sql/parser.js';
import { print } from '../../core/sql/printer.js';
import type { HostedDatabase } from '../../dialects/engine.js';
import { sqlite } from '../../dialects/sqlite/dialect.js';
import { createSqliteHost } from '../../dialects/sqlite/host.js';

const spider = '../shared/data/spider';
const sample = 300;

/** Every n-th statement whose database is there, so that all kinds and many databases occur. */
function statements(): { sql: string; database: string }[] {
  const all = readFileSync(`${spider}/train_gold.public.sql`, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => ({ sql: line.split('\t')[0]!, database: line.split('\t')[1]!.trim() }))
    .filter(({ database }) => existsSync(file(database)));
  return all.filter((_, index) => index % Math.floor(all.length / sample) === 0).slice(0, sample);
}

const file = (database: string) => `${spider}/database_rebuilt/${database}/${database}.sqlite`;

describe('a printed statement', () => {
  it.skipIf(!existsSync(`${spider}/database_rebuilt`))(
    `gives the same rows as the original: ${sample} of Spider's`,
    async () => {
      const host = await createSqliteHost();
      let current = '';
      let database: HostedDatabase | null = null;
      let executed = 0;
      let nonEmpty = 0;
      for (const { sql, database: name } of statements()) {
        if (database === null || current !== name) {
          await database?.close();
          database = await host.open(name, { file: file(name) });
          current = name;
        }
        const original = await database.execute(sql, defaultLimits);
        const printed = await database.execute(print(parse(sql, sqlite), sqlite), defaultLimits);
        expect(printed.kind).toBe(original.kind);
        if (original.kind !== 'rows' || printed.kind !== 'rows') continue;
        executed += 1;
        nonEmpty += original.rows.length > 0 ? 1 : 0;
        if (!sameResult(original, printed, { ordered: true })) expect.fail(`other rows: ${sql}`);
      }
      await database?.close();
      expect(executed).toBeGreaterThan(0.98 * sample);
      expect(nonEmpty).toBeGreaterThan(0.9 * sample);
    },
    600_000,
  );
});
