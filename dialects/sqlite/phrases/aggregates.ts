import { phraseLines } from '../../phrase-lines.js';

/** Aggregates. */
export const aggregatePhrases = phraseLines(`
  COUNT(DISTINCT s COLLATE NOCASE) → integer aggregate: number of different {s} values regardless of case | count of distinct {s} values ignoring case
  percentile_cont(n, {number}) → number aggregate: interpolated {number} quantile of the {n} | continuous {number} quantile of the {n}
  percentile_disc(n, {number}) → number aggregate: discrete {number} quantile of the {n} | {number} quantile of the {n} among its own values
  total(n) → number aggregate: total of the {n} (zero if there is none) | floating-point total of the {n} | grand total of the {n} counting none as
      zero
  group_concat(x, {text}) → text aggregate: list of the {x} joined by {text} | {x} values joined with {text} | all {x} values in one text separated by
      {text}
  group_concat(DISTINCT x) → text aggregate: comma-separated list of the different {x} | different {x} values joined by commas
  group_concat(x) → text aggregate: comma-separated list of the {x} | {x} values joined by commas | all {x} values in one comma-separated text
  string_agg(x, {text}) → text aggregate: string of the {x} strung together with {text} | {x} values strung together with {text}
  median(n) → number aggregate: median {n} | middle {n} | median of the {n}
  percentile(n, {number}) → number aggregate: {number}th percentile of the {n} | {number} percent quantile of the {n}
  json_group_array(x) → json aggregate: JSON array of the {x} | {x} values as a JSON array | all {x} values collected in a JSON array
  json_group_object(s, x) → json aggregate: JSON object from the {s} to the {x} | JSON object with the {s} as keys and the {x} as values
`);
