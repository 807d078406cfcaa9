/**
 * Exact set match beside a straightforward Python evaluation (exact_match.py): CodeS's answers to Spider's dev questions, and with
 * `--crossed` every two statements about a database, of dev, of the answers and of train; with `--mutants n` every dev statement beside n
 * others that differ from it in a word or two. Prints on how many pairs both say that they match, and every pair on which they disagree.
 *
 *     npx tsx bench/eval/exact-match.ts [--data ../shared/data] [--models 1b,3b,7b,15b] [--crossed] [--mutants 40]
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Column, DatabaseSchema } from '../../core/database.js';
import { setParts } from '../../core/metrics/set-match.js';
import { createRandom } from '../../core/sampling/random.js';
import type { SpiderRow, SpiderSchema } from '../../core/seeds/spider.js';
import { openDatabase } from '../../dialects/open-database.js';
import { sqlite } from '../../dialects/sqlite/dialect.js';
import { projectRoot } from '../../schema/home.js';

const { values: flags } = parseArgs({
  options: {
    data: { type: 'string', default: join(projectRoot(), '..', 'shared', 'data') },
    models: { type: 'string', default: '1b,3b,7b,15b' },
    crossed: { type: 'boolean', default: false },
    mutants: { type: 'string', default: '0' },
  },
});
const spider = join(flags.data, 'spider');
const tablesFile = join(spider, 'tables.public.json');
const readJson = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T;
const tables = readJson<SpiderSchema[]>(tablesFile);
const questions = readJson<SpiderRow[]>(join(spider, 'dev.public.json'));

const databaseFile = (name: string): string => join(spider, 'database', name, `${name}.sqlite`);

/** Two statements about one database. */
interface Pair {
  of: string;
  database: string;
  first: string;
  second: string;
}

const answers = flags.models.split(',').flatMap((model): Pair[] => {
  const lines = readFileSync(join(flags.data, 'peer_baselines', 'codes', `codes-${model}.public.jsonl`), 'utf8');
  return lines
    .trim()
    .split('\n')
    .map((line, at) => ({
      ...{ of: `codes-${model}`, database: questions[at]!.db_id, first: questions[at]!.query },
      second: (JSON.parse(line) as { pred: string }).pred,
    }));
});

/** Every two statements about a database, each pair once. */
function crossed(): Pair[] {
  const statements = new Map<string, Set<string>>();
  const add = (database: string, sql: string): void =>
    void statements.set(database, (statements.get(database) ?? new Set()).add(sql));
  for (const { db_id, query } of [...questions, ...readJson<SpiderRow[]>(join(spider, 'train_spider.min.json'))])
    add(db_id, query);
  for (const { database, second } of answers) add(database, second);
  return [...statements].flatMap(([database, set]) => {
    const all = [...set];
    return all.flatMap((first, at) => all.slice(at + 1).map((second) => ({ of: 'crossed', database, first, second })));
  });
}

/** Each statement beside others in which a word or two are gone, or are words of another statement about the same database. */
function mutated(each: number): Pair[] {
  const random = createRandom('exact-match/mutants');
  const wordsOf = (sql: string): string[] => sql.match(/'[^']*'|"[^"]*"|[\w.]+|[<>!]=|\S/g) ?? [];
  const words = new Map<string, string[]>();
  const there = questions.filter(({ db_id }) => existsSync(databaseFile(db_id)));
  for (const { db_id, query } of there) words.set(db_id, [...(words.get(db_id) ?? []), ...wordsOf(query)]);
  return [...new Map(there.map((question) => [question.query, question])).values()].flatMap(({ db_id, query }) =>
    Array.from({ length: each }, () => {
      const mutant = wordsOf(query);
      for (let change = random.below(2); change >= 0; change -= 1)
        mutant.splice(
          random.below(mutant.length),
          1,
          ...(random.below(3) === 0 ? [] : [random.pick(words.get(db_id)!)]),
        );
      return { of: 'mutants', database: db_id, first: query, second: mutant.join(' ') };
    }),
  );
}

/** As the database itself says, as in `dialectic eval`; as tables.json says where the database is not there. */
async function schemaOf(name: string): Promise<DatabaseSchema> {
  const file = databaseFile(name);
  if (!existsSync(file)) return fromTables(tables.find(({ db_id }) => db_id === name)!);
  const session = await openDatabase({ name, dialect: 'sqlite', url: file });
  try {
    return await session.introspect();
  } finally {
    await session.close();
  }
}

