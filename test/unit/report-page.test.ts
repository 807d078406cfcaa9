import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import type { RunReport } from '../../core/evaluate/report.js';
import { renderReport } from '../../web/report/render-report.js';

const empty: RunReport = {
  ...{ run: 'night <b>', version: '0.1.0', startedAt: '2026-01-01T00:00:00Z', finishedAt: '2026-01-01T00:10:00Z' },
  dialects: [{ name: 'sqlite', title: 'SQLite', engine: 'SQLite 3' }],
  ...{
    evaluations: [],
    comparisons: [],
    datasets: [],
    stages: [],
    training: [],
    routing: [],
    examples: [],
    lineage: [],
    reproduce: [],
  },
  spec: {},
};

const full: RunReport = {
  ...empty,
  evaluations: ['expert', 'mixture'].map((model, at) => ({
    ...{ model, kind: model, dialect: 'sqlite', split: 'known-databases', trainedOn: at === 0 ? 'sqlite' : null },
    ...{
      n: 40,
      ex: 0.75 + at / 10,
      exCi: [0.6, 0.95],
      exNonEmpty: 0.7,
      nonEmpty: 38,
      em: 0.5,
      bleu2: 0.8,
      valid: 0.9,
      goldEx: 1,
    },
    ...{ byHardness: { easy: { n: 40, ex: 0.75 } }, byFeature: { join: { n: 12, ex: 0.5 } }, byDatabase: {} },
    ...{ errors: { syntax: 2, 'wrong-filter': 5 }, defects: [] },
  })),
  comparisons: [
    {
      first: 'mixture',
      second: 'expert',
      dialect: 'sqlite',
      split: 'known-databases',
      difference: 0.1,
      interval: [-0.02, 0.2],
      p: 0.04,
    },
  ],
  datasets: [
    {
      ...{
        id: 'd',
        dialect: 'sqlite',
        pairs: 90,
        databases: ['shop'],
        skeletons: 60,
        splits: { train: 80 },
        hardness: { easy: 50, hard: 40 },
      },
      funnel: [
        { step: 'made', left: 100, removed: {} },
        { step: 'kept', left: 90, removed: { 'empty-result': 10 } },
      ],
      ...{ coverage: { COUNT: 40, STRFTIME: 0 }, topSkeletons: [{ skeleton: 'SELECT _ FROM _', pairs: 12 }] },
    },
  ],
  stages: [{ stage: 'train', dialect: 'sqlite', in: 80, out: 1, seconds: 90, reused: true, costUsd: null }],
  training: [
    {
      model: 'expert',
      kind: 'expert',
      dialect: 'sqlite',
      parameters: 3e6,
      rows: 80,
      steps: 20,
      seconds: 90,
      lossCurve: [
        [1, 5],
        [20, 0.1],
      ],
      validationCurve: [[20, 0.3]],
      learningRateCurve: [
        [1, 0.001],
        [20, 0.0001],
      ],
      speedCurve: [
        [1, 900],
        [20, 1_100],
      ],
      memoryCurve: [
        [1, 5e8],
        [20, 6e8],
      ],
    },
  ],
  routing: [
    {
      model: 'mixture',
      experts: ['sqlite', 'postgres'],
      byDialect: [
        {
          dialect: 'sqlite',
          layers: [
            [0.8, 0.2],
            [0.6, 0.4],
          ],
        },
      ],
      merge: {
        ...{ method: 'mixture', slerpFallbackShare: 0.25, gateConditionNumbers: [4.5, 12], warnings: ['Few <rows>.'] },
        keywords: { sqlite: ['STRFTIME', '->>'], postgres: [] },
      },
    },
  ],
  examples: [
    {
      ...{
        model: 'mixture',
        split: 'known-databases',
        id: '1',
        dialect: 'sqlite',
        database: 'shop',
        question: 'Who is <Ann>?',
      },
      ...{
        sql: "SELECT 'x' FROM t",
        predicted: 'SELECT y FROM t',
        correct: false,
        error: 'unknown-column',
        message: 'no such column: y',
      },
      ...{ goldResult: { columns: ['x'], rows: [['<script>']], total: 9 }, predictedResult: null },
    },
  ],
  lineage: [
    { name: 'dataset', key: 'k', sha256: 'ab'.repeat(32), bytes: 1234, rows: 90, mediaType: 'application/x-ndjson' },
  ],
  reproduce: ['npm run quickstart'],
};

