import { phraseLines } from '../../phrase-lines.js';

/** JSONB: JSON in its binary form. Functions that read JSON read it too, so it counts as JSON. */
export const binaryJsonPhrases = phraseLines(`
  octet_length(jsonb(j)) → integer filter=number: size of the {j} as JSONB in bytes | bytes that the {j} takes as binary JSON
  jsonb(j) → json: {j} as JSONB | JSONB of the {j} | {j} in binary JSON
  jsonb_extract(j, {path}) → other: {path} extracted as JSONB from the {j} | {path} taken from the {j} by JSONB
  jsonb_array(x1, x2) → json: JSONB array of the {x1} and the {x2} | {x1} and the {x2} as a JSONB array
  jsonb_object({text1}, x1, {text2}, x2) → json: JSONB object with {text1} for the {x1} and {text2} for the {x2}
  jsonb_set(j, '$.checked', {text}) → json: {j} as JSONB with checked set to {text} | JSONB of the {j} after setting checked to {text}
  jsonb_insert(j, '$.note', {text}) → json: {j} as JSONB with the note {text} added if there is none | JSONB of the {j} after inserting {text} as its
      note
  jsonb_replace(j, {path}, {text}) → json: {j} as JSONB with its {path} replaced by {text} | JSONB of the {j} after replacing its {path} with {text}
  jsonb_remove(j, {path}) → json: {j} as JSONB without its {path} | JSONB of the {j} after removing its {path}
  jsonb_patch(j, {text}) → json: {j} as JSONB patched with {text} | JSONB of the {j} merged with the patch {text}
  jsonb_array_insert(jsonb_array(x1, x2), '$[0]', x3) → json: JSONB array of the {x1} and the {x2} with the {x3} put in front
  jsonb_group_array(x) → json aggregate: JSONB array of the {x} | {x} values as a JSONB array
  jsonb_group_object(s, x) → json aggregate: JSONB object from the {s} to the {x} | JSONB object with the {s} as keys and the {x} as values
`);
