import type { Sample } from '../ast.js';
import type { Cursor } from './cursor.js';

const methods = new Set(['SYSTEM', 'BERNOULLI', 'RESERVOIR']);

/** TABLESAMPLE SYSTEM (10 PERCENT) REPEATABLE (1), from the word on. */
export function parseTableSample(cursor: Cursor): Sample {
  cursor.expect('TABLESAMPLE');
  return parseSample(cursor);
}

/** DuckDB's USING SAMPLE 10%, 5 ROWS, RESERVOIR (20 ROWS) REPEATABLE (1). */
export function parseUsingSample(cursor: Cursor): Sample {
  cursor.expect('USING', 'SAMPLE');
  return parseSample(cursor);
}

function parseSample(cursor: Cursor): Sample {
  const named = cursor.isSymbol('(', 1) && cursor.peek().kind === 'word';
  const before = named ? cursor.next().value : null;
  const amount = () => {
    // A percent sign here is no operator.
    const size = cursor.expression(cursor.levels.primary);
    if (cursor.acceptSymbol('%') || cursor.accept('PERCENT')) return { size, unit: 'PERCENT' as const };
    return { size, unit: cursor.accept('ROWS') ? ('ROWS' as const) : null };
  };
  const { size, unit } = cursor.isSymbol('(') ? cursor.parenthesised(amount) : amount();
  const seeded = before === null && cursor.isSymbol('(') ? parseMethod(cursor) : null;
  const repeatable = cursor.accept('REPEATABLE') ? cursor.parenthesised(() => cursor.expression()) : null;
  return { method: before ?? seeded?.method ?? null, size, unit, repeatable: repeatable ?? seeded?.seed ?? null };
}

// DuckDB also puts the method behind: USING SAMPLE 10 PERCENT (BERNOULLI, 42).
function parseMethod(cursor: Cursor): { method: string; seed: Sample['repeatable'] } {
  return cursor.parenthesised(() => {
    if (!cursor.isOneOf(methods)) cursor.fail('expected a sampling method');
    const method = cursor.next().value;
    return { method, seed: cursor.acceptSymbol(',') ? cursor.expression() : null };
  });
}
