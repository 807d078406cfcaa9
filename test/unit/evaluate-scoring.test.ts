import { describe, expect, it } from 'vitest';
import type { DatabaseSession, ExecutionOutcome, SqlValue } from '../../core/database.js';
import { classifyError } from '../../core/evaluate/classify-error.js';
import type { ItemOutcome } from '../../core/evaluate/outcome.js';
import { tryParse } from '../../core/evaluate/read-sql.js';
import { chooseExamples, routingByDialect } from '../../core/evaluate/report.js';
import { scorePredictions } from '../../core/evaluate/score-predictions.js';
import { summarise } from '../../core/evaluate/summarise.js';
import { bigquery } from '../../dialects/bigquery/dialect.js';
import { postgres } from '../../dialects/postgres/dialect.js';
import { sqlite } from '../../dialects/sqlite/dialect.js';

const dialects = [sqlite, postgres, bigquery];
const rows = (...values: SqlValue[][]): ExecutionOutcome => ({
  kind: 'rows',
  columns: ['x'],
  rows: values,
  truncated: false,
  ms: 1,
});
const invalid = (message: string): ExecutionOutcome => ({ kind: 'invalid', message, ms: 1 });

/** A session that answers from a table, so that a test says what the engine would. */
function answering(answers: Record<string, ExecutionOutcome | ExecutionOutcome[]>): DatabaseSession {
  const calls = new Map<string, number>();
  return {
    ref: { name: 'd', dialect: 'sqlite', url: '' },
    execute(sql) {
      const answer = answers[sql] ?? invalid('no such column: y');
      const call = calls.get(sql) ?? 0;
      calls.set(sql, call + 1);
      return Promise.resolve(Array.isArray(answer) ? answer[call % answer.length]! : answer);
    },
    introspect: () => Promise.reject(new Error('not asked for')),
    functions: () => Promise.resolve([]),
    close: () => Promise.resolve(),
  };
}

const item = (id: string, sql: string) => ({ id, dialect: 'sqlite', database: 'd', question: 'q', sql });

async function score(sql: string, predicted: string, answers: Parameters<typeof answering>[0]): Promise<ItemOutcome> {
  const session = answering(answers);
  const [outcome] = await scorePredictions({
    items: [item('1', sql)],
    predictions: [{ id: '1', sql: predicted }],
    dialect: sqlite,
    dialects,
    session: () => Promise.resolve(session),
  });
  return outcome!;
}

describe('scoring a prediction', () => {
  it('takes rows as a bag, and as a sequence where the gold orders', async () => {
    const answers = { a: rows([1], [2]), b: rows([2], [1]) };
    const named = {
      'SELECT x FROM t': answers.a,
      'SELECT x FROM t WHERE 1': answers.b,
      'SELECT x FROM t ORDER BY x': answers.a,
    };
    expect((await score('SELECT x FROM t', 'SELECT x FROM t WHERE 1', named)).correct).toBe(true);
    expect((await score('SELECT x FROM t ORDER BY x', 'SELECT x FROM t WHERE 1', named)).correct).toBe(false);
  });

  it('says of an answer that differs whether ties leave the gold’s open, and counts it as wrong', async () => {
    const gold = 'SELECT x FROM t ORDER BY y LIMIT 1';
    const probe = 'SELECT x, y AS tie_1 FROM t ORDER BY y LIMIT 2';
    const answers = { [gold]: rows(['a']), 'SELECT x FROM t WHERE 2': rows(['b']) };
    const tied = await score(gold, 'SELECT x FROM t WHERE 2', { ...answers, [probe]: rows(['a', 1], ['b', 1]) });
    expect(tied).toMatchObject({ correct: false, goldOpen: true });
    expect(summarise([tied])).toMatchObject({ ex: 0, openGolds: ['1'] });
    const decided = await score(gold, 'SELECT x FROM t WHERE 2', { ...answers, [probe]: rows(['a', 1], ['b', 2]) });
    expect(decided).not.toHaveProperty('goldOpen');
    expect(summarise([decided])).not.toHaveProperty('openGolds');
    expect(await score(gold, gold, { ...answers, [probe]: rows(['a', 1], ['b', 1]) })).not.toHaveProperty('goldOpen');
  });

  it('says of such an answer whether it is as right as the gold’s', async () => {
    const gold = 'SELECT x FROM t ORDER BY y LIMIT 2';
    const [probe, all] = ['LIMIT 3', ''].map((limit) => `SELECT x, y AS tie_1 FROM t ORDER BY y ${limit}`.trim());
    const answers = {
      [gold]: rows(['a'], ['b']),
      [probe!]: rows(['a', 1], ['b', 2], ['c', 2]),
      [all!]: rows(['a', 1], ['b', 2], ['c', 2], ['d', 2], ['e', 3]),
    };
    const outcomes: ItemOutcome[] = [];
    for (const [at, given] of [
      ['a', 'd'],
      ['b', 'c'],
      ['a', 'e'],
      ['d', 'a'],
      ['a', 'b', 'c'],
    ].entries()) {
      const predicted = `SELECT ${at}`;
      outcomes.push(await score(gold, predicted, { ...answers, [predicted]: rows(...given.map((x) => [x])) }));
    }
    expect(outcomes.map(({ correct, goldOpen, alternative }) => [correct, goldOpen, alternative])).toEqual([
      [false, true, true],
      ...Array.from({ length: 4 }, () => [false, true, undefined]),
    ]);
    expect(summarise(outcomes)).toMatchObject({ ex: 0, alternatives: ['1'], exAlternatives: 0.2 });
    expect(summarise(outcomes.slice(1))).not.toHaveProperty('alternatives');
  });

  it('keeps exact match and execution match apart', async () => {
    const outcome = await score('SELECT x FROM t', 'select X from t', {
      'SELECT x FROM t': rows([1]),
      'select X from t': rows([2]),
    });
    expect(outcome).toMatchObject({ exact: true, correct: false, valid: true });
  });

  it('counts no answer as wrong without running anything', async () => {
    expect(await score('SELECT x FROM t', ' ', { 'SELECT x FROM t': rows([1]) })).toMatchObject({
      correct: false,
      valid: false,
      exact: false,
      error: 'no-answer',
    });
  });

  it('lists a gold that fails, or is not the same twice, as a defect', async () => {
    expect((await score('SELECT y FROM t', 'SELECT x FROM t', {})).goldDefect).toMatch(/invalid: no such column/);
    const shaky = { 'SELECT random()': [rows([1]), rows([2])] };
    expect(await score('SELECT random()', 'SELECT random()', shaky)).toMatchObject({
      goldDefect: 'not the same twice',
      error: 'gold-defect',
      correct: false,
    });
  });
});

