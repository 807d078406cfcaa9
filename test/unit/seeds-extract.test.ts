import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { InvalidInputError } from '../../core/errors.js';
import { extractSeeds } from '../../core/seeds/extract.js';
import { loadSeeds } from '../../core/seeds/load.js';
import { formatSeedFile, writeSeedFile } from '../../core/seeds/seed-file.js';
import type { SpiderSchema } from '../../core/seeds/spider.js';
import { parse } from '../../core/sql/parser.js';
import { print } from '../../core/sql/printer.js';
import { bigquery } from '../../dialects/bigquery/dialect.js';
import { duckdb } from '../../dialects/duckdb/dialect.js';
import { mariadb } from '../../dialects/mariadb/dialect.js';
import { postgres } from '../../dialects/postgres/dialect.js';
import { sqlite } from '../../dialects/sqlite/dialect.js';

const concerts: SpiderSchema = {
  db_id: 'concerts',
  table_names_original: ['singer', 'concert'],
  column_names_original: [
    [-1, '*'],
    [0, 'Singer_ID'],
    [0, 'Name'],
    [0, 'Country'],
    [0, 'Age'],
    [1, 'Concert_ID'],
    [1, 'Singer_ID'],
    [1, 'Year'],
    [1, 'Held_On'],
  ],
  column_types: ['text', 'number', 'text', 'text', 'text', 'number', 'number', 'number', 'time'],
  primary_keys: [1, 5],
  foreign_keys: [[6, 1]],
};

const extract = (query: string, target = sqlite) =>
  extractSeeds([{ query, db_id: 'concerts' }], [concerts], { source: sqlite, target });
const seed = (query: string, target = sqlite) => extract(query, target).templates[0]!;
const slots = (query: string) =>
  seed(query).columns.map(({ id, table, type, role, path }) => [id, table, type, role, path].filter(Boolean).join(' '));