const document = (report: RunReport) => parseHTML(renderReport(report)).document;
const words = (report: RunReport, selector: string) =>
  document(report).querySelector(selector)?.textContent.replace(/\s+/g, ' ') ?? null;

describe('the report page', () => {
  it('fetches nothing and runs nothing', () => {
    const page = renderReport(full);
    expect(page).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|\son\w+=/i);
    expect(
      page.replaceAll('http://www.w3.org/2000/svg', '').replaceAll('http://www.w3.org/1999/xlink', ''),
    ).not.toMatch(/https?:\/\//);
  });

  it('escapes whatever comes from data', () => {
    expect(renderReport(full)).toContain('Who is &lt;Ann&gt;?');
    expect(renderReport(full)).toContain('&lt;script&gt;');
    expect(words(full, 'h1')).toBe('night <b>');
  });

  it('says the results with intervals, and marks the best and the own dialect', () => {
    const rows = [...document(full).querySelectorAll('#results tbody tr')]
      .slice(0, 2)
      .map((row) => row.textContent.replace(/\s+/g, ' '));
    expect(rows[0]).toContain('75.0');
    expect(rows[1]).toContain('85.0');
    expect(document(full).querySelector('tr.best .model')?.textContent).toBe('mixture');
    expect(document(full).querySelector('.score.own')?.getAttribute('title')).toBe(
      '75.0 %, 95 % interval 60.0 to 95.0, 40 questions',
    );
  });

  it('shows every section that has something to say, and none else', () => {
    const ids = (report: RunReport) => [...document(report).querySelectorAll('section')].map(({ id }) => id);
    expect(ids(full)).toEqual([
      'results',
      'breakdown',
      'errors',
      'examples',
      'data',
      'training',
      'routing',
      'stages',
      'lineage',
      'reproduce',
    ]);
    expect(ids(empty)).toEqual(['lineage']);
  });

  it('tells the funnel by reason, the taught words that do not occur, and reused stages', () => {
    expect(words(full, '#data .funnel')).toContain('− 10 empty result');
    expect(words(full, '#data .chips .none')).toBe('STRFTIME');
    expect(words(full, '#stages tbody tr')).toContain('reused');
  });

  it('draws losses and routing as SVG whose colours follow the reader’s setting', () => {
    // The loss, and of all trainings the rate, the speed and the memory.
    expect(document(full).querySelectorAll('#training svg').length).toBe(4);
    expect(words(full, '#routing svg')).toContain('80');
    expect(renderReport(full)).toContain('var(--accent)');
  });

  it('draws a report that was written before rates, speed and memory were kept', () => {
    const training = full.training.map(
      ({ learningRateCurve: _rate, speedCurve: _speed, memoryCurve: _memory, ...run }) => run,
    );
    const old = { ...full, training } as RunReport;
    expect(document(old).querySelectorAll('#training svg').length).toBe(1);
    expect(words(old, '#training')).not.toContain('What it took');
  });

  it('tells what the gates were made from and where SLERP was a line', () => {
    const text = document(full).querySelector('#routing details')!.textContent!.replace(/\s+/g, ' ');
    expect(text).toContain('STRFTIME, ->>');
    expect(text).toContain('none of its own');
    expect(text).toContain('25 % of the steps');
    expect(text).toContain('4.5, 12, layer by layer');
    expect(text).toContain('Few <rows>.');
  });

  it('shows an error in place of a table', () => {
    expect(words(full, '.example')).toContain('no such column: y');
    expect(words(full, '.example')).toContain('9 rows, the first 1 shown');
  });

  it('calls models by what tells them apart', () => {
    const [expert, mixture] = ['demo-expert-0123abcd', 'demo-mixture-89ef4567'];
    const evaluations = full.evaluations.map((one) => ({ ...one, model: one.model === 'expert' ? expert : mixture }));
    const shown = document({ ...full, run: 'lifecycle/demo', evaluations });
    expect(shown.querySelector('tr.best .model')?.textContent).toBe('mixture');
    const twins = evaluations.map((one, at) => ({ ...one, model: `demo-expert-0123abc${at}` }));
    const kept = document({ ...full, run: 'lifecycle/demo', evaluations: twins });
    expect(kept.querySelector('tr.best .model')?.textContent).toMatch(/^demo-expert-0123abc\d$/);
  });
});
