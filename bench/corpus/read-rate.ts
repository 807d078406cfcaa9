import { ParseError } from '../../core/sql/parse-error.js';
import { parse } from '../../core/sql/parser.js';
import { print } from '../../core/sql/printer.js';
import type { Corpus, Statement } from './statements.js';

export interface ReadRate {
  statements: number;
  parsed: number;
  /** Printed, and read back to the same tree and the same text. */
  stable: number;
  /** What does not parse, by problem, most frequent first. */
  rejects: Record<string, { count: number; example: string }>;
  unstable: string[];
}

/** Reads statements, prints what was read, and reads that again. */
export function readRate(statements: readonly Statement[], dialect: Corpus['dialect']): ReadRate {
  const rate: ReadRate = { statements: statements.length, parsed: 0, stable: 0, rejects: {}, unstable: [] };
  for (const { sql } of statements) {
    try {
      const tree = parse(sql, dialect);
      rate.parsed += 1;
      const text = print(tree, dialect);
      const again = parse(text, dialect);
      if (JSON.stringify(again) === JSON.stringify(tree) && print(again, dialect) === text) rate.stable += 1;
      else rate.unstable.push(sql);
    } catch (error) {
      if (!(error instanceof ParseError)) throw error;
      const known = (rate.rejects[error.problem] ??= {
        count: 0,
        example: sql.slice(Math.max(0, error.position - 40)).slice(0, 80),
      });
      known.count += 1;
    }
  }
  const order = Object.entries(rate.rejects).sort(([, a], [, b]) => b.count - a.count);
  return { ...rate, rejects: Object.fromEntries(order) };
}
