import { stableId } from '../sampling/random.js';
import type { Hardness, Pair } from '../template.js';

/** Which pairs are wanted; what is left out is not asked for. Words are compared without regard to case. */
export interface PairFilter {
  database?: string | undefined;
  hardness?: Hardness | undefined;
  /** Keywords and functions that the statement uses, all of them. */
  keywords?: string[] | undefined;
  /** A part of the skeleton. */
  skeleton?: string | undefined;
  /** A part of the question or of the statement. */
  text?: string | undefined;
}

export function matchesFilter(pair: Pair, { database, hardness, keywords = [], skeleton, text }: PairFilter): boolean {
  const has = (whole: string, part: string): boolean => whole.toLowerCase().includes(part.toLowerCase());
  return (
    (database === undefined || pair.database === database) &&
    (hardness === undefined || pair.hardness === hardness) &&
    keywords.every((word) => pair.keywords.includes(word.toUpperCase())) &&
    (skeleton === undefined || has(pair.skeleton, skeleton)) &&
    (text === undefined || has(pair.question, text) || has(pair.sql, text))
  );
}

/** `count` of the items, drawn evenly, the same and in the same order for the same seed. */
export function drawSample<T extends { id: string }>(items: T[], count: number, seed: string): T[] {
  return items
    .map((item) => ({ item, place: stableId(`${seed} ${item.id}`) }))
    .sort((a, b) => (a.place < b.place ? -1 : 1))
    .slice(0, count)
    .map(({ item }) => item);
}
