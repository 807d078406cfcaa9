/** A source of reproducible choices: the same seed always gives the same sequence, on every machine. */
export interface Random {
  /** A number in [0, 1). */
  next(): number;
  /** An integer in [0, n). */
  below(n: number): number;
  chance(probability: number): boolean;
  pick<T>(items: readonly T[]): T;
  shuffle<T>(items: readonly T[]): T[];
  /** An independent sequence for a named part, so that a change in one part leaves the others as they were. */
  fork(label: string): Random;
}

/** FNV-1a with 32 bits (Fowler, Noll, Vo), over UTF-16 code units. */
export function hash32(text: string, basis = 0x811c9dc5): number {
  let hash = basis;
  for (let i = 0; i < text.length; i += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  }
  return hash >>> 0;
}

/** Sixteen hexadecimal digits from two differently seeded FNV-1a hashes, finished by MurmurHash3's mixer: ids of templates and pairs. */
export function stableId(...parts: string[]): string {
  return twoHashes(parts)
    .map((hash) => hash.toString(16).padStart(8, '0'))
    .join('');
}

/**
 * An integer of 53 bits to remember a text by where the text itself would take too much memory. Among a million texts two have the same
 * one with a probability of 1 in 18,000.
 */
export function fingerprint(...parts: string[]): number {
  const [high, low] = twoHashes(parts);
  return high! * 2 ** 21 + (low! >>> 11);
}

function twoHashes(parts: string[]): number[] {
  const text = parts.join('\u0000');
  return [0x811c9dc5, 0x9747b28c].map((basis) => mix(hash32(text, basis)));
}

function mix(value: number): number {
  let h = value;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Mulberry32 (Tommy Ettinger, public domain): 32 bits of state, passes gjrand, more than enough for sampling. */
export function createRandom(seed: string | number): Random {
  const origin = String(seed);
  let state = mix(hash32(origin));
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (n: number): number => Math.floor(next() * n);
  return {
    next,
    below,
    chance: (probability) => next() < probability,
    pick: (items) => {
      if (items.length === 0) throw new RangeError('Cannot pick from nothing.');
      return items[below(items.length)]!;
    },
    shuffle: (items) => {
      const copy = [...items];
      for (let i = copy.length - 1; i > 0; i -= 1) {
        const j = below(i + 1);
        [copy[i], copy[j]] = [copy[j]!, copy[i]!];
      }
      return copy;
    },
    fork: (label) => createRandom(`${origin}/${label}`),
  };
}
