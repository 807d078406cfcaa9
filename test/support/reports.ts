import type { RunReport } from '../../core/evaluate/report.js';

/** A report without anything in it. */
export const empty: RunReport = {
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

/** A report with something in every section. */
export const full: RunReport = {
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
