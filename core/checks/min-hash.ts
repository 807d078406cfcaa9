import { createRandom, hash32 } from '../sampling/random.js';

export interface MinHashOptions {
  permutations?: number;
  seed?: string | number;
}

/** Makes a MinHash signature of a set; the same options give comparable signatures. */
export type MinHash = (items: ReadonlySet<string>) => Uint32Array;

/**
 * MinHash (Broder 1997): the share of equal positions of two signatures estimates the Jaccard similarity of their sets, with a standard
 * error of about 1/√permutations. An affine step by two drawn numbers and MurmurHash3's mixer stand in for each permutation.
 */
export function createMinHash({ permutations = 64, seed = 0 }: MinHashOptions = {}): MinHash {
  const random = createRandom(`min-hash/${seed}`);
  const draw = () => Uint32Array.from({ length: permutations }, () => random.below(4294967296));
  const [factors, offsets] = [draw().map((factor) => factor | 1), draw()];
  return (items) => {
    const signature = new Uint32Array(permutations).fill(0xffffffff);
    for (const item of items) {
      const hash = hash32(item);
      for (let index = 0; index < permutations; index += 1) {
        let mixed = Math.imul(hash, factors[index]!) + offsets[index]!;
        mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
        mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
        mixed = (mixed ^ (mixed >>> 16)) >>> 0;
        if (mixed < signature[index]!) signature[index] = mixed;
      }
    }
    return signature;
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
