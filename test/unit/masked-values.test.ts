import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { writeSeq2SeqRows } from '../../cli/seq2seq-rows.js';
import { writeWithValues } from '../../cli/seq2seq-values.js';
import type { DatabaseSchema } from '../../core/database.js';
import { insertValues } from '../../core/masked/insert-values.js';
import { maskedPrompt } from '../../core/masked/masked-prompt.js';
import { maskValues } from '../../core/masked/mask-values.js';
import { predictSql } from '../../core/evaluate/evaluate-model.js';
import { buildPrompt, encodeCompletion, promptRow, readCompletion } from '../../core/prompt/prompt-form.js';
import { postgres } from '../../dialects/postgres/dialect.js';
import { sqlite } from '../../dialects/sqlite/dialect.js';
import { shop } from './prompt-fixture.js';

const mask = (sql: string, names?: ReadonlySet<string>) => maskValues(sql, sqlite.lexer, names);

describe('a masked statement', () => {
  it('has lower-case words, one space between tokens, and `value` for every literal', () => {
    expect(mask("SELECT T1.Name FROM singer AS T1 WHERE T1.Age>=20 AND x = 'It''s'  LIMIT 3;")).toEqual({
      text: 'select t1 . name from singer as t1 where t1 . age >= value and x = value limit value',
      values: ['20', "'It''s'", '3'],
    });
  });

  it('takes a name in double quotes for a text unless a column has it, and a minus for the number’s where nothing is subtracted', () => {
    expect(mask('SELECT a FROM t WHERE "b c" = "x" AND a > -1', new Set(['b c']))).toEqual({
      text: 'select a from t where "b c" = value and a > value',
      values: ['"x"', '-1'],
    });
    expect(mask('SELECT a - 1 FROM t')?.text).toBe('select a - value from t');
  });

  it('is none of a text that is not SQL', () => {
    expect(mask("SELECT 'open")).toBeNull();
  });
});

describe('values of the question', () => {
  it.each([
    ['Singers above 20?', 'select name from singer where age > value', 'age > 20'],
    [
      'The top 3 singers from France',
      'select name from singer where country = value limit value',
      "= 'France' limit 3",
    ],
    ['Who is the oldest singer?', 'select name from singer order by age desc limit value', 'limit 1'],
    ['Stadiums with more than two concerts', 'select a from b group by a having count ( * ) > value', '> 2'],
    ['Names that start with "Al"', 'select name from b where name like value', "like 'Al%'"],
    ["Songs whose title has the word 'Hey'", 'select a from b where title like value', "like '%Hey%'"],
    ['Between 9000 and 3000', 'select a from b where w between value and value', 'between 3000 and 9000'],
    [
      'Orders of Jane Smith',
      'select a from b where first_name = value and last_name = value',
      "= 'Jane' and last_name = 'Smith'",
    ],
    ['Cars of 1970 by "Ford"', 'select a from b where maker = value and year = value', "'Ford' and year = 1970"],
    ['Students who own cats', 'select name from student where pet = value', "pet = 'cat'"],
    ['TV channels called "O\'Neil"', 'select id from tv_channel where name = value', "name = 'O''Neil'"],
    [
      'The highest value',
      'select max ( value ) , t1 . value from readings as t1',
      'select max ( value ) , t1 . value from',
    ],
    ['Colours red or blue', 'select value from c where value = value', 'select value from c where value ='],
  ])('%s', (question, masked, expected) => {
    expect(insertValues(masked, question)).toContain(expected);
  });

  it('are spelled as the data has them where a schema is given', () => {
    const column = { name: 'country', type: 'text', nativeType: 'TEXT', nullable: true, primaryKey: false } as const;
    const schema: DatabaseSchema = {
      ...{ name: 'd', dialect: 'sqlite', foreignKeys: [] },
      tables: [
        { name: 'singer', rows: 2, columns: [{ ...column, distinct: 2, nullRate: 0, samples: ['FRANCE', 'ITALY'] }] },
      ],
    };
    expect(
      insertValues('select count ( * ) from singer where country = value', 'How many in france?', schema),
    ).toContain("= 'FRANCE'");
  });

  it('that are quoted or numbers come back whole', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z][A-Za-z' ]{0,12}[a-z]$/), fc.nat(99_999), (text, number) => {
        const sql = `SELECT a FROM t WHERE b > ${number} AND c = '${text.replaceAll("'", "''")}'`;
        const masked = mask(sql)!;
        const back = insertValues(masked.text, `Which a have "${text}" and more than ${number}?`);
        expect(mask(back)).toEqual(masked);
      }),
    );
  });
});

describe('a prompt', () => {
  it('is the question, or tables and columns before it', () => {
    const schema = [{ name: 'Singer', columns: ['ID', 'Name'] }];
    expect(maskedPrompt(' How  many? ', null)).toBe('How many?');
    expect(maskedPrompt('How many?', schema)).toBe('singer ( id , name ) | How many?');
  });
});

