import type { Phrase } from '../../../core/verbalise/phrase.js';

/** JSONB: JSON in its binary form. Functions that read JSON read it too, so it counts as JSON. */
export const binaryJsonPhrases: Phrase[] = [
  {
    sql: 'octet_length(jsonb(j))',
    returns: 'integer',
    filter: 'number',
    says: ['size of the {j} as JSONB in bytes', 'bytes that the {j} takes as binary JSON'],
  },
  { sql: 'jsonb(j)', returns: 'json', says: ['{j} as JSONB', 'JSONB of the {j}', '{j} in binary JSON'] },
  {
    sql: 'jsonb_extract(j, {path})',
    returns: 'other',
    says: ['{path} extracted as JSONB from the {j}', '{path} taken from the {j} by JSONB'],
  },
  {
    sql: 'jsonb_array(x1, x2)',
    returns: 'json',
    says: ['JSONB array of the {x1} and the {x2}', '{x1} and the {x2} as a JSONB array'],
  },
  {
    sql: 'jsonb_object({text1}, x1, {text2}, x2)',
    returns: 'json',
    says: ['JSONB object with {text1} for the {x1} and {text2} for the {x2}'],
  },
  {
    sql: "jsonb_set(j, '$.checked', {text})",
    returns: 'json',
    says: ['{j} as JSONB with checked set to {text}', 'JSONB of the {j} after setting checked to {text}'],
  },
  {
    sql: "jsonb_insert(j, '$.note', {text})",
    returns: 'json',
    says: [
      '{j} as JSONB with the note {text} added if there is none',
      'JSONB of the {j} after inserting {text} as its note',
    ],
  },
  {
    sql: 'jsonb_replace(j, {path}, {text})',
    returns: 'json',
    says: [
      '{j} as JSONB with its {path} replaced by {text}',
      'JSONB of the {j} after replacing its {path} with {text}',
    ],
  },
  {
    sql: 'jsonb_remove(j, {path})',
    returns: 'json',
    says: ['{j} as JSONB without its {path}', 'JSONB of the {j} after removing its {path}'],
  },
  {
    sql: 'jsonb_patch(j, {text})',
    returns: 'json',
    says: ['{j} as JSONB patched with {text}', 'JSONB of the {j} merged with the patch {text}'],
  },
  {
    sql: "jsonb_array_insert(jsonb_array(x1, x2), '$[0]', x3)",
    returns: 'json',
    says: ['JSONB array of the {x1} and the {x2} with the {x3} put in front'],
  },
  {
    sql: 'jsonb_group_array(x)',
    returns: 'json',
    kind: 'aggregate',
    says: ['JSONB array of the {x}', '{x} values as a JSONB array'],
  },
  {
    sql: 'jsonb_group_object(s, x)',
    returns: 'json',
    kind: 'aggregate',
    says: ['JSONB object from the {s} to the {x}', 'JSONB object with the {s} as keys and the {x} as values'],
  },
];