describe('seed extraction', () => {
  it('puts the same slot for the same column, whatever it is called', () => {
    const template = seed(
      'SELECT T1.name, count(*) FROM singer AS T1 JOIN concert AS T2 ON t1.singer_id = T2.Singer_ID WHERE T2.year > 2014 AND T1.NAME != "x" GROUP BY T1.name',
    );
    expect(template.sql).toBe(
      'SELECT t1.{C1}, COUNT(*) FROM {T1} AS t1 JOIN {T2} AS t2 ON t1.{C2} = t2.{C3} WHERE t2.{C4} > {V1} AND t1.{C1} <> {V2} GROUP BY t1.{C1}',
    );
    expect(template.joins).toEqual([{ left: 'C2', right: 'C3' }]);
    expect(template.values).toEqual([
      { id: 'V1', column: 'C4', use: 'threshold' },
      { id: 'V2', column: 'C1', use: 'existing' },
    ]);
    expect(template).toMatchObject({ origin: 'seed', count: 1, hardness: 'hard', dialect: 'sqlite' });
  });

  it('types columns by what the statement does with them', () => {
    expect(slots('SELECT AVG(age), country FROM singer GROUP BY country')).toEqual([
      'C1 T1 number measure',
      'C2 T1 other category',
    ]);
    expect(slots("SELECT name FROM singer WHERE name LIKE '%a%'")).toEqual(['C1 T1 text label']);
    expect(slots("SELECT singer_id FROM concert WHERE held_on > '2014-01-01'")).toEqual([
      'C1 T1 other key foreign',
      'C2 T1 date time',
    ]);
  });

  it('knows how each value is to be made', () => {
    const use = (query: string) =>
      seed(query).values.map((value) => [value.column ?? '-', value.use, value.form ?? ''].join(' ').trim());
    expect(use("SELECT name FROM singer WHERE name LIKE 'a%'")).toEqual(['C1 prefix {}%']);
    expect(use('SELECT country FROM singer GROUP BY country HAVING count(*) > 2')).toEqual(['- count']);
    expect(use('SELECT name FROM singer ORDER BY age LIMIT 3')).toEqual(['- limit']);
    expect(use('SELECT name FROM singer ORDER BY age LIMIT 1')).toEqual([]);
    expect(use('SELECT name FROM singer WHERE age BETWEEN 20 AND 30 OR country IN ("a", "b")')).toEqual([
      'C2 threshold',
      'C2 threshold',
      'C3 existing',
      'C3 existing',
    ]);
  });

  it('follows a subquery that reaches out, and gives every table its own alias', () => {
    expect(
      seed(
        'SELECT name FROM singer WHERE NOT EXISTS (SELECT * FROM concert WHERE concert.singer_id = singer.singer_id)',
      ).sql,
    ).toBe('SELECT t1.{C1} FROM {T1} AS t1 WHERE NOT EXISTS (SELECT * FROM {T2} AS t2 WHERE t2.{C2} = t1.{C3})');
    expect(seed('SELECT name FROM singer WHERE singer_id NOT IN (SELECT singer_id FROM concert)')).toMatchObject({
      sql: 'SELECT {C1} FROM {T1} WHERE {C2} NOT IN (SELECT {C3} FROM {T2})',
      joins: [{ left: 'C2', right: 'C3' }],
    });
  });

  it('counts equal templates together', () => {
    const { templates, report } = extractSeeds(
      [
        'SELECT name FROM singer',
        'SELECT Country FROM singer',
        'SELECT age FROM singer',
        'SELECT nothing FROM singer',
        'SELEC',
        'SELECT a FROM (SELECT name AS a FROM singer)',
      ].map((query) => ({ query, db_id: 'concerts' })),
      [concerts],
      { source: sqlite },
    );
    expect(templates.map(({ sql, count }) => [sql, count])).toEqual([['SELECT {C1} FROM {T1}', 3]]);
    expect(report).toEqual({
      rows: 6,
      extracted: 3,
      templates: 1,
      skeletons: 1,
      failed: { 'unknown-column': 1, 'parse-error': 1, 'subquery-in-from': 1 },
    });
    expect(extractSeeds([{ query: 'SELECT 1', db_id: 'x' }], [], { source: sqlite }).report.failed).toEqual({
      'unknown-database': 1,
    });
  });
});

