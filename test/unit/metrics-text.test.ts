import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bleuTokens, corpusBleu } from '../../core/metrics/bleu.js';
import { exactMatch } from '../../core/metrics/exact-match.js';
import { bigquery } from '../../dialects/bigquery/dialect.js';
import { postgres } from '../../dialects/postgres/dialect.js';
import { sqlite } from '../../dialects/sqlite/dialect.js';

const pair = (candidate: string, reference: string) => ({
  candidate: candidate.split(' '),
  reference: reference.split(' '),
});

describe('BLEU', () => {
  it("gives the worked example of the paper's clipping", () => {
    expect(corpusBleu([pair('the the the the the the the', 'the cat is on the mat')], 1)).toBeCloseTo(2 / 7, 12);
  });

  it('multiplies precisions, and punishes what is too short', () => {
    expect(corpusBleu([pair('a b c', 'a b d')])).toBeCloseTo(Math.sqrt((2 / 3) * (1 / 2)), 12);
    expect(corpusBleu([pair('a b', 'a b c d')])).toBeCloseTo(Math.exp(1 - 4 / 2), 12);
    expect(corpusBleu([pair('x y', 'a b')])).toBe(0);
  });

  it('sums over the corpus, not over the sentences', () => {
    expect(corpusBleu([pair('a b', 'a b'), pair('c d', 'x y')])).toBeCloseTo(Math.sqrt((2 / 4) * (1 / 2)), 12);
  });

  it('is 1 exactly for the references themselves, and never above', () => {
    const sentence = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 2, maxLength: 10 });
    fc.assert(
      fc.property(fc.array(fc.tuple(sentence, sentence), { minLength: 1 }), (pairs) => {
        expect(corpusBleu(pairs.map(([reference]) => ({ candidate: reference, reference })))).toBeCloseTo(1, 12);
        const score = corpusBleu(pairs.map(([candidate, reference]) => ({ candidate, reference })));
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1 + 1e-12);
      }),
    );
  });

  it('cuts statements into tokens however broken they are', () => {
    expect(bleuTokens("SELECT a.b FROM t WHERE x>='it''s' AND")).toEqual([
      'select',
      'a',
      '.',
      'b',
      'from',
      't',
      'where',
      'x',
      '>',
      '=',
      "'it''s'",
      'and',
    ]);
  });
});

describe('exact match', () => {
  it.each([
    ['SELECT a FROM t WHERE b!=1', 'select  A from T where (B <> 1);', sqlite, true],
    ["SELECT a FROM t WHERE b = 'X'", "SELECT a FROM t WHERE b = 'x'", sqlite, false],
    ['SELECT a FROM t', 'SELECT a, b FROM t', sqlite, false],
    ['SELECT "A" FROM t', 'SELECT a FROM t', postgres, false],
    ['SELECT "a" FROM t', 'SELECT A FROM T', postgres, true],
    ['SELECT `a` FROM T', 'SELECT a FROM t', bigquery, false],
    ['SELEC a  FROM t', 'SELEC a FROM t', sqlite, true],
  ])('%s | %s', (gold, predicted, dialect, expected) => {
    expect(exactMatch(gold, predicted, dialect)).toBe(expected);
  });
});
