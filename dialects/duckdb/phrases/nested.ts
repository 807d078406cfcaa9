import type { Phrase } from '../../../core/verbalise/phrase.js';
import { phraseLines } from '../../phrase-lines.js';

const members = phraseLines(`
  list_contains(a, {element}) → boolean predicate: {a} include {element} | {element} is among the {a} | {element} is one of the {a}
  list_has_any(a, [{element1}, {element2}]) → boolean predicate: {a} include {element1} or {element2} | at least one of {element1} and {element2} is
      among the {a}
  list_has_all(a, [{element1}, {element2}]) → boolean predicate: {a} include both {element1} and {element2} | {element1} and {element2} are both among
      the {a}
  {element} = ANY(a) → boolean predicate: {element} equals any of the {a} | any of the {a} is {element}
  a && [{element1}, {element2}] → boolean predicate: {a} overlap with the list of {element1} and {element2} | {a} share an entry with {element1} and
      {element2}
  a @> [{element}] → boolean predicate: {a} cover the list of {element} | {a} are a superset of {element}
  list_position(a, {element}) → integer: position of {element} among the {a} | place of {element} in the list of {a}
  list_extract(a, {number}) → text group: entry number {number} of the {a} | {a} entry at place {number}
  a[{number}] → text group: element {number} of the {a} | {a} element with the index {number}
  a[-1] → text group: element -1 of the {a}, the one at the end | {a} element with the index -1
  a[1:{number}] → array: elements 1 to {number} of the {a} | {a} cut to the elements 1 to {number}
  list_slice(a, 1, {number}) → array: slice of the {a} from 1 to {number} | {a} sliced from entry 1 to entry {number}
  list_first(a) → text group: first of the {a} | first entry in the {a}
  list_last(a) → text group: last of the {a} | last entry in the {a}
  list_any_value(a) → text: any known one of the {a} | some known entry in the {a}
  list_min(a) → text: alphabetically first of the {a} | entry of the {a} that comes first in the alphabet
  list_max(a) → text: alphabetically last of the {a} | entry of the {a} that comes last in the alphabet
  list_mode(a) → text: most frequent of the {a} | most common entry in the {a}
`);

const sizes = phraseLines(`
  len(a) → integer group filter=count: number of {a} | how many entries the {a} have | size of the list of {a}
  array_length(a) → integer group: array length of the {a} | length of the {a} array
  list_count(a) → integer group: number of known entries in the {a} | count of the {a} that are not missing
  list_unique(a) → integer group: number of different entries in the {a} | count of unique {a}
  list_approx_count_distinct(a) → integer: approximate number of different entries in the {a} | rough count of distinct {a}
  list_entropy(a) → number: entropy of the entries in the {a} | Shannon entropy within the {a}
  list_histogram(a) → other: histogram of the entries in the {a} | map from each of the {a} to how often it is there
`);

const reshaped = phraseLines(`
  list_sort(a) → array: {a} in sorted order | sorted list of {a} | {a} sorted
  list_reverse_sort(a) → array: {a} sorted backwards | {a} in descending order | reverse-sorted list of {a}
  list_sort(a, 'DESC') → array: {a} sorted with the order "DESC" | list of {a} sorted by "DESC"
  list_grade_up(a) → array: positions that would sort the {a} | indexes of the {a} in sorted order
  list_reverse(a) → array: {a} in reverse order | reversed list of {a} | {a} back to front
  list_distinct(a) → array: {a} without duplicates | different entries of the {a} as a list
  list_append(a, {element}) → array: {a} with {element} at the end | list of {a} and then {element}
  list_prepend({element}, a) → array: {a} with {element} in front | list of {element} and then the {a}
  list_concat(a, [{element}]) → array: {a} joined with the list of {element} | {a} concatenated with {element}
  list_intersect(a, [{element1}, {element2}]) → array: {a} that are also among {element1} and {element2} | common entries of the {a} and the list of
      {element1} and {element2}
  list_resize(a, {number}) → array: {a} brought to exactly {number} entries | list of {a} resized to {number} entries
  list_select(a, [1]) → array: {a} picked at position 1 | list of the {a} selected at position 1
  list_where(a, list_transform(a, lambda e: length(e) > {number})) → array: {a} kept where a mask of entries longer than {number} characters says so |
      {a} masked by being longer than {number}
  list_zip(a, list_grade_up(a)) → array: {a} paired with their sorting positions | pairs of the {a} and the indexes that sort them
  list_aggregate(a, {text}) → other: {text} aggregate over the {a} | {a} aggregated by {text}
  list_aggregate(a, 'count') → integer: {a} aggregated by count | count aggregate over the {a}
  list_aggregate(a, 'min') → text: {a} aggregated by min | min aggregate over the {a}
  list_aggregate(a, 'string_agg', {text}) → text: {a} aggregated by string_agg with {text} | string_agg over the {a} with {text} between
  list_string_agg(a) → text: {a} run into one text | one text of all the {a}
  array_to_string(a, {text}) → text: {a} joined with {text} | {a} in one text with {text} between them
  array_to_string(a, ', ') → text: {a} joined with ", " | {a} in one text with ", " between them
  flatten([a, [{element}]]) → array: {a} and {element} flattened into one list | flattened list of the {a} and {element}
  list_transform(a, lambda e: upper(e)) → array: {a} each in upper case | list of the {a} with every entry in capitals
  list_transform(a, lambda e: length(e)) → array: lengths of the {a} as a list | list of the length of each of the {a}
  list_transform(a, lambda e: left(e, {number})) → array: first {number} letters of each of the {a} | {a} each cut to {number} letters
  [upper(e) FOR e IN a] → array: every entry of the {a} in upper case, as a new list | list built of the upper-case form of each of the {a}
  [e FOR e IN a IF length(e) > {number}] → array: list built of those of the {a} that are longer than {number} characters | every entry of the {a}
      longer than {number} characters, as a new list
  len(list_filter(a, lambda e: length(e) > {number})) → integer: number of the {a} that are longer than {number} characters | how many of the {a} have
      more than {number} characters
  list_filter(a, lambda e: length(e) > {number}) → array: {a} longer than {number} characters | those of the {a} with more than {number} characters
  list_filter(a, lambda e: starts_with(e, {prefix})) → array: {a} that start with {prefix} | those of the {a} which start with {prefix}
  list_filter(a, lambda e: e <> {element}) → array: {a} other than {element} | {a} without {element}
  list_reduce(list_sort(a), lambda e, f: e || '/' || f) → text: sorted {a} reduced to one text with "/" between them | {a} in order, reduced by
      putting "/" between
`);

