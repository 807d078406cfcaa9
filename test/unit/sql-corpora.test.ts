import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { DialectManifest } from '../../core/dialect.js';
import { parse } from '../../core/sql/parser.js';
import { print } from '../../core/sql/printer.js';
import { bigquery } from '../../dialects/bigquery/dialect.js';
import { postgres } from '../../dialects/postgres/dialect.js';
import { sqlite } from '../../dialects/sqlite/dialect.js';

const data = '../shared/data';

/** Parses all; every statement that parses must print to a text that gives the same tree and the same text again. */
function rate(statements: string[], dialect: DialectManifest): { parsed: number; unstable: string[] } {
  let parsed = 0;
  const unstable: string[] = [];
  for (const sql of statements) {
    let tree;
    try {
      tree = parse(sql, dialect);
    } catch {
      continue;
    }
    parsed += 1;
    const text = print(tree, dialect);
    const again = parse(text, dialect);
    if (JSON.stringify(again) !== JSON.stringify(tree) || print(again, dialect) !== text) unstable.push(sql);
  }
  return { parsed: parsed / statements.length, unstable };
}

const goldLines = (path: string) =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => line.split('\t')[0]!);

describe('real statements', () => {
  const corpora: [string, string][] = [
    ['Spider train', `${data}/spider/train_gold.public.sql`],
    ['BIRD train', `${data}/bird_mini_dev/bird_train_gold.sql`],
  ];
  for (const [name, path] of corpora) {
    it.skipIf(!existsSync(path))(`${name}: at least 99.9 % parse, all of them print and parse back`, () => {
      const { parsed, unstable } = rate(goldLines(path), sqlite);
      expect(unstable).toEqual([]);
      expect(parsed).toBeGreaterThan(0.999);
    });
  }

  const compliance = `${data}/googlesql_compliance`;
  it.skipIf(!existsSync(compliance))(
    "GoogleSQL's compliance tests: 72 % of the queries parse (the rest is not BigQuery's), all of them print and parse back",
    () => {
      const queries = readdirSync(compliance)
        .filter((file) => file.endsWith('.test'))
        .flatMap((file) => readFileSync(`${compliance}/${file}`, 'utf8').split(/^==\s*$/m))
        .map((test) =>
          test
            .split(/^--\s*$/m)[0]!
            .replace(/^\s*(\[[^\]]*\]\s*|#.*\n)+/, '')
            .trim(),
        )
        .filter((sql) => /^\(*\s*(SELECT|WITH)\b/i.test(sql));
      const { parsed, unstable } = rate(queries, bigquery);
      expect(queries.length).toBeGreaterThan(10_000);
      expect(unstable).toEqual([]);
      expect(parsed).toBeGreaterThan(0.72);
    },
  );

  for (const dialect of [sqlite, postgres, bigquery]) {
    it(`the examples of the ${dialect.title} guides print and parse back`, () => {
      const folder = `dialects/${dialect.name}/guides`;
      const examples = readdirSync(folder).flatMap((file) =>
        [...readFileSync(`${folder}/${file}`, 'utf8').matchAll(/```sql\n([\s\S]*?)```/g)].map((match) => match[1]!),
      );
      const { parsed, unstable } = rate(examples, dialect);
      expect(unstable).toEqual([]);
      expect(parsed).toBeGreaterThan(0.9);
    });
  }
});
