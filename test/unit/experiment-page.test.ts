import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import { breakDown, compareArms, type AnsweredCell } from '../../core/experiment/compare.js';
import type { ExperimentReport } from '../../core/experiment/report.js';
import { points } from '../../web/experiment/verdicts.js';
import { renderExperiment } from '../../web/experiment/render-experiment.js';

const names = ['keyword', 'random', 'dense'];
const cells: AnsweredCell[] = names.flatMap((arm, at) =>
  ['sqlite', 'postgres', 'duckdb'].flatMap((dialect) =>
    [1, 2].map((seed) => ({
      ...{ arm, seed, dialect, split: 'known-databases' },
      questions: Array.from({ length: 60 }, (_, id) => ({
        ...{ id: `${id}`, correct: id < 40 - 15 * at + seed, kinds: { hardness: id % 3 === 0 ? 'easy' : 'hard' } },
      })),
    })),
  ),
);

const full: ExperimentReport = {
  ...{ experiment: 'experiment/gates', name: 'gates', question: 'Do <keyword> gates help?', version: '0.1.0' },
  ...{ startedAt: '2026-01-01T00:00:00Z', finishedAt: '2026-01-01T01:00:00Z' },
  dialects: ['sqlite', 'postgres', 'duckdb'].map((name) => ({
    ...{ name, title: name.toUpperCase(), engine: name, trained: name !== 'duckdb' },
  })),
  arms: names.map((arm, at) => ({
    ...{ arm, changes: at === 0 ? {} : { merge: { method: arm } }, seconds: 60, secondsAlone: 600, costUsd: 0 },
    ...{ stages: 20, reused: at * 8, parameters: 1e6, rows: 900, tokens: at === 2 ? 5e5 : 1e6 },
  })),
  ...compareArms(cells, names, ['sqlite', 'postgres']),
  breakdowns: breakDown(cells, names),
  runs: names.map((arm, at) => ({
    ...{ arm, seed: 1, run: `experiment/gates/${arm}-1`, failure: at === 2 ? 'The disk is full.' : null },
  })),
  reproduce: ['dialectic run experiment.yaml'],
  spec: {
    name: 'gates',
    experiment: {
      ...{ question: null, seeds: [1, 2], vary: 'training', parallel: 1, base: {}, everyArm: {} },
      arms: { keyword: {}, random: {}, dense: {} },
    },
  },
  machine: { cpu: 'a processor', cores: 2, memoryBytes: 8e9 },
};

const page = (report: ExperimentReport) => parseHTML(renderExperiment(report)).document;
const textOf = (report: ExperimentReport, selector: string): string =>
  page(report).querySelector(selector)!.textContent!.replace(/\s+/g, ' ');

describe('the page of an experiment', () => {
  it('says in plain words of every arm whether it is better, worse or open', () => {
    const lines = [...page(full).querySelectorAll('#shown li')].map((line) => line.textContent!);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/random is worse than keyword on known databases: −25\.0 points \(−\d/);
  });

  it('has every section, each found from the navigation', () => {
    const document = page(full);
    const ids = [...document.querySelectorAll('nav a[href^="#"]')].map((link) => link.getAttribute('href')!.slice(1));
    expect(ids.length).toBeGreaterThan(7);
    for (const id of ids) expect(document.getElementById(id), id).not.toBeNull();
  });

  it('runs no script, fetches nothing, and takes markup in names for text', () => {
    const text = renderExperiment(full);
    expect(text).not.toMatch(/<script|src=|href="http|@import/);
    expect(text).toContain('Do &lt;keyword&gt; gates help?');
    expect(textOf(full, 'h1')).toBe('Do <keyword> gates help?');
  });

  it('shows accuracy of every arm by dialect, with a chart each', () => {
    const rows = [...page(full).querySelectorAll('#accuracy tbody tr')];
    expect(rows.map((row) => row.querySelector('.model')!.textContent)).toEqual(names);
    expect(rows[0]!.querySelectorAll('td')).toHaveLength(1 + 4);
    expect(page(full).querySelectorAll('#accuracy figure svg')).toHaveLength(4);
    expect(textOf(full, '#accuracy')).toContain('No model learned DUCKDB');
  });

  it('says which arms did not learn from equally many tokens, what was reused, and which runs failed', () => {
    expect(textOf(full, '#costs')).toMatch(/Not at equal tokens: dense \(50 %\)/);
    expect(textOf(full, '#costs')).toContain('16 of 20');
    expect(textOf(full, '#arms')).toContain('The disk is full.');
    const equal = { ...full, arms: full.arms.map((arm) => ({ ...arm, tokens: 7 })) };
    expect(textOf(equal, '#costs')).toContain('equally many tokens');
  });

  it('says how the figures were computed and repeated', () => {
    expect(textOf(full, '#method')).toContain('Satterthwaite');
    expect(textOf(full, '#method')).toContain('the data are the same for all seeds');
    expect(textOf(full, '#reproduce')).toContain('dialectic run experiment.yaml');
  });

  it('of arms that were asked different questions says that nothing is shown', () => {
    expect(textOf({ ...full, comparisons: [] }, '#shown')).toContain('not asked the same questions');
  });
});

it.each([
  [0.0312, '+3.1'],
  [-0.0312, '−3.1'],
  [-0.0001, '0.0'],
])('a difference of %s is written %s', (share, text) => {
  expect(points(share)).toBe(text);
});
