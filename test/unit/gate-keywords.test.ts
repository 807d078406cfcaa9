import { describe, expect, it } from 'vitest';
import { chooseGateTexts, mineGateKeywords } from '../../core/gate-keywords.js';

describe('gate keywords', () => {
  it('are those that one dialect uses and the others do not', () => {
    const mined = mineGateKeywords(
      {
        sqlite: [['SELECT', 'STRFTIME'], ['SELECT', 'STRFTIME'], ['SELECT']],
        bigquery: [['SELECT', 'UNNEST'], ['SELECT']],
      },
      3,
    );
    expect(mined).toEqual({ sqlite: ['STRFTIME'], bigquery: ['UNNEST'] });
  });

  it('are not what two dialects of three share, however rare it is in the third', () => {
    const mined = mineGateKeywords(
      {
        sqlite: [['STRFTIME'], ['GLOB'], ['STRFTIME']],
        postgres: [['DATE_TRUNC', 'ILIKE'], ['DATE_TRUNC'], ['ILIKE', 'ILIKE']],
        bigquery: [['DATE_TRUNC'], ['DATE_TRUNC'], ['UNNEST', 'DATE_TRUNC']],
      },
      16,
    );
    expect(mined).toEqual({ sqlite: ['STRFTIME', 'GLOB'], postgres: ['ILIKE'], bigquery: ['UNNEST'] });
  });

  it('come most telling first, and no more than asked for', () => {
    const rows = (counts: Record<string, number>): string[][] =>
      Array.from({ length: 10 }, (_, at) => Object.keys(counts).filter((keyword) => at < counts[keyword]!));
    const statements = { sqlite: rows({ A: 9, B: 4, C: 3, D: 8 }), postgres: rows({ A: 4, D: 7 }) };
    // A: 0.9 - 0.4, B: 0.4, C: 0.3; D is used nearly as often elsewhere.
    expect(mineGateKeywords(statements, 2).sqlite).toEqual(['A', 'B']);
    expect(mineGateKeywords(statements, 16)).toEqual({ sqlite: ['A', 'B', 'C'], postgres: [] });
  });
});

describe('the texts of a gate', () => {
  const row = (completion: string) => ({ prompt: '', completion });

  it('are rows that use a keyword as a word, as many for each keyword', () => {
    const rows = ['UPDATED_AT', "date('now')", 'a->b', 'DATE(1)', 'date(2)'].map(row);
    expect(chooseGateTexts(['DATE', '->'], rows, 4)).toEqual({
      texts: ["date('now')", 'DATE(1)', 'a->b'],
      filled: false,
    });
  });

  it('hold a row once that uses several keywords', () => {
    const rows = ['A B', 'A', 'B', 'C'].map(row);
    expect(chooseGateTexts(['A', 'B'], rows, 8).texts).toEqual(['A B', 'A', 'B']);
  });

  it('are the bare keywords where no rows are wanted', () => {
    expect(chooseGateTexts(['A', 'B', 'C'], [row('A')], 0)).toEqual({ texts: ['A', 'B', 'C'], filled: false });
  });

  it('are filled up with any rows of a dialect that has too few keywords, which is said', () => {
    const rows = ['x', 'y A', 'z', 'w'].map(row);
    expect(chooseGateTexts(['A'], rows, 3)).toEqual({ texts: ['y A', 'x', 'z'], filled: true });
    expect(chooseGateTexts([], rows, 0)).toEqual({ texts: ['x', 'y A', 'z'], filled: true });
  });
});
