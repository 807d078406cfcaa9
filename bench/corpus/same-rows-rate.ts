import { existsSync } from 'node:fs';
import { defaultLimits } from '../../core/database.js';
import { sameResult } from '../../core/metrics/execution-accuracy.js';
import type { SeedSchema } from '../../core/seeds/spider.js';
import { parse } from '../../core/sql/parser.js';
import { print } from '../../core/sql/printer.js';
import type { HostedDatabase } from '../../dialects/engine.js';
import { sqlite } from '../../dialects/sqlite/dialect.js';
import { createSqliteHost } from '../../dialects/sqlite/host.js';
import { refillStatement } from './refill-rate.js';
import { gold, publicData, type Statement } from './statements.js';

export interface SameRowsRate {
  /** Statements that ran, and those whose result is not empty. */
  ran: number;
  nonEmpty: number;
  /** Of those that ran: how many give the same rows printed, how many give a template, and how many of these the same rows refilled. */
  printed: number;
  abstracted: number;
  refilled: number;
  /** Printed or refilled statements that the time limit cut, so that nothing can be said of them. */
  timedOut: number;
  different: string[];
}

const folder = `${publicData}/spider/database_rebuilt`;
const file = (database: string) => `${folder}/${database}/${database}.sqlite`;

/** Spider's statements whose database is at hand. */
export function runnable(): Statement[] {
  const statements = gold('Spider train', `${publicData}/spider/train_gold.public.sql`)?.statements ?? [];
  return statements.filter(({ database }) => existsSync(file(database!)));
}

/** Runs statements as they are, printed, and refilled from their seed, on their own databases, and compares the rows. */
export async function sameRowsRate(
  schemas: ReadonlyMap<string, SeedSchema>,
  statements: readonly Statement[] = runnable(),
): Promise<SameRowsRate> {
  const host = await createSqliteHost();
  const rate: SameRowsRate = {
    ran: 0,
    nonEmpty: 0,
    printed: 0,
    abstracted: 0,
    refilled: 0,
    timedOut: 0,
    different: [],
  };
  let opened = '';
  let database: HostedDatabase | null = null;
  for (const statement of statements) {
    const { sql, database: name } = statement as Required<Statement>;
    if (database === null || opened !== name) {
      await database?.close();
      database = await host.open(name, { file: file(name) });
      opened = name;
    }
    const asked = database;
    const original = await asked.execute(sql, defaultLimits);
    if (original.kind !== 'rows') continue;
    rate.ran += 1;
    rate.nonEmpty += original.rows.length > 0 ? 1 : 0;
    const same = async (text: string) => {
      const result = await asked.execute(text, defaultLimits);
      if (result.kind === 'timeout') {
        rate.timedOut += 1;
        return 0;
      }
      const equal = result.kind === 'rows' && sameResult(original, result, { ordered: true });
      if (!equal) rate.different.push(`${sql}\n  ${text}`);
      return equal ? 1 : 0;
    };
    rate.printed += await same(print(parse(sql, sqlite), sqlite));
    const refilled = refillStatement(statement, schemas.get(name), sqlite);
    if ('refused' in refilled) continue;
    rate.abstracted += 1;
    rate.refilled += await same(refilled.sql);
  }
  await database?.close();
  return rate;
}
