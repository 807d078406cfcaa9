import type { Phrase } from '../../../core/verbalise/phrase.js';
import { aggregate, reading } from './reading.js';

const statistics: Phrase[] = [
  aggregate('median(n)', 'number', 'median {n} | median of the {n} | middle value of the {n}'),
  aggregate('median(d)', 'date', 'median {d} | middle of all the {d} values'),
  aggregate('mode(x)', 'other', 'most frequent {x} | most common {x} value | {x} that occurs most often'),
  aggregate(
    'quantile_cont(n, {fraction})',
    'number',
    '{fraction} quantile of the {n}, interpolated | interpolated quantile {fraction} of the {n}',
  ),
  aggregate(
    'quantile_cont(n, 0.25)',
    'number',
    'lower quartile of the {n}, 0.25 | 0.25 quantile of the {n}, interpolated',
  ),
  aggregate(
    'quantile_cont(n, 0.75)',
    'number',
    'upper quartile of the {n}, 0.75 | 0.75 quantile of the {n}, interpolated',
  ),
  aggregate(
    'quantile_cont(n, 0.9)',
    'number',
    '0.9 quantile of the {n}, interpolated | interpolated quantile 0.9 of the {n}',
  ),
  aggregate(
    'quantile_disc(n, {fraction})',
    'number',
    '{fraction} quantile among the actual {n} values | actual {n} value at the quantile {fraction}',
  ),
  aggregate(
    'quantile_disc(n, 0.9)',
    'number',
    '0.9 quantile among the actual {n} values | actual {n} value at the quantile 0.9',
  ),
  aggregate(
    'quantile_disc(n, 0.1)',
    'number',
    '0.1 quantile among the actual {n} values | actual {n} value at the quantile 0.1',
  ),
  aggregate(
    'percentile_cont(0.5) WITHIN GROUP (ORDER BY n)',
    'number',
    'continuous 0.5 percentile of the ordered {n} | 0.5 percentile within the ordered {n}, interpolated',
  ),
  aggregate(
    'percentile_disc(0.5) WITHIN GROUP (ORDER BY n)',
    'number',
    'discrete 0.5 percentile of the ordered {n} | actual value at the 0.5 percentile within the ordered {n}',
  ),
  aggregate(
    'approx_quantile(n, 0.5)',
    'number',
    'approximate 0.5 quantile of the {n} | 0.5 quantile of the {n}, roughly',
  ),
  aggregate(
    'approx_count_distinct(x)',
    'integer',
    'approximate number of different {x} values | rough number of distinct {x} values',
  ),
  aggregate(
    'approx_top_k(x, {number})',
    'array',
    'approximately {number} most frequent {x} values as a list | rough top {number} of the {x} values',
  ),
  aggregate('stddev(n)', 'number', 'standard deviation of the {n} | {n} standard deviation'),
  aggregate(
    'stddev_pop(n)',
    'number',
    'population standard deviation of the {n} | standard deviation of the {n} over the whole population',
  ),
  aggregate('variance(n)', 'number', 'variance of the {n} | {n} variance'),
  aggregate('var_pop(n)', 'number', 'population variance of the {n} | variance of the {n} over the whole population'),
  aggregate('sem(n)', 'number', 'standard error of the {n} | standard error of the mean of the {n}'),
  aggregate('mad(n)', 'number', 'median absolute deviation of the {n} | {n} median absolute deviation'),
  aggregate('skewness(n)', 'number', 'skewness of the {n} | skew of the {n}'),
  aggregate('kurtosis(n)', 'number', 'kurtosis of the {n} | excess kurtosis of the {n}'),
  aggregate(
    'kurtosis_pop(n)',
    'number',
    'population kurtosis of the {n} | kurtosis of the {n} without bias correction',
  ),
  aggregate('entropy(x)', 'number', 'entropy of the {x} values | Shannon entropy of the {x}'),
  aggregate('product(n)', 'number', 'product of all the {n} values | all {n} values multiplied'),
  aggregate('product(1 + n / 1000)', 'number', 'product of 1 plus the {n} divided by 1000 over all rows'),
  aggregate('geomean(n)', 'number', 'geometric mean of the {n} | {n} geometric mean'),
  aggregate(
    'weighted_avg(n1, n2)',
    'number',
    'average {n1} weighted by the {n2} | weighted average of the {n1} with the {n2} as weight',
  ),
  aggregate(
    'corr(n1, n2)',
    'number',
    'correlation of the {n1} with the {n2} | correlation between the {n1} and the {n2}',
  ),
  aggregate(
    'covar_pop(n1, n2)',
    'number',
    'population covariance of the {n1} and the {n2} | covariance of the {n1} and the {n2} over the whole population',
  ),
  aggregate(
    'covar_samp(n1, n2)',
    'number',
    'sample covariance of the {n1} and the {n2} | covariance of the {n1} and the {n2} in the sample',
  ),
  aggregate(
    'regr_slope(n1, n2)',
    'number',
    'slope of the line that predicts the {n1} from the {n2} | regression slope of the {n1} on the {n2}',
  ),
  aggregate(
    'regr_intercept(n1, n2)',
    'number',
    'intercept of the line that predicts the {n1} from the {n2} | regression intercept of the {n1} on the {n2}',
  ),
  aggregate(
    'regr_r2(n1, n2)',
    'number',
    'coefficient of determination of the {n1} on the {n2} | R squared of the regression of the {n1} on the {n2}',
  ),
  aggregate(
    'regr_count(n1, n2)',
    'integer',
    'number of rows with both the {n1} and the {n2} known, for a regression | count of pairs of the {n1} and the {n2} for a regression',
  ),
  aggregate(
    'regr_avgx(n1, n2)',
    'number',
    'mean of the {n2} as the predictor of the {n1} | regression average of x, the {n2}, for the {n1}',
  ),
  aggregate(
    'regr_avgy(n1, n2)',
    'number',
    'mean of the {n1} as predicted from the {n2} | regression average of y, the {n1}, for the {n2}',
  ),
  aggregate(
    'regr_sxx(n1, n2)',
    'number',
    'sum of squares of the {n2} in the regression of the {n1} | regression sum of squares of x, the {n2}, for the {n1}',
  ),
  aggregate(
    'regr_syy(n1, n2)',
    'number',
    'sum of squares of the {n1} in the regression on the {n2} | regression sum of squares of y, the {n1}, for the {n2}',
  ),
  aggregate(
    'regr_sxy(n1, n2)',
    'number',
    'sum of products of the {n1} and the {n2} in their regression | regression sum of cross products of the {n1} and the {n2}',
  ),
];

