import { fingerprint } from '../sampling/random.js';
import { createMinHash, similarity, wordShingles, type MinHashOptions } from './min-hash.js';

interface Entry {
  id: string;
  question: string;
}

/** Questions asked so far, by group, and the way to one that says nearly the same. */
export interface NearQuestions {
  find(group: number, question: string): Entry | null;
  add(group: number, id: string, question: string): void;
}

/**
 * Finds questions of the same group whose 3-word shingles have at least the given Jaccard similarity. Signatures are cut into bands
 * (locality-sensitive hashing, Indyk and Motwani 1998): only questions that share a band are compared, so that the time for one question
 * does not grow with the number of those before it. A question takes about a kilobyte.
 */
export function createNearQuestions(
  threshold: number,
  { permutations = 64, ...options }: MinHashOptions = {},
): NearQuestions {
  const minHash = createMinHash({ permutations, ...options });
  const rows = rowsOfBand(threshold, permutations);
  const entries: Entry[] = [];
  /** Those of all entries one after the other: an array each would be twice as large. */
  let signatures = new Uint32Array(permutations * 256);
  /** Places of entries. Most buckets have one. */
  const buckets = new Map<number, number | number[]>();
  const keysOf = (group: number, signature: Uint32Array): number[] => {
    const of = String(group);
    return Array.from({ length: Math.floor(permutations / rows) }, (_, band) =>
      fingerprint(of, String(band), signature.subarray(band * rows, (band + 1) * rows).join()),
    );
  };
  const signatureOf = (question: string): Uint32Array => minHash(wordShingles(question, 3));
  const signatureAt = (place: number): Uint32Array =>
    signatures.subarray(place * permutations, (place + 1) * permutations);
  return {
    find(group, question) {
      const signature = signatureOf(question);
      for (const key of keysOf(group, signature)) {
        const near = [buckets.get(key) ?? []]
          .flat()
          .find((place) => similarity(signatureAt(place), signature) >= threshold);
        if (near !== undefined) return entries[near]!;
      }
      return null;
    },
    add(group, id, question) {
      const place = entries.push({ id, question }) - 1;
      const signature = signatureOf(question);
      if (signatures.length < entries.length * permutations) {
        const larger = new Uint32Array(signatures.length * 2);
        larger.set(signatures);
        signatures = larger;
      }
      signatures.set(signature, place * permutations);
      for (const key of keysOf(group, signature)) {
        const bucket = buckets.get(key);
        if (bucket === undefined) buckets.set(key, place);
        else if (Array.isArray(bucket)) bucket.push(place);
        else buckets.set(key, [bucket, place]);
      }
    },
  };
}

/** As many rows a band as still find all but one in a thousand pairs at the threshold. */
function rowsOfBand(threshold: number, permutations: number): number {
  const missed = (rows: number): number => (1 - threshold ** rows) ** Math.floor(permutations / rows);
  return [8, 4, 2].find((rows) => rows <= permutations && missed(rows) < 0.001) ?? 1;
}
