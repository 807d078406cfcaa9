import type { Phrase } from '../../../core/verbalise/phrase.js';
import { phraseLines } from '../../phrase-lines.js';

const statistics = phraseLines(`
  median(n) → number aggregate: median {n} | median of the {n} | middle value of the {n}
  median(d) → date aggregate: median {d} | middle of all the {d} values
  mode(x) → other aggregate: most frequent {x} | most common {x} value | {x} that occurs most often
  quantile_cont(n, {fraction}) → number aggregate: {fraction} quantile of the {n}, interpolated | interpolated quantile {fraction} of the {n}
  quantile_cont(n, 0.25) → number aggregate: lower quartile of the {n}, 0.25 | 0.25 quantile of the {n}, interpolated
  quantile_cont(n, 0.75) → number aggregate: upper quartile of the {n}, 0.75 | 0.75 quantile of the {n}, interpolated
  quantile_cont(n, 0.9) → number aggregate: 0.9 quantile of the {n}, interpolated | interpolated quantile 0.9 of the {n}
  quantile_disc(n, {fraction}) → number aggregate: {fraction} quantile among the actual {n} values | actual {n} value at the quantile {fraction}
  quantile_disc(n, 0.9) → number aggregate: 0.9 quantile among the actual {n} values | actual {n} value at the quantile 0.9
  quantile_disc(n, 0.1) → number aggregate: 0.1 quantile among the actual {n} values | actual {n} value at the quantile 0.1
  percentile_cont(0.5) WITHIN GROUP (ORDER BY n) → number aggregate: continuous 0.5 percentile of the ordered {n} | 0.5 percentile within the ordered
      {n}, interpolated
  percentile_disc(0.5) WITHIN GROUP (ORDER BY n) → number aggregate: discrete 0.5 percentile of the ordered {n} | actual value at the 0.5 percentile
      within the ordered {n}
  approx_quantile(n, 0.5) → number aggregate: approximate 0.5 quantile of the {n} | 0.5 quantile of the {n}, roughly
  approx_count_distinct(x) → integer aggregate: approximate number of different {x} values | rough number of distinct {x} values
  approx_top_k(x, {number}) → array aggregate: approximately {number} most frequent {x} values as a list | rough top {number} of the {x} values
  stddev(n) → number aggregate: standard deviation of the {n} | {n} standard deviation
  stddev_pop(n) → number aggregate: population standard deviation of the {n} | standard deviation of the {n} over the whole population
  variance(n) → number aggregate: variance of the {n} | {n} variance
  var_pop(n) → number aggregate: population variance of the {n} | variance of the {n} over the whole population
  sem(n) → number aggregate: standard error of the {n} | standard error of the mean of the {n}
  mad(n) → number aggregate: median absolute deviation of the {n} | {n} median absolute deviation
  skewness(n) → number aggregate: skewness of the {n} | skew of the {n}
  kurtosis(n) → number aggregate: kurtosis of the {n} | excess kurtosis of the {n}
  kurtosis_pop(n) → number aggregate: population kurtosis of the {n} | kurtosis of the {n} without bias correction
  entropy(x) → number aggregate: entropy of the {x} values | Shannon entropy of the {x}
  product(n) → number aggregate: product of all the {n} values | all {n} values multiplied
  product(1 + n / 1000) → number aggregate: product of 1 plus the {n} divided by 1000 over all rows
  geomean(n) → number aggregate: geometric mean of the {n} | {n} geometric mean
  weighted_avg(n1, n2) → number aggregate: average {n1} weighted by the {n2} | weighted average of the {n1} with the {n2} as weight
  corr(n1, n2) → number aggregate: correlation of the {n1} with the {n2} | correlation between the {n1} and the {n2}
  covar_pop(n1, n2) → number aggregate: population covariance of the {n1} and the {n2} | covariance of the {n1} and the {n2} over the whole population
  covar_samp(n1, n2) → number aggregate: sample covariance of the {n1} and the {n2} | covariance of the {n1} and the {n2} in the sample
  regr_slope(n1, n2) → number aggregate: slope of the line that predicts the {n1} from the {n2} | regression slope of the {n1} on the {n2}
  regr_intercept(n1, n2) → number aggregate: intercept of the line that predicts the {n1} from the {n2} | regression intercept of the {n1} on the {n2}
  regr_r2(n1, n2) → number aggregate: coefficient of determination of the {n1} on the {n2} | R squared of the regression of the {n1} on the {n2}
  regr_count(n1, n2) → integer aggregate: number of rows with both the {n1} and the {n2} known, for a regression | count of pairs of the {n1} and the
      {n2} for a regression
  regr_avgx(n1, n2) → number aggregate: mean of the {n2} as the predictor of the {n1} | regression average of x, the {n2}, for the {n1}
  regr_avgy(n1, n2) → number aggregate: mean of the {n1} as predicted from the {n2} | regression average of y, the {n1}, for the {n2}
  regr_sxx(n1, n2) → number aggregate: sum of squares of the {n2} in the regression of the {n1} | regression sum of squares of x, the {n2}, for the
      {n1}
  regr_syy(n1, n2) → number aggregate: sum of squares of the {n1} in the regression on the {n2} | regression sum of squares of y, the {n1}, for the
      {n2}
  regr_sxy(n1, n2) → number aggregate: sum of products of the {n1} and the {n2} in their regression | regression sum of cross products of the {n1} and
      the {n2}
`);

