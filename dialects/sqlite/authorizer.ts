import type { CAPI } from '@sqlite.org/sqlite-wasm';

/** Functions that load code, reach files or tell of the engine's insides. */
const forbiddenFunctions = new Set([
  'load_extension',
  'readfile',
  'writefile',
  'edit',
  'fts3_tokenizer',
  'sqlite_dbpage',
]);
const forbiddenTables = new Set(['sqlite_dbpage', 'sqlite_stmt', 'bytecode', 'tables_used']);

/**
 * What a compiled statement may do: read tables, call functions, recurse. Everything else (writing, ATTACH, PRAGMA,
 * transactions, triggers, temporary objects) is denied when the statement is prepared, before any of it runs.
 */
export function allows(capi: CAPI, action: number, first: string, second: string): boolean {
  switch (action) {
    case capi.SQLITE_SELECT:
    case capi.SQLITE_RECURSIVE:
      return true;
    case capi.SQLITE_READ:
      return !forbiddenTables.has(first.toLowerCase());
    case capi.SQLITE_FUNCTION:
      return !forbiddenFunctions.has(second.toLowerCase());
    default:
      return false;
  }
}