describe('the kind of an error', () => {
  const classify = (
    predicted: string,
    outcome: ExecutionOutcome,
    gold = 'SELECT a FROM t WHERE b = 1',
    dialect = sqlite,
  ) => classifyError({ predicted, gold: tryParse(gold, dialect), outcome, goldHasRows: true, dialect, dialects });

  it.each([
    ['SELECT c FROM t', invalid('no such column: c'), 'unknown-column'],
    ['SELECT a FROM u', invalid('no such table: u'), 'unknown-table'],
    ['SELECT a FROM FROM', invalid('near "FROM": syntax error'), 'syntax'],
    [
      'SELECT a FROM t QUALIFY ROW_NUMBER() OVER (ORDER BY a) = 1',
      invalid('near "QUALIFY": syntax error'),
      'wrong-dialect',
    ],
    ['SELECT a FROM t', { kind: 'timeout', message: '', ms: 1 } as ExecutionOutcome, 'timeout'],
    ['SELECT a FROM u WHERE b = 1', rows([1]), 'wrong-table'],
    ['SELECT MAX(a) FROM t WHERE b = 1', rows([1]), 'wrong-aggregate'],
    ['SELECT a FROM t WHERE b = 2', rows([1]), 'wrong-filter'],
    ['SELECT b FROM t WHERE b = 1', rows([1]), 'wrong-columns'],
    ['SELECT a FROM t WHERE b = 1 GROUP BY a', rows([1]), 'wrong-grouping'],
    ['SELECT a FROM t WHERE b = 1 LIMIT 1', rows([1]), 'wrong-order'],
    ['SELECT t.a FROM t WHERE t.b = 1', rows(), 'empty-result'],
  ])('%s', (predicted, outcome, kind) => {
    expect(classify(predicted, outcome)).toBe(kind);
  });

  it('sees a wrong join', () => {
    const gold = 'SELECT t.a FROM t JOIN u ON t.id = u.id';
    expect(classify('SELECT t.a FROM t JOIN u ON t.id = u.other', rows([1]), gold)).toBe('wrong-join');
    expect(classify('SELECT t.a FROM t JOIN u ON u.id = t.id', rows([1]), gold)).toBe('other');
  });
});

describe('summing up', () => {
  const outcome = (id: string, more: Partial<ItemOutcome>): ItemOutcome => ({
    ...item(id, 'SELECT a FROM t'),
    ...{ predicted: 'SELECT a FROM t', reference: 'SELECT a FROM t', hardness: 'easy', features: ['plain'] },
    ...{ correct: true, exact: true, valid: true, goldEmpty: false, error: null, message: null, goldDefect: null },
    ...{ goldResult: null, predictedResult: null },
    ...more,
  });

  it('gives shares, intervals, breakdowns and errors', () => {
    const summary = summarise([
      outcome('1', {}),
      outcome('2', { correct: false, exact: false, hardness: 'hard', features: ['join'], error: 'wrong-join' }),
      outcome('3', { goldEmpty: true }),
      outcome('4', { correct: false, valid: false, exact: false, error: 'gold-defect', goldDefect: 'timeout' }),
    ]);
    expect(summary).toMatchObject({
      n: 4,
      ex: 0.5,
      em: 0.5,
      exNonEmpty: 0.5,
      nonEmpty: 2,
      valid: 0.75,
      goldEx: 0.75,
      bleu2: 1,
    });
    expect(summary.exCi[0]).toBeLessThan(0.5);
    expect(summary.exCi[1]).toBeGreaterThan(0.5);
    expect(summary.byHardness).toEqual({ easy: { n: 3, ex: 2 / 3 }, hard: { n: 1, ex: 0 } });
    expect(summary.errors).toEqual({ 'wrong-join': 1, 'gold-defect': 1 });
    expect(summary.defects).toEqual([{ id: '4', reason: 'timeout' }]);
  });

  it('chooses right examples by hardness and one of each error', () => {
    const chosen = chooseExamples(
      [
        outcome('1', {}),
        outcome('2', { hardness: 'extra' }),
        outcome('3', { correct: false, error: 'syntax' }),
        outcome('4', { correct: false, error: 'syntax' }),
      ],
      { model: 'm', split: 's' },
    );
    expect(chosen.map(({ id }) => id)).toEqual(['2', '1', '3']);
  });

  it('averages routing by dialect', () => {
    const routed = [
      outcome('1', { routing: [[1, 0]] }),
      outcome('2', { routing: [[0, 1]] }),
      outcome('3', { dialect: 'postgres' }),
    ];
    expect(routingByDialect(routed)).toEqual([{ dialect: 'sqlite', layers: [[0.5, 0.5]] }]);
  });
});
