import type { ErrorKind } from '../evaluate/outcome.js';
import type { ReportAnswers, ReportEvaluation, RunReport } from '../evaluate/report.js';
import { comparePaired, type PairedComparison } from '../metrics/paired.js';

/** One cell of the accuracy matrix in two reports. Models are called as in the reports' pages. */
export interface EvaluationChange {
  model: string;
  dialect: string;
  split: string;
  /** Null where a report has no such cell. */
  first: Measured | null;
  second: Measured | null;
  /** Execution accuracy, second less first; null where a report has no such cell. */
  difference: number | null;
  /**
   * On the questions that both were asked, `first` and `second` of the comparison being the second report and the first; null where a report
   * does not say what was answered or no question is in both.
   */
  paired: PairedComparison | null;
  /** `same`: every answer is as right as before, or without answers the figures are alike. */
  change: 'better' | 'worse' | 'unclear' | 'same' | 'added' | 'gone';
}

type Measured = Pick<ReportEvaluation, 'n' | 'ex' | 'exCi'>;

/** A question that was answered right in one report and wrong in the other. */
export interface Flip {
  direction: 'right-to-wrong' | 'wrong-to-right';
  model: string;
  dialect: string;
  split: string;
  database: string;
  question: string;
  /** The gold statement. */
  sql: string;
  first: string;
  second: string;
  /** Of the answer that is wrong. */
  error: ErrorKind | null;
}

/** Cells of either report, those that both have in the second's order. */
export function evaluationChanges(first: RunReport, second: RunReport): { cells: EvaluationChange[]; flips: Flip[] } {
  const keys = new Set([...second.evaluations, ...first.evaluations].map(keyOf));
  const both = [...keys].map((key) => changeOf(key, first, second));
  return { cells: both.map(({ cell }) => cell), flips: both.flatMap(({ flips }) => flips) };
}

type Cell = Pick<ReportEvaluation, 'model' | 'dialect' | 'split'>;
const keyOf = ({ model, dialect, split }: Cell): string => [model, dialect, split].join('\n');

function changeOf(key: string, first: RunReport, second: RunReport): { cell: EvaluationChange; flips: Flip[] } {
  const find = ({ evaluations }: RunReport) => evaluations.find((one) => keyOf(one) === key);
  const [before, after] = [find(first), find(second)];
  const { model, dialect, split } = (after ?? before)!;
  const shared = sharedAnswers(answersOf(first, key), answersOf(second, key));
  const paired =
    shared.length === 0
      ? null
      : comparePaired(
          shared.map((one) => one.second.correct),
          shared.map((one) => one.first.correct),
        );
  return {
    cell: {
      ...{ model, dialect, split, first: measured(before), second: measured(after), paired },
      difference: before && after ? after.ex - before.ex : null,
      change: verdict(before, after, paired),
    },
    flips: shared
      .filter((one) => one.first.correct !== one.second.correct)
      .map((one) => ({
        direction: one.first.correct ? 'right-to-wrong' : 'wrong-to-right',
        ...{ model, dialect, split, database: one.first.database, question: one.first.question, sql: one.first.sql },
        ...{ first: one.first.predicted, second: one.second.predicted },
        error: (one.first.correct ? one.second : one.first).error,
      })),
  };
}

const measured = (one: ReportEvaluation | undefined): Measured | null =>
  one ? { n: one.n, ex: one.ex, exCi: one.exCi } : null;

/** On the same questions by McNemar's test at 0.05; otherwise only where the intervals lie apart. */
function verdict(
  before: Measured | undefined,
  after: Measured | undefined,
  paired: PairedComparison | null,
): EvaluationChange['change'] {
  if (!before) return 'added';
  if (!after) return 'gone';
  if (paired) {
    if (paired.onlyFirst + paired.onlySecond === 0) return 'same';
    if (paired.p >= 0.05) return 'unclear';
    return paired.difference > 0 ? 'better' : 'worse';
  }
  if (after.ex === before.ex && after.n === before.n) return 'same';
  if (after.exCi[0] > before.exCi[1]) return 'better';
  return after.exCi[1] < before.exCi[0] ? 'worse' : 'unclear';
}

type Answered = ReportAnswers['answers'][number] & { database: string; question: string; sql: string };

/** A cell's answers by what was asked: the same question about the same database, with the same gold. */
function answersOf({ questions = [], answers = [] }: RunReport, key: string): Map<string, Answered> {
  const cell = answers.find((one) => keyOf(one) === key);
  if (!cell) return new Map();
  const asked = new Map(
    questions
      .filter(({ dialect, split }) => dialect === cell.dialect && split === cell.split)
      .map((question) => [question.id, question]),
  );
  return new Map(
    cell.answers.flatMap((answer) => {
      const found = asked.get(answer.id);
      if (!found) return [];
      const { database, question, sql } = found;
      return [[JSON.stringify([database, question, sql]), { ...answer, database, question, sql }] as const];
    }),
  );
}

function sharedAnswers(first: Map<string, Answered>, second: Map<string, Answered>) {
  return [...first].flatMap(([asked, answer]) => {
    const other = second.get(asked);
    return other ? [{ first: answer, second: other }] : [];
  });
}
