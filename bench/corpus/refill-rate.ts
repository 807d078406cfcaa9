import { abstractSeed } from '../../core/seeds/extract.js';
import { refill } from '../../core/seeds/refill.js';
import { SeedRefusal } from '../../core/seeds/refusal.js';
import type { SeedSchema } from '../../core/seeds/spider.js';
import { ParseError } from '../../core/sql/parse-error.js';
import { parse } from '../../core/sql/parser.js';
import { print } from '../../core/sql/printer.js';
import type { Corpus, Statement } from './statements.js';
import { schemaByUse } from './schema-by-use.js';

export interface RefillRate {
  statements: number;
  abstracted: number;
  /** Of those, how many give the same template again after their slots were filled with what they stood for. */
  same: number;
  /** Why a statement gives no template. */
  refused: Record<string, number>;
  different: string[];
}

/** A statement and what its seed gives back; null where it gives none, with the reason. */
export function refillStatement(
  { sql }: Statement,
  schema: SeedSchema | undefined,
  dialect: Corpus['dialect'],
): { sql: string; same: boolean } | { refused: string } {
  try {
    const known = schema ?? schemaByUse(sql, parse(sql, dialect));
    const { draft, originals } = abstractSeed(sql, known, dialect);
    const refilled = print(refill(draft.query, originals), dialect);
    const again = abstractSeed(refilled, known, dialect).draft;
    return { sql: refilled, same: JSON.stringify(again) === JSON.stringify(draft) };
  } catch (error) {
    if (error instanceof SeedRefusal) return { refused: error.reason };
    if (error instanceof ParseError) return { refused: 'parse-error' };
    throw error;
  }
}

/** Abstracts statements, fills the slots with what they stood for, and abstracts again. */
export function refillRate(
  statements: readonly Statement[],
  schemas: ReadonlyMap<string, SeedSchema> | null,
  dialect: Corpus['dialect'],
): RefillRate {
  const rate: RefillRate = { statements: statements.length, abstracted: 0, same: 0, refused: {}, different: [] };
  for (const statement of statements) {
    const schema = schemas === null ? undefined : schemas.get(statement.database!);
    const refilled = refillStatement(statement, schema, dialect);
    if ('refused' in refilled) {
      rate.refused[refilled.refused] = (rate.refused[refilled.refused] ?? 0) + 1;
      continue;
    }
    rate.abstracted += 1;
    if (refilled.same) rate.same += 1;
    else rate.different.push(statement.sql);
  }
  return rate;
}
