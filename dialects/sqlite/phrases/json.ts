import { phraseLines } from '../../phrase-lines.js';

/** JSON. */
export const jsonPhrases = phraseLines(`
  json(j) → json: minified {j} | {j} as compact JSON | compact JSON text of the {j}
  json_pretty(j) → text: pretty-printed {j} | {j} as indented JSON | {j} printed as JSON with line breaks
  json_quote(x) → json: {x} as a JSON value | {x} written as JSON | JSON form of the {x}
  json_error_position(j) = 0 → boolean predicate: {j} has no JSON error | {j} is free of JSON errors
  json_error_position(s) → integer: position of the first JSON error in the {s} | place at which the {s} stops being JSON
  json_set(j, '$.checked', {text}) → json: {j} with checked set to {text} | {j} after setting checked to {text}
  json_insert(j, '$.note', {text}) → json: {j} with the note {text} added if there is none | {j} after inserting {text} as its note
  json_replace(j, {path}, {text}) → json: {j} with its {path} replaced by {text} | {j} after replacing its {path} with {text}
  json_remove(j, {path}) → json: {j} without its {path} | {j} after removing its {path} | {j} stripped of its {path}
  json_patch(j, {text}) → json: {j} patched with {text} | {j} merged with the patch {text}
  json_array_insert(json_array(x1, x2), '$[0]', x3) → json: JSON array of the {x1} and the {x2} with the {x3} put in front | JSON array of the {x1}
      and the {x2} after inserting the {x3} at its start
  json_extract(j, {path}) → other group: {path} extracted from the {j} | {path} in the {j} | {path} extracted from the JSON {j}
  j ->> {key} → other group: {key} of the {j} | {j} {key} | {key} value of the {j} | {key} under the {j}
  j -> {key} → json: {key} of the {j} as JSON | JSON under {key} of the {j} | raw JSON {key} of the {j}
  json_type(j, {path}) → text group: JSON type of {path} of the {j} | kind of JSON value under {path} of the {j}
  json_type(j) → text group: JSON type of the {j} | kind of JSON value in the {j}
  json_array_length(j, {path}) → integer under=array: number of elements in {path} of the {j} | length of the JSON array {path} of the {j}
  json_array_length(j) → integer filter=count: number of elements in the {j} | length of the JSON array {j} | number of {j}
  json_valid(j) → boolean predicate: {j} is valid JSON | {j} holds well-formed JSON
  json_object({text1}, x1, {text2}, x2) → json: JSON object with {text1} for the {x1} and {text2} for the {x2}
  json_array(x1, x2) → json: JSON array of the {x1} and the {x2} | {x1} and the {x2} as a JSON array
`);