function fromTables(entry: SpiderSchema): DatabaseSchema {
  const { db_id: name, table_names_original: names, column_names_original: columns, foreign_keys: keys } = entry;
  const column = (text: string): Column => ({
    ...{ name: text, type: 'other', nativeType: '', nullable: true, primaryKey: false },
    ...{ distinct: 0, nullRate: 0, samples: [] },
  });
  const end = (at: number): [string, string] => [names[columns[at]![0]]!, columns[at]![1]];
  return {
    ...{ name, dialect: 'sqlite' },
    tables: names.map((table, at) => ({
      ...{ name: table, rows: 0, columns: columns.filter(([of]) => of === at).map(([, text]) => column(text)) },
    })),
    foreignKeys: keys.map(([from, to]) => {
      const [[table, own], [referencesTable, referencesColumn]] = [end(from), end(to)];
      return { table, column: own, referencesTable, referencesColumn };
    }),
  };
}

interface Verdict {
  exact: boolean;
  /** The parts that differ, or why a statement is not read. */
  apart: string[];
}

interface Judged {
  pair: Pair;
  ours: boolean;
  verdict: Verdict;
}

function reference(pairs: Pair[]): Verdict[] {
  const folder = mkdtempSync(join(tmpdir(), 'dialectic-bench-'));
  try {
    const write = (name: string, rows: object[]): string => {
      writeFileSync(join(folder, name), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
      return join(folder, name);
    };
    const gold = write('gold.jsonl', pairs.map(({ database: db_id, first: query }) => ({ db_id, query }))); // prettier-ignore
    const pred = write('pred.jsonl', pairs.map(({ second }) => ({ pred: second }))); // prettier-ignore
    const [program, out] = [join(projectRoot(), 'bench', 'eval', 'exact_match.py'), join(folder, 'verdicts.jsonl')];
    execFileSync('python3', [program, '--gold', gold, '--pred', pred, '--tables', tablesFile, '--out', out]);
    const lines = readFileSync(out, 'utf8').trim().split('\n');
    return lines.map((line) => JSON.parse(line) as Verdict);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const trees = execFileSync('python3', [
  ...[join(projectRoot(), 'bench', 'eval', 'exact_match.py'), '--tables', tablesFile],
  ...['--gold', join(spider, 'dev.public.json'), '--pred', join(flags.data, 'peer_baselines/codes/codes-1b.public.jsonl')],
]).toString(); // prettier-ignore
const { trees: given, otherTrees } = JSON.parse(trees) as { trees: number; otherTrees: number[] };
console.log(
  `the reference reads ${given - otherTrees.length} of ${given} gold statements into the tree that Spider ships`,
);

const pairs = [...answers, ...(flags.crossed ? crossed() : []), ...mutated(Number(flags.mutants))];
const verdicts = reference(pairs);
const schemas = new Map<string, DatabaseSchema>();
for (const { database } of pairs) if (!schemas.has(database)) schemas.set(database, await schemaOf(database));
const known = new Map<string, string | null>();
const partsOf = (sql: string, database: string): string | null => {
  const key = `${database} ${sql}`;
  if (!known.has(key)) known.set(key, setParts(sql, sqlite, schemas.get(database)));
  return known.get(key)!;
};
const ours = pairs.map(({ first, second, database }) => {
  const parts = partsOf(first, database);
  return parts !== null && parts === partsOf(second, database);
});
/** Those whose statements their database runs: what is no SQL may be read in any way. */
async function running(found: Judged[]): Promise<Judged[]> {
  const kept: Judged[] = [];
  for (const name of new Set(found.map(({ pair }) => pair.database))) {
    const own = found.filter(({ pair }) => pair.database === name);
    const file = databaseFile(name);
    if (!existsSync(file)) {
      kept.push(...own);
      continue;
    }
    const session = await openDatabase({ name, dialect: 'sqlite', url: file });
    for (const one of own) {
      const outcomes = await Promise.all([one.pair.first, one.pair.second].map((sql) => session.execute(sql)));
      if (outcomes.every(({ kind }) => kind === 'rows')) kept.push(one);
    }
    await session.close();
  }
  return kept;
}

for (const of of new Set(pairs.map((pair) => pair.of))) {
  const judged = pairs.flatMap((pair, at): Judged[] =>
    pair.of === of ? [{ pair, ours: ours[at]!, verdict: verdicts[at]! }] : [],
  );
  const apart = judged.filter(({ verdict, ours: same }) => verdict.exact !== same);
  const listed = await running(apart);
  const count = [judged.filter((one) => one.ours), judged.filter(({ verdict }) => verdict.exact)];
  console.log(
    `${of}: ${judged.length} pairs, dialectic ${count[0]!.length}, reference ${count[1]!.length}, ` +
      `disagreements ${listed.length}${apart.length > listed.length ? `, and ${apart.length - listed.length} about what is no SQL` : ''}`,
  );
  for (const { pair, ours: same, verdict } of listed) {
    const theirs = verdict.exact ? 'match' : verdict.apart.join(', ');
    console.log(`  ${pair.database}: we say ${same ? 'match' : 'apart'}, the reference ${theirs}`);
    console.log(`    ${pair.first.replace(/\s+/g, ' ')}\n    ${pair.second.replace(/\s+/g, ' ')}`);
  }
}