const choosing: Phrase[] = [
  aggregate(
    'arg_max(x1, n)',
    'other',
    '{x1} with the highest {n} | {x1} at which the {n} is greatest | {x1} where the {n} is highest',
  ),
  aggregate(
    'arg_min(x1, n)',
    'other',
    '{x1} with the lowest {n} | {x1} at which the {n} is smallest | {x1} where the {n} is lowest',
  ),
  aggregate('arg_max(x1, d)', 'other', '{x1} with the latest {d} | {x1} at which the {d} is most recent'),
  aggregate('arg_min(x1, d)', 'other', '{x1} with the earliest {d} | {x1} at which the {d} is oldest'),
  aggregate(
    'arg_max(s, n, {number})',
    'array',
    '{number} {s} values with the highest {n} as a list | list of the {number} {s} values where the {n} is highest',
  ),
  aggregate(
    'arg_min(s, n, {number})',
    'array',
    '{number} {s} values with the lowest {n} as a list | list of the {number} {s} values where the {n} is lowest',
  ),
  aggregate(
    'arg_max_null(x1, n)',
    'other',
    '{x1}, even a missing one, with the highest {n} | possibly missing {x1} where the {n} is highest',
  ),
  aggregate(
    'arg_min_null(x1, n)',
    'other',
    '{x1}, even a missing one, with the lowest {n} | possibly missing {x1} where the {n} is lowest',
  ),
  aggregate(
    'arg_max_nulls_last(x1, n)',
    'other',
    '{x1} with the highest {n}, missing ones last | {x1} where the {n} is highest with missing values last',
  ),
  aggregate(
    'arg_min_nulls_last(x1, n)',
    'other',
    '{x1} with the lowest {n}, missing ones last | {x1} where the {n} is lowest with missing values last',
  ),
  aggregate(
    'first(x ORDER BY n)',
    'other',
    'first {x} in the order of the {n} | {x} that comes first when ordered by the {n}',
  ),
  aggregate(
    'last(x ORDER BY n)',
    'other',
    'last {x} in the order of the {n} | {x} that comes last when ordered by the {n}',
  ),
  aggregate(
    'first(x ORDER BY d)',
    'other',
    'first {x} in the order of the {d} | {x} that comes first when ordered by the {d}',
  ),
  aggregate(
    'last(x ORDER BY d)',
    'other',
    'last {x} in the order of the {d} | {x} that comes last when ordered by the {d}',
  ),
  aggregate('any_value(x)', 'other', 'any one {x} | some {x} value'),
];

