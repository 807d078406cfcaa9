import type { Answered } from '../../../core/answer.js';
import type { ExecutionOutcome } from '../../../core/database.js';
import type { FeedbackRequest } from '../api.js';
import { part } from './element.js';

/** An answer, and what its statement came to. */
export interface Judgeable {
  answered: Answered;
  /** Of the statement in the editor, as it was last run. */
  outcome: ExecutionOutcome['kind'] | null;
}

/**
 * The votes on an answer, and the correction: a statement in the editor that is not the model's.
 * @param send resolves when the server has it on its disk
 */
export function createFeedbackButtons(
  current: () => Judgeable | null,
  sql: () => string,
  send: (feedback: FeedbackRequest) => Promise<boolean>,
): { refresh(): void; reset(): void } {
  const place = part('feedback', HTMLElement);
  const up = part('vote-up', HTMLButtonElement);
  const down = part('vote-down', HTMLButtonElement);
  const save = part('save-correction', HTMLButtonElement);
  const said = part('feedback-said', HTMLElement);

  const isCorrection = (): boolean => {
    const judged = current();
    return judged !== null && sql().trim() !== '' && sql().trim() !== (judged.answered.sql ?? '').trim();
  };
  const press = (vote: 'up' | 'down' | null): void => {
    up.setAttribute('aria-pressed', String(vote === 'up'));
    down.setAttribute('aria-pressed', String(vote === 'down'));
  };
  async function give(vote: 'up' | 'down', corrected: boolean): Promise<void> {
    const judged = current();
    if (judged === null) return;
    const { question, model, database, sql: answer, outcome } = judged.answered;
    const kept = await send({
      ...{ question, model, database, sql: answer, vote },
      correctedSql: corrected ? sql().trim() : null,
      outcome: corrected ? judged.outcome : (outcome?.kind ?? null),
    });
    if (!kept) return;
    press(vote);
    said.textContent = corrected ? 'Your statement is saved as the right one.' : 'Thank you, your vote is saved.';
  }

  up.addEventListener('click', () => void give('up', false));
  down.addEventListener('click', () => void give('down', false));
  save.addEventListener('click', () => void give('down', true));
  const refresh = (): void => {
    const judged = current();
    place.hidden = judged === null;
    up.disabled = judged?.answered.sql === null;
    save.disabled = !isCorrection();
  };
  return {
    refresh,
    reset() {
      press(null);
      said.textContent = '';
      refresh();
    },
  };
}
