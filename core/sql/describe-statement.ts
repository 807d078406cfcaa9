import type { DialectManifest } from '../dialect.js';
import type { Pair } from '../template.js';
import { guard } from './guard.js';
import { hardness } from './hardness.js';
import { keywordsOf } from './keywords.js';
import { skeleton } from './skeleton.js';

/** What a pair says of its statement, where no template says it; nothing where it is no query. */
export function describeStatement(
  sql: string,
  manifest: DialectManifest,
): Partial<Pick<Pair, 'skeleton' | 'hardness' | 'keywords'>> {
  const guarded = guard(sql, manifest);
  if (guarded.outcome === 'refused') return {};
  const { query } = guarded;
  return { skeleton: skeleton(query, manifest), hardness: hardness(query), keywords: keywordsOf(query) };
}
