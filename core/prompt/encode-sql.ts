import type { DialectManifest } from '../dialect.js';
import type { Query } from '../sql/ast.js';
import { parse } from '../sql/parser.js';
import { print } from '../sql/printer.js';
import { rareConstructs } from '../sql/rare.js';
import { canonicalJoins } from './canonical-joins.js';
import { NotLinked } from './encode-literal.js';
import { QueryEncoder } from './encode-query.js';
import type { Links } from './links.js';
import { toIndexTokens } from './sentinels.js';

export type EncodedSql = { completion: string } | { missing: string };

/**
 * A statement as a completion of the linked prompt that `links` belong to: schema items and values as index tokens, tables
 * without aliases where none is needed, output names only where something refers to them, inner joins in the prompt's
 * order, everything in the canonical print. Null when the statement needs something that the prompt does not hold, or is
 * not read by the parser.
 */
export function encodeSql(sql: string, links: Links, dialect: DialectManifest): string | null {
  const encoded = explainEncoding(sql, links, dialect);
  return 'completion' in encoded ? encoded.completion : null;
}

/** The same, saying what is missing. */
export function explainEncoding(sql: string, links: Links, dialect: DialectManifest): EncodedSql {
  let query: Query;
  try {
    query = parse(sql, dialect);
  } catch (error) {
    return { missing: `a parse: ${error instanceof Error ? error.message : String(error)}` };
  }
  const [rare] = rareConstructs(query);
  if (rare !== undefined) return { missing: `a form for ${rare}` };
  try {
    const selects = new QueryEncoder(links).encode(query);
    for (const select of selects) canonicalJoins(select, query, links);
    const completion = toIndexTokens(print(query, dialect));
    return completion === null ? { missing: 'a free index token' } : { completion };
  } catch (error) {
    if (error instanceof NotLinked) return { missing: error.message };
    throw error;
  }
}
