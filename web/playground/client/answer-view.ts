import type { Answered } from '../../../core/answer.js';
import type { ExecutionOutcome } from '../../../core/database.js';
import type { Problem } from '../api.js';
import { element, part } from './element.js';
import { createResultTable } from './result-table.js';

/** What a statement came to, in words, its rows, and how long it took. */
export function createAnswerView() {
  const table = createResultTable();
  const status = part('status', HTMLElement);
  const problemBox = part('problem', HTMLElement);
  const candidates = part('candidates', HTMLElement);

  /** For everybody, and read aloud by a screen reader. */
  const say = (sentence: string): void => void (status.textContent = sentence);
  const showProblem = (problem: Problem | null): void => {
    problemBox.hidden = problem === null;
    problemBox.replaceChildren(
      ...(problem === null ? [] : [element('strong', {}, problem.what), element('span', {}, problem.remedy)]),
    );
  };
  const showTimings = (timings: Partial<Answered['timings']>): void =>
    part('timings', HTMLElement).replaceChildren(
      ...Object.entries(timings).map(([name, ms]) => element('span', {}, `${name} `, element('b', {}, duration(ms)))),
    );

  return {
    say,
    showProblem,
    showTimings,
    showOutcome(outcome: ExecutionOutcome | null, problem: Problem | null): void {
      showProblem(problem);
      if (outcome?.kind === 'rows') {
        table.show(outcome);
        say(outcome.rows.length === 0 ? 'The statement ran; no row fits.' : `Done: ${describeOutcome(outcome)}.`);
      } else {
        table.clear();
        say(problem === null ? 'Nothing was run.' : '');
      }
    },
    /** What else was considered; nothing where there was one statement alone. */
    showCandidates(all: Answered['candidates'], use: (sql: string) => void): void {
      candidates.hidden = all.length < 2;
      part('candidate-list', HTMLElement).replaceChildren(
        ...all.map(({ sql, votes, outcome }) =>
          element(
            'li',
            {},
            element('button', { type: 'button', onclick: () => use(sql) }, element('code', {}, sql)),
            element('span', {}, `${votes} ${votes === 1 ? 'vote' : 'votes'}, ${outcome}`),
          ),
        ),
      );
    },
    clear(): void {
      table.clear();
      showProblem(null);
      showTimings({});
    },
  };
}

export function describeOutcome(outcome: ExecutionOutcome | null): string {
  if (outcome === null) return 'not run';
  if (outcome.kind !== 'rows') return outcome.kind.replace('-', ' ');
  const { length } = outcome.rows;
  return `${length.toLocaleString('en')}${outcome.truncated ? ' or more' : ''} ${length === 1 ? 'row' : 'rows'}`;
}

const duration = (ms: number): string =>
  ms < 1000 ? `${ms < 10 ? ms.toFixed(1) : Math.round(ms)} ms` : `${(ms / 1000).toFixed(2)} s`;
