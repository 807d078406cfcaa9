import { phraseLines } from '../../phrase-lines.js';

/** Aggregates. */
export const aggregatesPhrases = phraseLines(`
  any_value(x) → other aggregate: any one {x} | {x} of just any row
  every(b) → boolean aggregate: answer to whether {b} holds throughout | truth of {b} in all rows without exception
  bool_and(b) → boolean aggregate: answer to {b} for every row | check for all rows {b}
  bool_or(b) → boolean aggregate: answer for at least one row to {b} | check for any row {b}
  bit_and(i) → integer aggregate: bits that all {i} values have | bitwise AND of the {i}
  bit_or(i) → integer aggregate: bits that some {i} value has | bitwise OR of the {i}
  bit_xor(i) → integer aggregate: bits that an odd number of {i} values have | bitwise XOR of the {i}
  stddev_pop(n) → number aggregate: population standard deviation of the {n} | standard deviation of the {n} over the whole population
  stddev_samp(n) → number aggregate: sample standard deviation of the {n} | standard deviation of the {n} as of a sample
  var_pop(n) → number aggregate: population variance of the {n} | variance of the {n} over the whole population
  var_samp(n) → number aggregate: sample variance of the {n} | variance of the {n} as of a sample
  covar_pop(n1, n2) → number aggregate: population covariance of the {n1} and the {n2} | covariance of the {n1} with the {n2} over the whole population
  covar_samp(n1, n2) → number aggregate: sample covariance of the {n1} and the {n2} | covariance of the {n1} with the {n2} as of a sample
  corr(n1, n2) → number aggregate: correlation of the {n1} with the {n2} | correlation between the {n1} and the {n2}
  regr_slope(n1, n2) → number aggregate: slope of the regression line of the {n1} on the {n2} | rise of the {n1} for each unit of the {n2} by linear
      regression
  regr_intercept(n1, n2) → number aggregate: intercept of the regression line of the {n1} on the {n2} | {n1} at a {n2} of zero by linear regression
  regr_r2(n1, n2) → number aggregate: coefficient of determination of the {n1} on the {n2} | R squared of the {n1} against the {n2}
  regr_count(n1, n2) → integer aggregate: number of rows with both the {n1} and the {n2} known | count of rows that have both a {n1} and a {n2}
  regr_avgx(n1, n2) → number aggregate: average of the {n2} as what the {n1} depends on | mean of the independent {n2} over the rows with both it and the {n1}
  regr_avgy(n1, n2) → number aggregate: average of the {n1} as what depends on the {n2} | mean of the dependent {n1} over the rows with both it and the {n2}
  regr_sxx(n1, n2) → number aggregate: sum of squares of the independent {n2} about its mean beside the {n1} | squared deviations of the {n2}, on which
      the {n1} depends, summed up
  regr_syy(n1, n2) → number aggregate: sum of squares of the dependent {n1} about its mean beside the {n2} | squared deviations of the {n1}, which
      depends on the {n2}, summed up
  regr_sxy(n1, n2) → number aggregate: sum of the products of the deviations of the {n1} and the {n2} | deviations of the {n1} times those of the {n2},
      summed up
  percentile_disc({fraction}) WITHIN GROUP (ORDER BY n) → number aggregate: {fraction} quantile of the {n} that really occurs | discrete percentile
      {fraction} of the {n}
  percentile_cont(0.9) WITHIN GROUP (ORDER BY n) → number aggregate: 90th percentile of the {n} | {n} below which 90 % of the values lie
  mode() WITHIN GROUP (ORDER BY x) → other aggregate: most frequent {x} | most common {x} | usual {x}
  json_agg(x) → json aggregate: plain JSON array of the {x} | {x} values gathered in a plain json array
  json_agg_strict(x) → json aggregate: plain JSON array of the known {x} | known {x} values gathered in a plain json array
  jsonb_agg_strict(x) → json aggregate: JSON array of the known {x} | known {x} values as a JSON array
  json_object_agg(COALESCE(s, {text}), x) → json aggregate: plain JSON object from the {s}, or {text} where it is missing, to the {x} | plain json
      object of {x} values by {s}, a missing one being {text}
  jsonb_object_agg(COALESCE(s, {text}), x) → json aggregate: JSON object from the {s}, or {text} where it is missing, to the {x} | JSON object of {x}
      values by {s}, a missing one being {text}
  json_object_agg_strict(COALESCE(s, ''), x) → json aggregate: plain JSON object from the {s} to each known {x} | plain json object of the known {x}
      values by {s}
  jsonb_object_agg_strict(COALESCE(s, ''), x) → json aggregate: JSON object from the {s} to each known {x} | JSON object of the known {x} values by {s}
  json_object_agg_unique(i::text, x) → json aggregate statement: plain JSON object from each different {i} to the {x} | plain json object of {x} values
      by unique {i}
  jsonb_object_agg_unique(i::text, x) → json aggregate statement: JSON object from each different {i} to the {x} | JSON object of {x} values by unique {i}
  json_object_agg_unique_strict(i::text, x) → json aggregate statement: plain JSON object from each different {i} to each known {x} | plain json object
      of the known {x} values by unique {i}
  jsonb_object_agg_unique_strict(i::text, x) → json aggregate statement: JSON object from each different {i} to each known {x} | JSON object of the
      known {x} values by unique {i}
  xmlagg(xmltext(s)) → other aggregate: {s} values strung together as XML text | XML made of all {s} values
  range_agg(daterange(d::date, d::date + 7)) → other aggregate: weeks from each {d} on merged into ranges | time covered by the 7 days from each {d}
  range_intersect_agg(numrange(0, n::numeric)) → other aggregate: range that lies between 0 and every {n} | common part of the ranges from 0 to each {n}
  string_agg(DISTINCT s, {text}) → text aggregate: list of the different {s} joined by {text} | different {s} values joined with {text}
  percentile_cont(0.5) WITHIN GROUP (ORDER BY n) → number aggregate: median (0.5 quantile) of the {n} | median (quantile 0.5) of the {n}
  percentile_cont({fraction}) WITHIN GROUP (ORDER BY n) → number aggregate: {fraction} quantile of the {n} | continuous percentile {fraction} of the {n}
  string_agg(s, {text}) → text aggregate: list of the {s} joined by {text} | {s} values joined with {text} | all {s} values in one text separated by {text}
  array_agg(DISTINCT x) → array aggregate: array of the different {x} | different {x} values collected in an array
  array_agg(x) → array aggregate: array of the {x} | {x} values collected in an array | all {x} values as an array
  jsonb_agg(x) → json aggregate: JSON array of the {x} | {x} values as a JSON array | all {x} values collected in a JSON array
  jsonb_object_agg(s, x) → json aggregate: JSON object from the {s} to the {x} | JSON object with the {s} as keys and the {x} as values
  percentile_cont(0.5) WITHIN GROUP (ORDER BY n) → number aggregate: median {n} | middle {n} | median of the {n}
  percentile_disc(0.5) WITHIN GROUP (ORDER BY n) → number aggregate: discrete median of the {n} | median {n} that really occurs
  stddev(n) → number aggregate: standard deviation of the {n} | spread of the {n} as a standard deviation
  variance(n) → number aggregate: variance of the {n} | statistical variance of the {n}
`);