const choosing = phraseLines(`
  arg_max(x1, n) → other aggregate: {x1} with the highest {n} | {x1} at which the {n} is greatest | {x1} where the {n} is highest
  arg_min(x1, n) → other aggregate: {x1} with the lowest {n} | {x1} at which the {n} is smallest | {x1} where the {n} is lowest
  arg_max(x1, d) → other aggregate: {x1} with the latest {d} | {x1} at which the {d} is most recent
  arg_min(x1, d) → other aggregate: {x1} with the earliest {d} | {x1} at which the {d} is oldest
  arg_max(s, n, {number}) → array aggregate: {number} {s} values with the highest {n} as a list | list of the {number} {s} values where the {n} is
      highest
  arg_min(s, n, {number}) → array aggregate: {number} {s} values with the lowest {n} as a list | list of the {number} {s} values where the {n} is
      lowest
  arg_max_null(x1, n) → other aggregate: {x1}, even a missing one, with the highest {n} | possibly missing {x1} where the {n} is highest
  arg_min_null(x1, n) → other aggregate: {x1}, even a missing one, with the lowest {n} | possibly missing {x1} where the {n} is lowest
  arg_max_nulls_last(x1, n) → other aggregate: {x1} with the highest {n}, missing ones last | {x1} where the {n} is highest with missing values last
  arg_min_nulls_last(x1, n) → other aggregate: {x1} with the lowest {n}, missing ones last | {x1} where the {n} is lowest with missing values last
  first(x ORDER BY n) → other aggregate: first {x} in the order of the {n} | {x} that comes first when ordered by the {n}
  last(x ORDER BY n) → other aggregate: last {x} in the order of the {n} | {x} that comes last when ordered by the {n}
  first(x ORDER BY d) → other aggregate: first {x} in the order of the {d} | {x} that comes first when ordered by the {d}
  last(x ORDER BY d) → other aggregate: last {x} in the order of the {d} | {x} that comes last when ordered by the {d}
  any_value(x) → other aggregate: any one {x} | some {x} value
`);

const counting = phraseLines(`
  count_if(b) → integer aggregate: number of rows whose {b} is true | count of those with true {b}
  count_if(n > {number}) → integer aggregate: number of rows with the {n} greater than {number} | count of those whose {n} is more than {number}
  count_if(x IS NULL) → integer aggregate: number of rows with missing {x} | count of those without {x}
  bool_and(x IS NOT NULL) → boolean aggregate: whether every {x} is known, none missing | whether no {x} is missing
  bool_and(b) → boolean aggregate: whether the {b} is true of all | whether all have true {b}
  bool_or(b) → boolean aggregate: whether the {b} is true of any | whether at least one has true {b}
  bool_or(n > {number}) → boolean aggregate: whether any {n} is greater than {number} | whether at least one {n} is more than {number}
  bit_and(i) → integer aggregate: bitwise and of all the {i} values | bits that all the {i} values share
  bit_or(i) → integer aggregate: bitwise or of all the {i} values | bits that any of the {i} values has
  bit_xor(i) → integer aggregate: bitwise exclusive or of all the {i} values | parity of the bits of all the {i} values
  histogram(x) → other aggregate: histogram of the {x} | map from each {x} value to its number of rows | count of rows by {x} in one map
  histogram_exact(n, [{number1}, {number2}]) → other aggregate: histogram of the {n} over the exact values {number1} and {number2} | count of the {n}
      values {number1} and {number2} and others in one map
`);

const gathering = phraseLines(`
  string_agg(s, {text}) → text aggregate: {s} values joined with {text} | all {s} values in one text with {text} between them | {s} values in one text
      separated by {text}
  string_agg(DISTINCT s, {text}) → text aggregate: different {s} values joined with {text} | all distinct {s} values in one text with {text} between
      them
  string_agg(s, ', ') → text aggregate: {s} values joined with ", " | all {s} values in one text with ", " between them
  string_agg(DISTINCT s, ', ') → text aggregate: different {s} values joined with ", " | all distinct {s} values in one text with ", " between them
  string_agg(s, ', ' ORDER BY s) → text aggregate: {s} values in alphabetical order joined with ", " | alphabetically ordered {s} values in one text
      with ", " between them
  list(DISTINCT x) → array aggregate: list of the different {x} values | distinct {x} values as a list | list of the unique {x} values
  list(x ORDER BY x) → array aggregate: sorted list of all the {x} values | all {x} values as an ordered list
  list(x ORDER BY d) → array aggregate: list of the {x} values in the order of the {d} | {x} values as a list ordered by the {d}
  list(x) → array aggregate: list of all the {x} values | all {x} values as a list | {x} values gathered in a list
  array_agg(DISTINCT x) → array aggregate: array of the different {x} values | distinct {x} values as an array
  array_agg(x) → array aggregate: array of all the {x} values | all {x} values as an array
  json_group_array(x) → json aggregate: JSON array of all the {x} values | all {x} values gathered in a JSON array
  json_group_object(s, x) → json aggregate: JSON object with the {s} values as keys and the {x} values in it | JSON object from {s} to {x}
  json_group_structure(j) → json aggregate: common JSON structure of all the {j} values | structure that all the {j} documents share
`);

const windows = phraseLines(`
  first_value(x) → other window statement: first {x} in the window
`);

export const aggregatePhrases: Phrase[] = [...statistics, ...choosing, ...counting, ...gathering, ...windows];
