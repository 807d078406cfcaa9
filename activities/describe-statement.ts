import type { DialectManifest } from '../core/dialect.js';
import { guard } from '../core/sql/guard.js';
import { hardness } from '../core/sql/hardness.js';
import { keywordsOf } from '../core/sql/keywords.js';
import { skeleton } from '../core/sql/skeleton.js';
import type { Pair } from '../core/template.js';

/** What a pair says of its statement, where a model wrote another one than its template gives; nothing where it is no query. */
export function describeStatement(
  sql: string,
  manifest: DialectManifest,
): Partial<Pick<Pair, 'skeleton' | 'hardness' | 'keywords'>> {
  const guarded = guard(sql, manifest);
  if (guarded.outcome === 'refused') return {};
  const { query } = guarded;
  return { skeleton: skeleton(query, manifest), hardness: hardness(query), keywords: keywordsOf(query) };
}
