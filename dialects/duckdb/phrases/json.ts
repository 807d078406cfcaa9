import type { Phrase } from '../../../core/verbalise/phrase.js';
import { phraseLines } from '../../phrase-lines.js';

const reached = phraseLines(`
  j ->> {path} → text group: {path} in the {j} | {path} of the {j} | {j} {path}
  json_extract_string(j, {path}) → text group: {path} taken as text from the {j} | {path} extracted as text from the {j}
  json_value(j, {path}) → text group: plain value of the {path} in the {j} | value of {path} in the {j}
  (j ->> {path})::INTEGER → integer under=number: {path} in the {j} as a whole number | whole number under {path} in the {j}
  (j ->> {path})::DOUBLE → number under=number: {path} in the {j} as a number | number under {path} in the {j}
  j -> {path} → json: JSON under {path} in the {j} | JSON value of {path} in the {j}
  json_extract(j, {path}) → json: {path} extracted as JSON from the {j} | JSON extracted at {path} from the {j}
  json_exists(j, {path}) → boolean predicate: {j} have a {path} | there is a {path} in the {j} | {path} exists in the {j}
  json_contains(j, {text}) → boolean predicate: {j} contain the JSON {text}
  json_type(j, {path}) → text group: JSON type of the {path} in the {j} | kind of JSON value that {path} in the {j} is
  json_array_length(j, {path}) → integer under=array: number of elements of the {path} in the {j} | length of the JSON array {path} in the {j}
`);

const whole = phraseLines(`
  json_type(j) → text group: JSON type of the {j} | kind of JSON value that the {j} is
  json_keys(j) → array: keys of the {j} | names of the fields in the {j} | list of the keys in the {j}
  len(json_keys(j)) → integer group: number of keys in the {j} | how many fields the {j} have
  json_array_length(j) → integer: number of elements in the {j} | length of the JSON array in the {j}
  json_valid(j) → boolean: whether the {j} are valid JSON | JSON validity of the {j}
  json_structure(j) → json group: structure of the {j} | JSON structure of the {j} with types | shape of the {j}
  json_pretty(j) → text: {j} printed prettily | pretty-printed {j} | {j} with line breaks and indents
  json(j) → json: {j} as minified JSON | compact JSON form of the {j}
  json_merge_patch(j, '{"checked": true}') → json: {j} patched with {"checked": true}
  from_json(j, '"JSON"') → json: {j} read back with the structure "JSON"
  from_json_strict(j, '"JSON"') → json: {j} strictly read back with the structure "JSON"
  json_transform(j, '"JSON"') → json: {j} transformed by the structure "JSON"
  json_transform_strict(j, '"JSON"') → json: {j} strictly transformed by the structure "JSON"
`);

const made = phraseLines(`
  json_object('a', x1, 'b', x2) → json: JSON object with the {x1} under "a" and the {x2} under "b"
  json_object({text1}, x1, {text2}, x2) → json: JSON object with the {x1} under {text1} and the {x2} under {text2}
  json_array(x1, x2) → json: JSON array of the {x1} and the {x2} | {x1} and {x2} in a JSON array
  to_json(x) → json: {x} as JSON | JSON value of the {x} | {x} turned into JSON
  to_json(a) → json: {a} as a JSON array | JSON array of the {a}
  row_to_json(row(x1, x2)) → json: row of the {x1} and the {x2} as JSON | JSON object of the row of the {x1} and the {x2}
`);

export const jsonPhrases: Phrase[] = [...reached, ...whole, ...made];
