import { createRandom, hash32 } from '../sampling/random.js';

export interface MinHashOptions {
  permutations?: number;
  seed?: string | number;
}

// The largest prime below 2³², so that a·x + b mod p permutes the 32-bit hashes.
const prime = 4294967291n;

/** Makes a MinHash signature of a set; the same options give comparable signatures. */
export type MinHash = (items: ReadonlySet<string>) => Uint32Array;

/**
 * MinHash (Broder 1997): the share of equal positions of two signatures estimates the Jaccard similarity of their sets, with a standard
 * error of about 1/√permutations.
 */
export function createMinHash({ permutations = 64, seed = 0 }: MinHashOptions = {}): MinHash {
  const random = createRandom(`min-hash/${seed}`);
  const draw = () => BigInt(1 + random.below(4294967290));
  const functions = Array.from({ length: permutations }, () => ({ a: draw(), b: draw() }));
  return (items) => {
    const hashes = [...items].map((item) => BigInt(hash32(item)));
    const least = (a: bigint, b: bigint) =>
      hashes.reduce((min, x) => Math.min(min, Number((a * x + b) % prime)), 0xffffffff);
    return Uint32Array.from(functions, ({ a, b }) => least(a, b));
  };
}

/** Estimated Jaccard similarity of the sets that two signatures were made of, 0…1. */
export function similarity(a: Uint32Array, b: Uint32Array): number {
  let equal = 0;
  for (let index = 0; index < a.length; index += 1) if (a[index] === b[index]) equal += 1;
  return a.length === 0 ? 0 : equal / a.length;
}

/** The runs of `size` words of a text, lower case and without punctuation; the whole text where it is shorter. */
export function wordShingles(text: string, size: number): Set<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+(?:[.'’-][\p{L}\p{N}]+)*/gu) ?? [];
  if (words.length <= size) return new Set([words.join(' ')]);
  return new Set(
    Array.from({ length: words.length - size + 1 }, (_, start) => words.slice(start, start + size).join(' ')),
  );
}