const counting: Phrase[] = [
  aggregate('count_if(b)', 'integer', 'number of rows whose {b} is true | count of those with true {b}'),
  aggregate(
    'count_if(n > {number})',
    'integer',
    'number of rows with the {n} greater than {number} | count of those whose {n} is more than {number}',
  ),
  aggregate('count_if(x IS NULL)', 'integer', 'number of rows with missing {x} | count of those without {x}'),
  aggregate(
    'bool_and(x IS NOT NULL)',
    'boolean',
    'whether every {x} is known, none missing | whether no {x} is missing',
  ),
  aggregate('bool_and(b)', 'boolean', 'whether the {b} is true of all | whether all have true {b}'),
  aggregate('bool_or(b)', 'boolean', 'whether the {b} is true of any | whether at least one has true {b}'),
  aggregate(
    'bool_or(n > {number})',
    'boolean',
    'whether any {n} is greater than {number} | whether at least one {n} is more than {number}',
  ),
  aggregate('bit_and(i)', 'integer', 'bitwise and of all the {i} values | bits that all the {i} values share'),
  aggregate('bit_or(i)', 'integer', 'bitwise or of all the {i} values | bits that any of the {i} values has'),
  aggregate(
    'bit_xor(i)',
    'integer',
    'bitwise exclusive or of all the {i} values | parity of the bits of all the {i} values',
  ),
  aggregate(
    'histogram(x)',
    'other',
    'histogram of the {x} | map from each {x} value to its number of rows | count of rows by {x} in one map',
  ),
  aggregate(
    'histogram_exact(n, [{number1}, {number2}])',
    'other',
    'histogram of the {n} over the exact values {number1} and {number2} | count of the {n} values {number1} and {number2} and others in one map',
  ),
];

const gathering: Phrase[] = [
  aggregate(
    'string_agg(s, {text})',
    'text',
    '{s} values joined with {text} | all {s} values in one text with {text} between them | {s} values in one text separated by {text}',
  ),
  aggregate(
    'string_agg(DISTINCT s, {text})',
    'text',
    'different {s} values joined with {text} | all distinct {s} values in one text with {text} between them',
  ),
  aggregate(
    "string_agg(s, ', ')",
    'text',
    '{s} values joined with ", " | all {s} values in one text with ", " between them',
  ),
  aggregate(
    "string_agg(DISTINCT s, ', ')",
    'text',
    'different {s} values joined with ", " | all distinct {s} values in one text with ", " between them',
  ),
  aggregate(
    "string_agg(s, ', ' ORDER BY s)",
    'text',
    '{s} values in alphabetical order joined with ", " | alphabetically ordered {s} values in one text with ", " between them',
  ),
  aggregate(
    'list(DISTINCT x)',
    'array',
    'list of the different {x} values | distinct {x} values as a list | list of the unique {x} values',
  ),
  aggregate('list(x ORDER BY x)', 'array', 'sorted list of all the {x} values | all {x} values as an ordered list'),
  aggregate(
    'list(x ORDER BY d)',
    'array',
    'list of the {x} values in the order of the {d} | {x} values as a list ordered by the {d}',
  ),
  aggregate(
    'list(x)',
    'array',
    'list of all the {x} values | all {x} values as a list | {x} values gathered in a list',
  ),
  aggregate('array_agg(DISTINCT x)', 'array', 'array of the different {x} values | distinct {x} values as an array'),
  aggregate('array_agg(x)', 'array', 'array of all the {x} values | all {x} values as an array'),
  aggregate(
    'json_group_array(x)',
    'json',
    'JSON array of all the {x} values | all {x} values gathered in a JSON array',
  ),
  aggregate(
    'json_group_object(s, x)',
    'json',
    'JSON object with the {s} values as keys and the {x} values in it | JSON object from {s} to {x}',
  ),
  aggregate(
    'json_group_structure(j)',
    'json',
    'common JSON structure of all the {j} values | structure that all the {j} documents share',
  ),
];

const windows: Phrase[] = [
  reading('first_value(x)', 'other', 'first {x} in the window', { kind: 'window', idiomOnly: true }),
];

export const aggregatePhrases: Phrase[] = [...statistics, ...choosing, ...counting, ...gathering, ...windows];