describe('transpiling a seed', () => {
  it('groups by what is put out, unless a primary key determines it', () => {
    const byKey = 'SELECT name, count(*) FROM singer GROUP BY singer_id';
    expect(seed(byKey, postgres).sql).toBe('SELECT {C1}, COUNT(*) FROM {T1} GROUP BY {C2}');
    expect(seed(byKey, bigquery).sql).toBe('SELECT {C1}, COUNT(*) FROM {T1} GROUP BY {C2}, {C1}');
    expect(seed('SELECT name, count(*) FROM singer GROUP BY country', postgres).sql).toBe(
      'SELECT {C1}, COUNT(*) FROM {T1} GROUP BY {C2}, {C1}',
    );
  });

  it('puts no column out twice', () => {
    expect(seed('SELECT name, age, name FROM singer').sql).toBe('SELECT {C1}, {C2} FROM {T1}');
  });

  it("keeps that SQLite's LIKE has no case", () => {
    const like = "SELECT name FROM singer WHERE name LIKE '%a%'";
    expect(seed(like, duckdb).sql).toBe('SELECT {C1} FROM {T1} WHERE {C1} ILIKE {V1}');
    expect(seed(like, mariadb).sql).toBe('SELECT {C1} FROM {T1} WHERE {C1} LIKE {V1}');
    expect(seed(like, postgres).sql).toBe('SELECT {C1} FROM {T1} WHERE {C1} ILIKE {V1}');
    expect(seed(like, bigquery)).toMatchObject({
      sql: 'SELECT {C1} FROM {T1} WHERE LOWER({C1}) LIKE {V1}',
      values: [{ form: '%{lower}%' }],
    });
  });

  it("writes BigQuery's DISTINCT", () => {
    expect(seed('SELECT name FROM singer INTERSECT SELECT country FROM singer', bigquery).sql).toBe(
      'SELECT {C1} FROM {T1} INTERSECT DISTINCT SELECT {C2} FROM {T1}',
    );
  });

  it.each([
    ['IFNULL(age, 0)', 'COALESCE({C1}, 0)', 'COALESCE({C1}, 0)', 'COALESCE({C1}, 0)', 'COALESCE({C1}, 0)'],
    ["IIF(age > 3, 'a', 'b')", ...Array.from({ length: 4 }, () => "CASE WHEN {C1} > {V1} THEN 'a' ELSE 'b' END")],
    ["INSTR(name, 'a')", ...Array.from({ length: 3 }, () => "STRPOS({C1}, 'a')"), "INSTR({C1}, 'a')"],
    ['ROUND(AVG(age), 1)', 'ROUND(AVG({C1})::NUMERIC, 1)', ...Array.from({ length: 3 }, () => 'ROUND(AVG({C1}), 1)')],
    [
      "GROUP_CONCAT(name, ';')",
      "STRING_AGG(CAST({C1} AS TEXT), ';')",
      "STRING_AGG(CAST({C1} AS STRING), ';')",
      "STRING_AGG(CAST({C1} AS VARCHAR), ';')",
      "GROUP_CONCAT({C1} SEPARATOR ';')",
    ],
    [
      'CAST(age AS REAL) || name',
      'CAST({C1} AS DOUBLE PRECISION) || {C2}',
      'CAST({C1} AS FLOAT64) || {C2}',
      'CAST({C1} AS DOUBLE) || {C2}',
      'CONCAT(CAST({C1} AS DOUBLE), {C2})',
    ],
  ])('puts %s in the words of each dialect', (expression, ...expected) => {
    const targets = [postgres, bigquery, duckdb, mariadb];
    const sql = (target: typeof sqlite) => seed(`SELECT ${expression} FROM singer`, target).sql;
    expect(targets.map(sql)).toEqual(expected.map((text) => `SELECT ${text} FROM {T1}`));
  });

  it('formats dates as each dialect does', () => {
    const query = "SELECT STRFTIME('%Y-%m %M', held_on) FROM concert WHERE held_on IS '2014-01-01'";
    expect([postgres, bigquery, duckdb, mariadb].map((target) => seed(query, target).sql)).toEqual([
      "SELECT TO_CHAR({C1}, 'YYYY-MM MI') FROM {T1} WHERE {C1} IS NOT DISTINCT FROM '2014-01-01'",
      "SELECT FORMAT_DATE('%Y-%m %M', DATE({C1})) FROM {T1} WHERE {C1} IS NOT DISTINCT FROM '2014-01-01'",
      "SELECT STRFTIME({C1}, '%Y-%m %M') FROM {T1} WHERE {C1} IS NOT DISTINCT FROM '2014-01-01'",
      "SELECT DATE_FORMAT({C1}, '%Y-%m %i') FROM {T1} WHERE {C1} <=> '2014-01-01'",
    ]);
  });

  it('says of every loss why, how often, and shows one', () => {
    const queries = [
      'SELECT UNICODE(name) FROM singer',
      'SELECT HEX(name) FROM singer',
      "SELECT name FROM singer WHERE name GLOB 'a*'",
    ];
    const { losses } = extractSeeds(
      queries.map((query) => ({ query, db_id: 'concerts' })),
      [concerts],
      { source: sqlite, target: postgres },
    );
    expect(losses).toEqual({
      'untranslated-function': { count: 2, example: queries[0] },
      'unsupported-pattern': { count: 1, example: queries[2] },
    });
  });

  it.each([
    ['untranslated-function', 'SELECT JULIANDAY(held_on) FROM concert', bigquery],
    ['untranslated-type', 'SELECT CAST(name AS BLOB) FROM singer', postgres],
    ['untranslated-operator', "SELECT name ->> '$.a' FROM singer", mariadb],
    ['full-join', 'SELECT name FROM singer FULL JOIN concert ON singer.singer_id = concert.singer_id', mariadb],
    ['nulls-order', 'SELECT name FROM singer ORDER BY age NULLS LAST', mariadb],
    ['ungrouped-output', 'SELECT name, max(age) FROM singer', sqlite],
    ['grouped-star', 'SELECT *, count(*) FROM singer GROUP BY country', postgres],
    ['order-beside-distinct', 'SELECT DISTINCT name FROM singer ORDER BY country', postgres],
    ['order-of-set-operation', 'SELECT name FROM singer UNION SELECT country FROM singer ORDER BY name', bigquery],
    ['conflicting-types', "SELECT avg(age) FROM singer WHERE age LIKE '%1%'", sqlite],
    ['join-without-condition', 'SELECT name FROM singer JOIN concert', sqlite],
    [
      'join-without-condition',
      'SELECT T1.name FROM singer AS T1 JOIN concert AS T2 ON T2.singer_id = T2.singer_id',
      sqlite,
    ],
  ])('refuses %s', (reason, query, target) => {
    expect(extract(query, target).report.failed).toEqual({ [reason]: 1 });
  });
});

