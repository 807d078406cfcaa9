import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { describeComparison } from '../../cli/describe-comparison.js';
import { compareReports } from '../../core/compare-reports/compare-reports.js';
import { fieldChanges } from '../../core/compare-reports/field-changes.js';
import type { RunReport } from '../../core/evaluate/report.js';
import { mcnemarExact } from '../../core/metrics/paired.js';
import { renderComparison } from '../../web/diff/render-comparison.js';

/** A run of one expert who answers the questions as `right` says. */
function reportOf(run: string, right: boolean[], more: Partial<RunReport> = {}): RunReport {
  const ex = right.filter(Boolean).length / right.length;
  const model = `${run}-expert-0123abcd`;
  const cell = { model, dialect: 'sqlite', split: 'known-databases' };
  return {
    ...{ run: `lifecycle/${run}`, version: '0.1.0', startedAt: '2026-01-01T00:00:00Z', finishedAt: '2026-01-01T00:10:00Z' },
    dialects: [{ name: 'sqlite', title: 'SQLite', engine: 'SQLite 3' }],
    evaluations: [
      {
        ...{ ...cell, kind: 'expert', trainedOn: 'sqlite', n: right.length, ex, exCi: [ex - 0.1, ex + 0.1] },
        ...{ exNonEmpty: ex, nonEmpty: right.length, em: ex, bleu2: ex, valid: 1, goldEx: 1, byHardness: {}, byFeature: {} },
        ...{ byDatabase: {}, errors: {}, defects: [] },
      },
    ],
    comparisons: [],
    datasets: [],
    stages: [{ stage: 'train', dialect: 'sqlite', in: 80, out: 1, seconds: 90, reused: false, costUsd: null }],
    training: [],
    routing: [],
    examples: [],
    questions: right.map((_, id) => ({
      ...{ id: `${run}${id}`, dialect: 'sqlite', database: 'shop', split: 'known-databases' },
      ...{ question: `Who is <${id}>?`, sql: `SELECT ${id}` },
    })),
    answers: [
      {
        ...cell,
        answers: right.map((correct, id) => ({
          ...{ id: `${run}${id}`, predicted: `SELECT ${correct ? id : 'x'}`, correct },
          error: correct ? null : ('wrong-filter' as const),
        })),
      },
    ],
    lineage: [{ name: model, key: 'k', sha256: run.padEnd(64, '0'), bytes: 1, mediaType: 'application/json' }],
    reproduce: [],
    spec: { seed: 1 },
    ...more,
  }; // prettier-ignore
}

const right = (count: number, of = 20): boolean[] => Array.from({ length: of }, (_, at) => at < count);

