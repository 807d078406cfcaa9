import { parseHTML } from 'linkedom';
import { describe, expect, it } from 'vitest';
import type { RunReport } from '../../core/evaluate/report.js';
import { renderReport } from '../../web/report/render-report.js';
import { empty, full } from '../support/reports.js';

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