describe('the built-in seeds', () => {
  const text = readFileSync('core/templates/seeds.json', 'utf8');
  const file: unknown = JSON.parse(text);

  it('are small, attributed, and hold no names', () => {
    expect(text.length).toBeLessThan(1_000_000);
    expect(file).toMatchObject({
      version: 1,
      attribution: { licence: 'CC BY-SA 4.0', url: 'https://yale-lily.github.io/spider' },
    });
    for (const { sql } of (file as { seeds: { sql: string }[] }).seeds) {
      const names = sql.replace(/'[^']*'|\{[TCV]\d+\}/g, ' ').match(/\b[a-z]\w*/g) ?? [];
      expect(names.filter((name) => !/^t\d+$/.test(name))).toEqual([]);
      expect(sql).not.toContain("'");
    }
  });

  it.each([sqlite, postgres, bigquery, duckdb, mariadb])('load for $title', (target) => {
    const { templates, report } = loadSeeds(file, { source: sqlite, target });
    const lost = Object.values(report.lost).reduce((sum, count) => sum + count, 0);
    expect(templates.length + lost).toBe(report.seeds);
    expect(report.skeletons).toBeGreaterThan(900);
    for (const template of templates.slice(0, 300)) {
      expect(print(parse(template.sql, target), target, { template: true })).toBe(template.sql);
      expect(template.columns.map((slot) => slot.id)).toEqual(template.columns.map((_, index) => `C${index + 1}`));
    }
  });

  it('survive writing and loading', () => {
    const { templates, report } = extract('SELECT name FROM singer WHERE age > 3 ORDER BY age LIMIT 5');
    const written = formatSeedFile(writeSeedFile(templates, report));
    expect(loadSeeds(JSON.parse(written), { source: sqlite }).templates).toEqual(templates);
    expect(() => loadSeeds({ version: 2 }, { source: sqlite })).toThrow(InvalidInputError);
  });

  const spider = '../shared/data/spider';
  it.skipIf(!existsSync(spider))(
    'are what Spider gives today',
    () => {
      const rows = JSON.parse(readFileSync(`${spider}/train_spider.min.json`, 'utf8')) as {
        query: string;
        db_id: string;
      }[];
      const schemas = JSON.parse(readFileSync(`${spider}/tables.public.json`, 'utf8')) as SpiderSchema[];
      const { templates, report } = extractSeeds(rows, schemas, { source: sqlite });
      expect(report.extracted / report.rows).toBeGreaterThan(0.99);
      expect(formatSeedFile(writeSeedFile(templates, report))).toBe(text);
    },
    60_000,
  );
});