const ofNumbers = phraseLines(`
  list_sum([n1, n2]) → number: sum over the list of the {n1} and the {n2} | list total of the {n1} and the {n2}
  list_avg([n1, n2]) → number: average over the list of the {n1} and the {n2} | list average of the {n1} and the {n2}
  list_product([n1, n2]) → number: product over the list of the {n1} and the {n2} | list product of the {n1} and the {n2}
  list_median([n1, n2]) → number: median over the list of the {n1} and the {n2} | list median of the {n1} and the {n2}
  list_stddev_samp([n1, n2]) → number: standard deviation over the list of the {n1} and the {n2} | list standard deviation of the {n1} and the {n2}
  list_stddev_pop([n1, n2]) → number: population standard deviation over the list of the {n1} and the {n2}
  list_var_samp([n1, n2]) → number: variance over the list of the {n1} and the {n2} | list variance of the {n1} and the {n2}
  list_var_pop([n1, n2]) → number: population variance over the list of the {n1} and the {n2}
  list_mad([n1, n2]) → number: median absolute deviation over the list of the {n1} and the {n2}
  list_sem([n1, n2]) → number: standard error over the list of the {n1} and the {n2}
  list_value(n1, n2) → array: list value of the {n1} and the {n2} | {n1} and {n2} put into a list value
`);

const bits = phraseLines(`
  list_bit_and([i, {number}]) → integer: bitwise and over the list of the {i} and {number}
  list_bit_or([i, {number}]) → integer: bitwise or over the list of the {i} and {number}
  list_bit_xor([i, {number}]) → integer: bitwise exclusive or over the list of the {i} and {number}
`);

const truths = phraseLines(`
  list_bool_and([n > {number1}, n < {number2}]) → boolean: whether the list of conditions that the {n} is more than {number1} and less than {number2}
      is all true
  list_bool_or([n < {number1}, n > {number2}]) → boolean: whether the list of conditions that the {n} is less than {number1} or more than {number2}
      has a true one
`);

const made = phraseLines(`
  {'first': x1, 'second': x2} → struct: struct with the {x1} as first and the {x2} as second
  struct_pack(first := x1, second := x2) → struct: packed struct of the {x1} as first and the {x2} as second
  row(x1, x2) → struct: row of the {x1} and the {x2} | {x1} and {x2} as one row value
  struct_extract({'a': x}, 'a') → other: {x} taken out of a struct of its own
  range(i) → array: list of the whole numbers below the {i} | numbers from 0 up to but without the {i}
  generate_series(1, i) → array: list of the whole numbers from 1 to the {i} | series from 1 to the {i}
  len(range(i)) → integer: size of the range below the {i} | how many whole numbers lie from 0 to below the {i}
  MAP {s: x} → other: map from the {s} to the {x} | map with the {s} as key and the {x} as value
  map([s], [n]) → other: map made of the list of the {s} and the list of the {n}
  map_keys(MAP {s: n}) → array: keys of the map from the {s} to the {n}
  map_values(MAP {s: n}) → array: values of the map from the {s} to the {n}
  map_entries(MAP {s: n}) → array: entries of the map from the {s} to the {n}
  map_from_entries([{k: s, v: n}]) → other: map made from the entry of the {s} and the {n}
  map_concat(MAP {s1: n}, MAP {s2: n}) → other: map that joins those from the {s1} and from the {s2} to the {n}
  cardinality(MAP {s1: n, s2: n}) → integer: number of keys in the map of the {s1} and the {s2} to the {n}
  map_extract(list_histogram(a), {element}) → array: count of {element} in the histogram of the {a}, as a list
  map_extract_value(list_histogram(a), {element}) → integer: how often {element} is in the histogram of the {a} | count that the histogram of the {a}
      gives {element}
  map_contains(list_histogram(a), {element}) → boolean: whether the histogram of the {a} has the key {element}
  map_contains_value(list_histogram(a), {number}) → boolean: whether the histogram of the {a} has the count {number}
  map_contains_entry(list_histogram(a), {element}, {number}) → boolean: whether the histogram of the {a} counts {element} exactly {number} times
`);

export const nestedPhrases: Phrase[] = [...members, ...sizes, ...reshaped, ...ofNumbers, ...bits, ...truths, ...made];
