import type { Verdict, VerdictReason } from '../template.js';

export interface CheckSummary {
  n: number;
  accepted: number;
  /** Rejections by reason, in the order of the checks; reasons that did not occur are left out. */
  byReason: Partial<Record<VerdictReason, number>>;
}

/** The reasons in the order in which the checks can give them: the steps of the funnel. */
export const reasonsInOrder: readonly VerdictReason[] = [
  'parse-error',
  'not-read-only',
  'not-repeatable',
  'invalid',
  'runtime-error',
  'not-executable',
  'timeout',
  'too-large',
  'empty-result',
  'all-null',
  'constant-result',
  'value-not-in-question',
  'question-unnatural',
  'contradicts-order',
  'contradicts-aggregate',
  'duplicate',
  'near-duplicate-question',
  'contaminated',
  'tied-rows',
  'judge-disagrees',
];

/** The funnel: how many pairs came in, how many passed, how many each reason took. */
export function summarise(verdicts: readonly Pick<Verdict, 'accepted' | 'reason'>[]): CheckSummary {
  const byReason: CheckSummary['byReason'] = {};
  for (const reason of reasonsInOrder) {
    const count = verdicts.filter((verdict) => verdict.reason === reason).length;
    if (count > 0) byReason[reason] = count;
  }
  return { n: verdicts.length, accepted: verdicts.filter((verdict) => verdict.accepted).length, byReason };
}

/** The sum of funnels of parts. */
export function sumFunnels(parts: readonly CheckSummary[]): CheckSummary {
  const byReason: CheckSummary['byReason'] = {};
  for (const reason of reasonsInOrder) {
    const count = parts.reduce((sum, part) => sum + (part.byReason[reason] ?? 0), 0);
    if (count > 0) byReason[reason] = count;
  }
  const total = (key: 'n' | 'accepted') => parts.reduce((sum, part) => sum + part[key], 0);
  return { n: total('n'), accepted: total('accepted'), byReason };
}
