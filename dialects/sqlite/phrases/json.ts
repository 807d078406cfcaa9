import type { Phrase } from '../../../core/verbalise/phrase.js';

/** JSON. */
export const jsonPhrases: Phrase[] = [
  { sql: 'json(j)', returns: 'json', says: ['minified {j}', '{j} as compact JSON', 'compact JSON text of the {j}'] },
  {
    sql: 'json_pretty(j)',
    returns: 'text',
    says: ['pretty-printed {j}', '{j} as indented JSON', '{j} printed as JSON with line breaks'],
  },
  {
    sql: 'json_quote(x)',
    returns: 'json',
    says: ['{x} as a JSON value', '{x} written as JSON', 'JSON form of the {x}'],
  },
  {
    sql: 'json_error_position(j) = 0',
    returns: 'boolean',
    kind: 'predicate',
    says: ['{j} has no JSON error', '{j} is free of JSON errors'],
  },
  {
    sql: 'json_error_position(s)',
    returns: 'integer',
    says: ['position of the first JSON error in the {s}', 'place at which the {s} stops being JSON'],
  },
  {
    sql: "json_set(j, '$.checked', {text})",
    returns: 'json',
    says: ['{j} with checked set to {text}', '{j} after setting checked to {text}'],
  },
  {
    sql: "json_insert(j, '$.note', {text})",
    returns: 'json',
    says: ['{j} with the note {text} added if there is none', '{j} after inserting {text} as its note'],
  },
  {
    sql: 'json_replace(j, {path}, {text})',
    returns: 'json',
    says: ['{j} with its {path} replaced by {text}', '{j} after replacing its {path} with {text}'],
  },
  {
    sql: 'json_remove(j, {path})',
    returns: 'json',
    says: ['{j} without its {path}', '{j} after removing its {path}', '{j} stripped of its {path}'],
  },
  {
    sql: 'json_patch(j, {text})',
    returns: 'json',
    says: ['{j} patched with {text}', '{j} merged with the patch {text}'],
  },
  {
    sql: "json_array_insert(json_array(x1, x2), '$[0]', x3)",
    returns: 'json',
    says: [
      'JSON array of the {x1} and the {x2} with the {x3} put in front',
      'JSON array of the {x1} and the {x2} after inserting the {x3} at its start',
    ],
  },
  {
    sql: 'json_extract(j, {path})',
    returns: 'other',
    group: true,
    says: ['{path} extracted from the {j}', '{path} in the {j}', '{path} extracted from the JSON {j}'],
  },
  {
    sql: 'j ->> {key}',
    returns: 'other',
    group: true,
    says: ['{key} of the {j}', '{j} {key}', '{key} value of the {j}', '{key} under the {j}'],
  },
  {
    sql: 'j -> {key}',
    returns: 'json',
    says: ['{key} of the {j} as JSON', 'JSON under {key} of the {j}', 'raw JSON {key} of the {j}'],
  },
  {
    sql: 'json_type(j, {path})',
    returns: 'text',
    group: true,
    says: ['JSON type of {path} of the {j}', 'kind of JSON value under {path} of the {j}'],
  },
  {
    sql: 'json_type(j)',
    returns: 'text',
    group: true,
    says: ['JSON type of the {j}', 'kind of JSON value in the {j}'],
  },
  {
    sql: 'json_array_length(j, {path})',
    under: 'array',
    returns: 'integer',
    says: ['number of elements in {path} of the {j}', 'length of the JSON array {path} of the {j}'],
  },
  {
    sql: 'json_array_length(j)',
    returns: 'integer',
    filter: 'count',
    says: ['number of elements in the {j}', 'length of the JSON array {j}', 'number of {j}'],
  },
  {
    sql: 'json_valid(j)',
    returns: 'boolean',
    kind: 'predicate',
    says: ['{j} is valid JSON', '{j} holds well-formed JSON'],
  },
  {
    sql: 'json_object({text1}, x1, {text2}, x2)',
    returns: 'json',
    says: ['JSON object with {text1} for the {x1} and {text2} for the {x2}'],
  },
  {
    sql: 'json_array(x1, x2)',
    returns: 'json',
    says: ['JSON array of the {x1} and the {x2}', '{x1} and the {x2} as a JSON array'],
  },
];
