import type { Random } from '../sampling/random.js';

export const styles = [
  'formal',
  'imperative',
  'question',
  'polite',
  'terse',
  'telegraphic',
  'casual',
  'report',
  'vague',
] as const;

/** How somebody asks. Every style says all that the statement needs: `vague` is vague in tone, not in content. */
export type Style = (typeof styles)[number];

/** One question's habits, decided once so that it is of one piece. */
export interface Voice {
  style: Style;
  random: Random;
  /** `customer's name` rather than `name of the customer`. */
  possessive: boolean;
  quote: '' | "'" | '"';
  /** Inside another sentence: no phrase that must open one. */
  nested: boolean;
}

export function createVoice(style: Style, random: Random): Voice {
  const quote = random.pick(style === 'formal' ? (["'", '"'] as const) : (["'", '"', '', ''] as const));
  return { style, random, possessive: random.chance(0.5), quote, nested: false };
}

/** A construct for which there are no words: the template is left out rather than asked for badly. */
export class Unreadable extends Error {}

/** `the` before a noun phrase, unless it starts with a word that takes none. */
export function the(phrase: string): string {
  return /^(whether|the|an?|each|all|its|their|today|no|nothing|one|those|this|current|['"\d(-])\b|^['"\d(-]/i.test(
    phrase,
  )
    ? phrase
    : `the ${phrase}`;
}