describe('the masked prompt form', () => {
  const schema = shop('sqlite');
  const asked = (question: string) => ({ question, schema, dialect: sqlite });
  const answered = (question: string, masked: string) =>
    readCompletion(masked, buildPrompt('masked-schema', asked(question)));

  it('reads the question, and in masked-schema the tables and columns before it', () => {
    expect(buildPrompt('masked', asked('How many orders?')).prompt).toBe('How many orders?');
    const { prompt } = buildPrompt('masked-schema', asked('How many orders?'));
    expect(prompt).toMatch(/^customers \( id , name , city , profile \) \| orders \(.* \| How many orders\?$/);
  });

  it('gives rows to learn from, and none of what is not SQL', () => {
    const row = (sql: string) => promptRow('masked', { ...asked('Big orders?'), sql });
    expect(row('SELECT "unitPrice" FROM products WHERE name = "Chair"')).toEqual({
      prompt: 'Big orders?',
      completion: 'select "unitprice" from products where name = value',
    });
    expect(row("SELECT 'open")).toBeNull();
  });

  it('takes what stands in double quotes for a name where the dialect does', () => {
    const built = buildPrompt('masked', { question: '', schema: shop('postgres'), dialect: postgres });
    expect(encodeCompletion('SELECT id AS "Of mine" FROM orders', built, postgres)).toBe(
      'select id as "of mine" from orders',
    );
  });

  it.each([
    [
      'Names of products above 20.5',
      'select t1 . name from products as t1 where t1 . unitprice > value',
      'SELECT T1.name FROM products AS T1 WHERE T1.unitPrice > 20.5',
    ],
    [
      'Customers in paris',
      'select * from customers where city = value',
      "SELECT * FROM customers WHERE city = 'Paris'",
    ],
    [
      'Who is "Bo O\'Hara"?',
      'select id from customers where name = value',
      "SELECT id FROM customers WHERE name = 'Bo O''Hara'",
    ],
    [
      'Top 3 orders',
      'select id from orders order by total desc limit value',
      'SELECT id FROM orders ORDER BY total DESC LIMIT 3',
    ],
  ])('%s', (question, masked, sql) => {
    expect(answered(question, masked).toLowerCase()).toBe(sql.toLowerCase());
    expect(answered(question, masked)).toMatch(/^SELECT /);
  });

  it('spells names as the schema does, and quotes them where the dialect must', () => {
    const input = { question: 'Products above 9', schema: shop('postgres'), dialect: postgres };
    const masked = 'select unitprice from products where unitprice > value';
    expect(readCompletion(masked, buildPrompt('masked', input))).toBe(
      'SELECT "unitPrice" FROM products WHERE "unitPrice" > 9',
    );
  });

  it('leaves an answer that does not parse as it is, with values, and an empty one empty', () => {
    expect(answered('Above 9', 'select from where > value')).toBe('select from where > 9');
    expect(answered('Above 9', ' ')).toBe('');
  });

  it('never writes anything but texts and numbers of the question or the data for values', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (question) => {
        const sql = answered(question, 'select id from orders where status = value limit value');
        expect(mask(sql, new Set(['id', 'status']))?.text).toBe(
          'select id from orders where status = value limit value',
        );
      }),
    );
  });

  it('is how evaluation asks a model of that form; its values are not forgiven', async () => {
    const prompts: string[] = [];
    const predictions = await predictSql({
      ...{ promptForm: 'masked', dialect: sqlite, session: () => Promise.reject(new Error('Nothing is run here.')) },
      items: [
        {
          schema,
          pair: {
            id: '1',
            dialect: 'sqlite',
            database: 'shop',
            question: 'Orders of 7',
            sql: 'SELECT id FROM orders WHERE total = 8',
          },
        },
      ],
      model: {
        generate: (asked) => {
          prompts.push(...asked);
          return Promise.resolve([{ text: 'select id from orders where total = value' }]);
        },
      },
    });
    expect(prompts).toEqual(['Orders of 7']);
    expect(predictions).toEqual([{ id: '1', sql: 'SELECT id FROM orders WHERE total = 7' }]);
  });
});

const spider = '../shared/data/spider';
const present = existsSync(spider);
if (!present) console.warn('Skipped: the rows of Spider are test data, and ../shared/data/spider is not there.');

describe.skipIf(!present)('on Spider', () => {
  const read = (file: string) =>
    JSON.parse(readFileSync(path.join(spider, file), 'utf8')) as {
      question: string;
      query: string;
      query_toks_no_value: string[];
    }[];

  it('masked statements are its own tokens without values, but for signs that it takes apart', () => {
    for (const { query, query_toks_no_value: tokens } of read('dev.public.json')) {
      const theirs = tokens
        .join(' ')
        .replace(/([<>!]) =/g, '$1=')
        .replace(/ ;$/, '');
      expect(mask(query)?.text).toBe(theirs);
    }
  });

  it('nine tenths of the training statements come back from their masked form and question, all in their shape', () => {
    const bare = (value: string) => value.replace(/^(["'])(.*)\1$/s, '$2').toLowerCase();
    const rows = read('train_spider.min.json');
    const restored = rows.filter(({ question, query }) => {
      const masked = mask(query)!;
      const back = mask(insertValues(masked.text, question))!;
      expect(back.text).toBe(masked.text);
      return back.values.every((value, at) => bare(value) === bare(masked.values[at]!));
    });
    expect(restored.length / rows.length).toBeGreaterThan(0.9);
  }, 60_000);

  it('goes from questions to rows, and from masked answers to statements', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'dialectic-seq2seq-'));
    try {
      const gold = path.join(spider, 'dev.public.json');
      const [rows, answers, out] = ['rows', 'answers', 'out'].map((name) => path.join(folder, name)) as [
        string,
        string,
        string,
      ];
      const written = await writeSeq2SeqRows({ gold, tables: path.join(spider, 'tables.public.json'), out: rows });
      expect(written).toEqual({ rows: 518, unmasked: [] });
      const lines = (await readFile(rows, 'utf8'))
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as Record<string, string>);
      expect(lines[0]!['prompt']).toMatch(/^stadium \( stadium_id , .* \| How many singers do we have\?$/);
      await writeFile(
        answers,
        lines.map(({ id, completion }) => `${JSON.stringify({ id, sql: completion })}\n`).join(''),
      );
      expect(await writeWithValues({ gold, pred: answers, out })).toEqual({ predictions: 518 });
      expect((await readFile(out, 'utf8')).split('\n')[0]).toBe('{"id":"0","sql":"select count ( * ) from singer"}');
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
