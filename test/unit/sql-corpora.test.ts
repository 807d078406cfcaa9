import { describe, expect, it } from 'vitest';
import { readRate } from '../../bench/corpus/read-rate.js';
import { corpora, type Corpus } from '../../bench/corpus/statements.js';

// Every n-th statement; bench/corpus/parse-rate.ts reads all.
const sample = 1500;

/** What share of a corpus must parse; all of what does must print and parse back. */
const goals: Record<string, number> = { 'Spider train': 0.995, 'BIRD train': 0.995, 'GoogleSQL compliance': 0.985 };

function every({ statements }: Corpus): Corpus['statements'] {
  const own = statements.filter(({ beyond }) => beyond === undefined);
  const step = Math.max(1, Math.floor(own.length / sample));
  return own.filter((_, index) => index % step === 0);
}

describe('real statements', () => {
  const found = corpora();
  for (const name of Object.keys(goals).filter((each) => !found.some((corpus) => corpus.name === each)))
    it.skip(`${name} is not at hand`);

  it.each(found.filter(({ statements }) => statements.length > 0))(
    'parse, and what was read prints and parses back: $name',
    (corpus) => {
      const rate = readRate(every(corpus), corpus.dialect);
      expect(rate.unstable).toEqual([]);
      expect(rate.parsed / rate.statements).toBeGreaterThanOrEqual(goals[corpus.name] ?? 0.99);
    },
    120_000,
  );
});
