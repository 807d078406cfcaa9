import sqlite3InitModule from '@sqlite.org/sqlite-wasm';

/** The bytes of a SQLite file that a script makes. */
export async function sqliteFile(script: string): Promise<Uint8Array> {
  const sqlite3 = await sqlite3InitModule();
  const database = new sqlite3.oo1.DB(':memory:', 'c');
  database.exec(script);
  const bytes = sqlite3.capi.sqlite3_js_db_export(database);
  database.close();
  return bytes;
}
