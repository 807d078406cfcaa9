import { writeFile } from 'node:fs/promises';
import { groupBy } from '../core/evaluate/group-by.js';
import type { DatabaseSchema } from '../core/database.js';
import { insertValues } from '../core/masked/insert-values.js';
import { openDatabase } from '../dialects/open-database.js';
import { findDatabase } from './find-database.js';
import { readGold, readPredictions } from './gold-files.js';

export interface ValuesRequest {
  gold: string;
  pred: string;
  /** Where given, the databases' sample values are recognised in the questions, too. */
  databases?: string;
  out: string;
}

/** Puts the questions' values back into masked predictions and writes them as `eval` reads them. It never looks at the gold statements. */
export async function writeWithValues({ gold, pred, databases, out }: ValuesRequest): Promise<{ predictions: number }> {
  const items = await readGold(gold, undefined);
  const predictions = await readPredictions(pred, items);
  const rows = items.map((item, at) => ({ item, masked: predictions[at]!.sql }));
  const written = new Map<string, string>();
  for (const group of groupBy(rows, ({ item }) => `${item.dialect} ${item.database}`).values()) {
    const schema = databases === undefined ? undefined : await introspect(databases, group[0]!.item);
    for (const { item, masked } of group)
      written.set(item.id, masked === '' ? '' : insertValues(masked, item.question, schema));
  }
  await writeFile(out, items.map(({ id }) => `${JSON.stringify({ id, sql: written.get(id) })}\n`).join(''));
  return { predictions: items.length };
}

async function introspect(
  databases: string,
  { database, dialect }: { database: string; dialect: string },
): Promise<DatabaseSchema> {
  const session = await openDatabase(findDatabase(databases, database, dialect));
  try {
    return await session.introspect();
  } finally {
    await session.close();
  }
}
