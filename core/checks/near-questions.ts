import { createMinHash, similarity, wordShingles, type MinHashOptions } from './min-hash.js';

interface Entry {
  id: string;
  question: string;
  signature: Uint32Array;
}

/** Questions asked so far, by group, and the way to one that says nearly the same. */
export interface NearQuestions {
  find(group: string, question: string): Pick<Entry, 'id' | 'question'> | null;
  add(group: string, id: string, question: string): void;
}

/**
 * Finds questions of the same group whose 3-word shingles have at least the given Jaccard similarity. Signatures are cut into bands
 * (locality-sensitive hashing, Indyk and Motwani 1998): only questions that share a band are compared, so that the time for one question
 * does not grow with the number of those before it.
 */
export function createNearQuestions(
  threshold: number,
  { permutations = 64, ...options }: MinHashOptions = {},
): NearQuestions {
  const minHash = createMinHash({ permutations, ...options });
  const rows = rowsOfBand(threshold, permutations);
  const buckets = new Map<string, Entry[]>();
  const keysOf = (group: string, signature: Uint32Array): string[] =>
    Array.from(
      { length: Math.floor(permutations / rows) },
      (_, band) => `${group}\u0000${band}\u0000${signature.slice(band * rows, (band + 1) * rows).join()}`,
    );
  const signatureOf = (question: string): Uint32Array => minHash(wordShingles(question, 3));
  return {
    find(group, question) {
      const signature = signatureOf(question);
      for (const key of keysOf(group, signature)) {
        const near = buckets.get(key)?.find((entry) => similarity(entry.signature, signature) >= threshold);
        if (near !== undefined) return near;
      }
      return null;
    },
    add(group, id, question) {
      const entry = { id, question, signature: signatureOf(question) };
      for (const key of keysOf(group, entry.signature)) {
        const bucket = buckets.get(key);
        if (bucket === undefined) buckets.set(key, [entry]);
        else bucket.push(entry);
      }
    },
  };
}

/** As many rows a band as still find all but one in a thousand pairs at the threshold. */
function rowsOfBand(threshold: number, permutations: number): number {
  const missed = (rows: number): number => (1 - threshold ** rows) ** Math.floor(permutations / rows);
  return [8, 4, 2].find((rows) => rows <= permutations && missed(rows) < 0.001) ?? 1;
}
