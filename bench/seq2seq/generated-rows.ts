import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { promptRow } from '../../core/prompt/prompt-form.js';
import { dialects } from '../../dialects/registry.js';
import { checkAll, makePairs, openSamples } from '../corpus/make-pairs.js';
import type { MaskedRow } from './rows.js';

/** SQLite pairs of the offline teacher that pass every check, as rows; made once and kept in a file. */
export async function generatedRows(file: string): Promise<MaskedRow[]> {
  if (existsSync(file)) return JSON.parse(await readFile(file, 'utf8')) as MaskedRow[];
  const flags = {
    ...{ dialect: 'sqlite', templates: '1500', pairs: '4000', seed: '1' },
    databases: 'retail,hospital,university,airline',
  };
  const open = await openSamples(flags);
  try {
    const { pairs } = await makePairs(flags, open);
    const verdicts = await checkAll(flags.dialect, pairs, open);
    const dialect = dialects[flags.dialect]!.manifest;
    const rows = pairs.flatMap(({ id, database, question, sql }, at): MaskedRow[] => {
      const schema = open.schemas.find(({ name }) => name === database)!;
      const row = promptRow('masked', { question, sql, schema, dialect });
      if (!verdicts[at]!.accepted || !row) return [];
      return [{ id: `generated-${id}`, database, ...row }];
    });
    await writeFile(file, JSON.stringify(rows));
    return rows;
  } finally {
    await open.close();
  }
}
