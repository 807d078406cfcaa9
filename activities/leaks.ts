import { wordShingles } from '../core/checks/min-hash.js';
import type { DialectManifest } from '../core/dialect.js';
import { canonicalText } from '../core/metrics/exact-match.js';
import { fingerprint } from '../core/sampling/random.js';
import type { Query } from '../core/sql/ast.js';

/**
 * What gives a pair away: its whole question, but for letter case and punctuation, and its very statement. Runs of words tell nothing here: questions
 * that the same grammar made over the same databases share them, and the constants of a dialect's idioms, with no statement in common.
 */
export interface LeakKeys {
  /** Null where the question holds no word. */
  words: number | null;
  text: number;
}

export function leakKeys(question: string, query: Query, manifest: DialectManifest): LeakKeys {
  const [words = ''] = wordShingles(question, Infinity);
  return { words: words === '' ? null : fingerprint(words), text: fingerprint(canonicalText(query, manifest)) };
}

/** The questions and statements of the evaluation splits, sixteen bytes or so each. */
export class LeakCheck {
  private readonly words = new Set<number>();
  private readonly texts = new Set<number>();

  add({ words, text }: LeakKeys): void {
    if (words !== null) this.words.add(words);
    this.texts.add(text);
  }
  /** Whether a pair to learn from gives one of them away. */
  finds({ words, text }: LeakKeys): boolean {
    return this.texts.has(text) || (words !== null && this.words.has(words));
  }
}
