import type { Phrase } from '../../../core/verbalise/phrase.js';

/** Aggregates. */
export const aggregatePhrases: Phrase[] = [
  {
    sql: 'COUNT(DISTINCT s COLLATE NOCASE)',
    returns: 'integer',
    kind: 'aggregate',
    says: ['number of different {s} values regardless of case', 'count of distinct {s} values ignoring case'],
  },
  {
    sql: 'percentile_cont(n, {number})',
    returns: 'number',
    kind: 'aggregate',
    says: ['interpolated {number} quantile of the {n}', 'continuous {number} quantile of the {n}'],
  },
  {
    sql: 'percentile_disc(n, {number})',
    returns: 'number',
    kind: 'aggregate',
    says: ['discrete {number} quantile of the {n}', '{number} quantile of the {n} among its own values'],
  },
  {
    sql: 'total(n)',
    returns: 'number',
    kind: 'aggregate',
    says: [
      'total of the {n} (zero if there is none)',
      'floating-point total of the {n}',
      'grand total of the {n} counting none as zero',
    ],
  },
  {
    sql: 'group_concat(x, {text})',
    returns: 'text',
    kind: 'aggregate',
    says: [
      'list of the {x} joined by {text}',
      '{x} values joined with {text}',
      'all {x} values in one text separated by {text}',
    ],
  },
  {
    sql: 'group_concat(DISTINCT x)',
    returns: 'text',
    kind: 'aggregate',
    says: ['comma-separated list of the different {x}', 'different {x} values joined by commas'],
  },
  {
    sql: 'group_concat(x)',
    returns: 'text',
    kind: 'aggregate',
    says: [
      'comma-separated list of the {x}',
      '{x} values joined by commas',
      'all {x} values in one comma-separated text',
    ],
  },
  {
    sql: 'string_agg(x, {text})',
    returns: 'text',
    kind: 'aggregate',
    says: ['string of the {x} strung together with {text}', '{x} values strung together with {text}'],
  },
  { sql: 'median(n)', returns: 'number', kind: 'aggregate', says: ['median {n}', 'middle {n}', 'median of the {n}'] },
  {
    sql: 'percentile(n, {number})',
    returns: 'number',
    kind: 'aggregate',
    says: ['{number}th percentile of the {n}', '{number} percent quantile of the {n}'],
  },
  {
    sql: 'json_group_array(x)',
    returns: 'json',
    kind: 'aggregate',
    says: ['JSON array of the {x}', '{x} values as a JSON array', 'all {x} values collected in a JSON array'],
  },
  {
    sql: 'json_group_object(s, x)',
    returns: 'json',
    kind: 'aggregate',
    says: ['JSON object from the {s} to the {x}', 'JSON object with the {s} as keys and the {x} as values'],
  },
];