describe('two reports compared', () => {
  it('pairs the same questions of models whose ids differ, and tests the difference', () => {
    const { evaluations, flips } = compareReports(reportOf('one', right(8)), reportOf('two', right(16)));
    expect(evaluations).toHaveLength(1);
    expect(evaluations[0]).toMatchObject({ model: 'expert', change: 'better', paired: { n: 20, onlyFirst: 8, onlySecond: 0 } }); // prettier-ignore
    expect(evaluations[0]!.difference).toBeCloseTo(0.4);
    expect(evaluations[0]!.paired!.difference).toBeCloseTo(0.4);
    expect(evaluations[0]!.paired!.p).toBe(mcnemarExact(8, 0));
    expect(flips).toHaveLength(8);
    expect(flips[0]).toMatchObject({ direction: 'wrong-to-right', sql: 'SELECT 8', first: 'SELECT x', second: 'SELECT 8', error: 'wrong-filter' }); // prettier-ignore
  });

  it('calls a difference unclear that may be chance, and tells directions apart', () => {
    const { evaluations, flips } = compareReports(reportOf('one', right(9)), reportOf('two', right(7)));
    expect(evaluations[0]!.change).toBe('unclear');
    expect(flips.map(({ direction }) => direction)).toEqual(['right-to-wrong', 'right-to-wrong']);
    const worse = compareReports(reportOf('one', right(16)), reportOf('two', right(4)));
    expect(worse.evaluations[0]!.change).toBe('worse');
  });

  it('pairs no questions that are about another statement, and then goes by the intervals', () => {
    const other = reportOf('two', right(16));
    const asked = { ...other, questions: other.questions!.map((one) => ({ ...one, sql: `${one.sql} + 1` })) };
    const { evaluations, flips } = compareReports(reportOf('one', right(8)), asked);
    expect(evaluations[0]).toMatchObject({ paired: null, change: 'better' });
    expect(flips).toEqual([]);
    const { questions: _questions, answers: _answers, ...old } = reportOf('two', right(9));
    expect(compareReports(reportOf('one', right(8)), old).evaluations[0]).toMatchObject({ paired: null, change: 'unclear' }); // prettier-ignore
  });

  it('says which cells only one run has', () => {
    const none = reportOf('two', right(1), { evaluations: [], answers: [] });
    expect(compareReports(reportOf('one', right(8)), none).evaluations[0]).toMatchObject({ change: 'gone', second: null });
    expect(compareReports(none, reportOf('one', right(8))).evaluations[0]).toMatchObject({ change: 'added', first: null });
  }); // prettier-ignore

  it('finds nothing between a report and itself', () => {
    const report = reportOf('one', right(8));
    const { evaluations, datasets, spec, models, artifacts, sameArtifacts, flips } = compareReports(report, report);
    expect([datasets, spec, models, artifacts, flips].flat()).toEqual([]);
    expect(evaluations[0]).toMatchObject({ difference: 0, change: 'same' });
    expect(sameArtifacts).toBe(1);
  });

  it('tells the funnel by reason, coverage, training, artifacts and stages', () => {
    const dataset = {
      ...{ id: 'd', dialect: 'sqlite', pairs: 90, databases: ['shop'], skeletons: 60, splits: { train: 80 } },
      ...{ hardness: { easy: 50 }, coverage: { COUNT: 40, STRFTIME: 0 }, topSkeletons: [] },
      funnel: [{ step: 'checked', left: 90, removed: { 'empty-result': 10 } }],
    };
    const training = {
      ...{ model: 'one-expert-0123abcd', kind: 'expert', dialect: 'sqlite', parameters: 3, rows: 80, steps: 20, seconds: 9 },
      ...{ lossCurve: [], validationCurve: [], learningRateCurve: [], speedCurve: [], memoryCurve: [] },
    }; // prettier-ignore
    const first = reportOf('one', right(8), { datasets: [dataset], training: [training] });
    const second = reportOf('two', right(8), {
      datasets: [
        {
          ...dataset,
          databases: ['bank'],
          coverage: { COUNT: 0, STRFTIME: 3 },
          funnel: [{ step: 'checked', left: 80, removed: { 'empty-result': 10, duplicate: 10 } }],
        },
      ],
      training: [{ ...training, model: 'two-expert-0123abcd', steps: 40 }],
      stages: [{ stage: 'train', dialect: 'sqlite', in: 80, out: 1, seconds: 30, reused: true, costUsd: 0.5 }],
    });
    const { datasets, models, artifacts, stages } = compareReports(first, second);
    expect(datasets).toEqual([
      {
        dialect: 'sqlite',
        numbers: [
          { name: 'checked', first: 90, second: 80 },
          { name: 'removed: duplicate', first: null, second: 10 },
        ],
        ...{ databasesAdded: ['bank'], databasesGone: ['shop'], coverageGained: ['STRFTIME'], coverageLost: ['COUNT'] },
      },
    ]);
    expect(models).toEqual([{ model: 'expert', numbers: [{ name: 'steps', first: 20, second: 40 }] }]);
    expect(artifacts).toEqual([{ name: 'expert', first: 'one'.padEnd(64, '0'), second: 'two'.padEnd(64, '0') }]);
    expect(stages[0]).toMatchObject({ stage: 'train', first: { seconds: 90 }, second: { reused: true, costUsd: 0.5 } });
  });

  it('speaks to a terminal, and draws a page that runs nothing and escapes what it is given', () => {
    const second = reportOf('two', right(16), { spec: { seed: 2 } });
    const difference = compareReports(reportOf('one', right(8)), second);
    const text = describeComparison(difference);
    expect(text).toMatch(/expert +sqlite +known-databases +40\.0 +80\.0 +\+40\.0 .*0\.008 +better/);
    expect(text).toMatch(/seed +1 +2/);
    expect(text).toContain('8 answers from wrong to right:');
    const page = renderComparison(difference);
    expect(page).not.toMatch(/<script|<link|<img|https?:\/\/|\son\w+=/i);
    expect(page).toContain('Who is &lt;8&gt;?');
    const sections = [...parseHTML(page).document.querySelectorAll('section')].map(({ id }) => id);
    expect(sections).toEqual(['accuracy', 'answers', 'spec', 'stages', 'artifacts']);
  });
});

describe('fields that differ', () => {
  it('names them from the top, sees through order and absence, and compares named things by name', () => {
    const first = { a: 1, merge: { steps: 5, method: 'slerp' }, list: [{ name: 'x', url: 1 }, { name: 'y' }] };
    const second = { merge: { method: 'slerp', steps: 7 }, a: 1, gone: undefined, list: [{ name: 'y' }, { name: 'x', url: 2 }] };
    expect(fieldChanges(first, second)).toEqual([
      { path: 'list.x.url', first: 1, second: 2 },
      { path: 'merge.steps', first: 5, second: 7 },
    ]);
    expect(fieldChanges({ list: [1, 2] }, { list: [1] })).toEqual([{ path: 'list', first: [1, 2], second: [1] }]);
    expect(fieldChanges({ a: null }, {})).toEqual([{ path: 'a', first: null, second: undefined }]);
  }); // prettier-ignore
});
