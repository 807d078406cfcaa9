import { phraseLines } from '../../phrase-lines.js';

/** Arrays, and what gives several rows. */
export const arraysPhrases = phraseLines(`
  array_prepend(s, a) → array: {a} with the {s} added in front | {a} with the {s} put first
  array_cat(a, string_to_array(s, ' ')) → array: {a} followed by the words of the {s} | {a} with each word of the {s} appended
  array_replace(a, {element}, {text}) → array: {a} with {element} changed to {text} | {a} after replacing {element} by {text}
  array_positions(a, {element}) → array: positions of {element} in the {a} | all places at which {element} stands in the {a}
  array_reverse(a) → array: {a} in reverse order | {a} from last to first
  array_sort(a) → array: {a} sorted | {a} in sorted order
  array_upper(a, 1) → integer: upper bound of the {a} | index of the last of the {a}
  array_lower(a, 1) → integer: lower bound of the {a} | index of the first of the {a}
  array_dims(a) → text group: bounds of the {a} as text | dimensions of the {a} written out
  array_ndims(a) → integer group: number of dimensions of the {a} | how many dimensions the {a} has
  array_fill(s, ARRAY[2]) → array: array of twice the {s} | two-element array filled with the {s}
  trim_array(a, LEAST(cardinality(a), 1)) → array: {a} without the last one | {a} with the last element cut off
  generate_subscripts(a, 1) → other: indexes of the {a}, one a row | each index of the {a}
  unnest(a) → text group: each of the {a} | single elements of the {a} | {a} one by one
  a[array_upper(a, 1)] → text: last of the {a} | last element of the {a} by its index
  ARRAY[{element}] <@ a → boolean predicate: {element} is contained in the {a} | list with only {element} is part of the {a}
  generate_series(1, LEAST(i, 3)) → other: whole numbers from 1 to the {i} but at most to 3 | count from 1 up to the {i}, stopping at 3
  num_nonnulls(x1, x2) → integer group: number of known values among the {x1} and the {x2} | how many of the {x1} and the {x2} are known
  a @> ARRAY[{element}] → boolean predicate: {a} contain {element} | {a} include the element {element}
  num_nulls(x1, x2) → integer: number of missing values among the {x1} and the {x2}
  pg_typeof(x) → text: data type of the {x} | type of the {x} in the database
  cardinality(a) → integer filter=count: number of {a} | number of elements in the {a} | size of the {a} array
  array_length(a, 1) → integer filter=count: array length of the {a} | length of the {a} array
  array_to_string(a, {text}) → text: {a} joined by {text} | {a} as one text separated by {text} | {a} joined into a text with {text}
  array_position(a, {element}) → integer: position of {element} in the {a} | place of {element} among the {a}
  array_remove(a, {element}) → array: {a} without {element} | {a} after removing {element}
  array_append(a, s) → array: {a} with the {s} added at the end | {a} extended by the {s}
  a[1] → text: first of the {a} | first element of the {a} | first entry in the {a}
  {element} = ANY(a) → boolean predicate: {element} is one of the {a} | {element} is among the {a} | any of the {a} is {element}
  a && ARRAY[{element1}, {element2}] → boolean predicate: {a} share an element with {element1} or {element2}
`);
