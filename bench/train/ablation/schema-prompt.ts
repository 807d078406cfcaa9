/**
 * What keys, sample values and schema linking in the plain prompt are worth: one expert for each arm, the same pairs, recipe
 * and seed, and the share of held-out questions that each answers exactly. Hours on a CPU.
 *
 *     npx tsx bench/train/ablation/schema-prompt.ts --pairs pairs.jsonl --schemas schemas.json --recipe examples/recipes/smollm2-135m-lora.yaml --out ablation
 *
 * pairs.jsonl and schemas.json are a dataset's own: pairs with `question`, `sql`, `database`, `split`, and the databases'
 * schemas by name. Prints an arm a line: rows, longest prompt, validation loss, exact match.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runTrain } from '../../../cli/run-train.js';
import type { DatabaseSchema } from '../../../core/database.js';
import { buildPlainPrompt, type PlainPromptOptions } from '../../../core/prompt/plain-prompt.js';
import { dialects } from '../../../dialects/registry.js';

interface PairRow {
  question: string;
  sql: string;
  database: string;
  split: 'train' | 'validation';
}

const { values } = parseArgs({
  options: {
    pairs: { type: 'string' },
    schemas: { type: 'string' },
    recipe: { type: 'string' },
    out: { type: 'string', default: 'ablation' },
    dialect: { type: 'string', default: 'sqlite' },
  },
});
const dialect = dialects[values.dialect]!.manifest;
const pairs = (await readFile(values.pairs!, 'utf8'))
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as PairRow);
const schemas = JSON.parse(await readFile(values.schemas!, 'utf8')) as Record<string, DatabaseSchema>;

const withoutKeys = (schema: DatabaseSchema): DatabaseSchema => ({
  ...schema,
  foreignKeys: [],
  tables: schema.tables.map((table) => ({
    ...table,
    columns: table.columns.map((column) => ({ ...column, primaryKey: false })),
  })),
});

const arms: Record<string, { options: PlainPromptOptions; change?: (schema: DatabaseSchema) => DatabaseSchema }> = {
  'names and types': { options: { budget: Infinity, samples: 0 }, change: withoutKeys },
  'and keys': { options: { budget: Infinity, samples: 0 } },
  'and sample values': { options: { budget: Infinity } },
  'linked to 3000 characters': { options: { budget: 3_000 } },
  'linked to 1500 characters': { options: { budget: 1_500 } },
};

for (const [arm, { options, change = (schema: DatabaseSchema) => schema }] of Object.entries(arms)) {
  const folder = join(values.out, arm.replaceAll(' ', '-'));
  await mkdir(folder, { recursive: true });
  let longest = 0;
  for (const split of ['train', 'validation'] as const) {
    const rows = pairs
      .filter((pair) => pair.split === split)
      .map(({ question, sql, database }) => {
        const prompt = buildPlainPrompt({ question, schema: change(schemas[database]!), dialect }, options);
        longest = Math.max(longest, prompt.length);
        return `${JSON.stringify({ prompt, completion: sql })}\n`;
      });
    await writeFile(join(folder, `${split}.jsonl`), rows.join(''));
  }
  const files = { train: join(folder, 'train.jsonl'), validation: join(folder, 'validation.jsonl') };
  const trained = await runTrain({ recipe: values.recipe!, ...files, out: folder }, () => undefined);
  const exact = trained.exactMatch === null ? 'unknown' : `${(trained.exactMatch * 100).toFixed(1)} %`;
  console.log(
    `${arm}: prompts of ${longest} characters at most, validation loss ${trained.validationLoss}, exact ${exact}`,
  );
}
