/**
 * How much of real SQL the grammar reads: Spider train and BIRD train, GoogleSQL's compliance tests, and the examples of every guide. Per
 * corpus: the statements, what was left out, how many parse, how many print and parse back to the same tree, and what does not parse by
 * problem. Then the seeds' abstraction: how many statements of Spider and BIRD give a template, and the same one after its slots were filled
 * with what they stood for; with `--run` also whether Spider's statements, printed and refilled, give the rows of the original.
 *
 *     npx tsx bench/corpus/parse-rate.ts [--rejects 5] [--run] [--json]
 */
import { existsSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readSchema, type SpiderSchema } from '../../core/seeds/spider.js';
import { readRate } from './read-rate.js';
import { refillRate } from './refill-rate.js';
import { sameRowsRate } from './same-rows-rate.js';
import { corpora, publicData } from './statements.js';

const { values: flags } = parseArgs({
  options: {
    rejects: { type: 'string', default: '5' },
    run: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});

const percent = (part: number, whole: number) => `${((100 * part) / Math.max(1, whole)).toFixed(2)} %`;
const tables = `${publicData}/spider/tables.public.json`;
const schemas = existsSync(tables)
  ? new Map((JSON.parse(readFileSync(tables, 'utf8')) as SpiderSchema[]).map((each) => [each.db_id, readSchema(each)]))
  : null;

const found = corpora().map((corpus) => {
  const own = corpus.statements.filter(({ beyond }) => beyond === undefined);
  const parts = corpus.statements.flatMap(({ beyond }) => beyond ?? []);
  const beyond = Object.fromEntries(
    [...new Set(parts)].map((part) => [part, parts.filter((each) => each === part).length]),
  );
  const all = corpus.statements.length === own.length ? null : readRate(corpus.statements, corpus.dialect);
  return { name: corpus.name, leftOut: corpus.leftOut, beyond, rate: readRate(own, corpus.dialect), all };
});
const refilled = corpora()
  .filter(({ name }) => name.endsWith('train'))
  .map((corpus) => ({
    name: corpus.name,
    ...refillRate(corpus.statements, corpus.name === 'Spider train' ? schemas : null, corpus.dialect),
  }));
const rows = flags.run && schemas !== null ? await sameRowsRate(schemas) : null;

if (flags.json) console.log(JSON.stringify({ corpora: found, refilled, rows }, null, 2));
else {
  for (const { name, leftOut, beyond, rate, all } of found) {
    console.log(`${name}: ${rate.parsed} of ${rate.statements} parse (${percent(rate.parsed, rate.statements)})`);
    console.log(`  print and parse back: ${rate.stable} (${percent(rate.stable, rate.parsed)})`);
    if (Object.keys(leftOut).length > 0) console.log(`  no query, left out: ${counts(leftOut)}`);
    if (all !== null) {
      console.log(`  beyond the dialect: ${counts(beyond)}`);
      console.log(`  with those: ${all.parsed} of ${all.statements} parse (${percent(all.parsed, all.statements)})`);
    }
    for (const [problem, { count, example }] of Object.entries(rate.rejects).slice(0, Number(flags.rejects)))
      console.log(`  ${count} x ${problem}: ${example.replace(/\s+/g, ' ')}`);
  }
  for (const { name, statements, abstracted, same, refused } of refilled) {
    console.log(`${name}: ${abstracted} of ${statements} give a template, ${same} of those the same one when refilled`);
    console.log(`  no template: ${counts(refused)}`);
  }
  if (rows !== null)
    console.log(`Spider train on SQLite: ${JSON.stringify({ ...rows, different: rows.different.length })}`);
}

function counts(record: Record<string, number>): string {
  return Object.entries(record)
    .sort(([, a], [, b]) => b - a)
    .map(([key, count]) => `${key} ${count}`)
    .join(', ');
}
