const STATEMENT =
  /^(?:SELECT|WITH|INSERT\s+INTO|UPDATE|DELETE\s+FROM|REPLACE\s+INTO|CREATE|ALTER|DROP|VALUES|EXPLAIN|MERGE\s+INTO|TRUNCATE)\s+\S/i;
const REST = /;|\bFROM\b|\bVALUES\b|\bSET\b|\bTABLE\b|\bVIEW\b|\bINDEX\b|\(/i;
/** Brackets, bars and dots of a grammar: `[ IF NOT EXISTS ]`, `{ ASC | DESC }`, `[, ...]`. */
const GRAMMAR = /\[ ?,? ?\.\.\.|\{ \w+ \||\[ [A-Z]{2,}|, \.\.\.|\.\.\. \]/;

/**
 * Whether a block of code whose page does not say its language is SQL: it begins, after comments, like a statement, and is no description of
 * a statement's grammar. What the statement printed may follow it.
 */
export function looksLikeSql(code: string): boolean {
  const statement = code.replace(/^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)+/, '');
  return STATEMENT.test(statement) && REST.test(statement) && !GRAMMAR.test(statement);
}
