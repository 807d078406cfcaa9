import type { DialectManifest } from '../dialect.js';
import { tryParse } from '../evaluate/read-sql.js';
import { featuresOf } from '../sql/features.js';
import type { Hardness } from '../template.js';

/** The breakdowns of an experiment, and which kind of each a question's gold statement is. */
export function questionKinds(
  { sql, hardness }: { sql: string; hardness: Hardness },
  dialect: DialectManifest,
): Record<string, string> {
  const query = tryParse(sql, dialect);
  if (!query) return { hardness };
  const { joins, nestingDepth } = featuresOf(query);
  return { hardness, joins: upTo(joins, 3), 'queries inside one another': upTo(nestingDepth, 3) };
}

const upTo = (count: number, most: number): string => (count >= most ? `${most} or more` : String(count));
