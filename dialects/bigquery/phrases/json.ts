import { phraseLines } from '../../phrase-lines.js';

/** JSON: reading, changing, converting. */
export const jsonPhrases = phraseLines(`
  JSON_EXTRACT(j, {path}) → json: part {path} of the {j} by the older extraction | {path} extracted as JSON from the {j}
  JSON_EXTRACT_SCALAR(j, {path}) → text: scalar {path} extracted from the {j} | extracted scalar {path} of the {j}
  JSON_EXTRACT_ARRAY(j, {path}) → array under=array: array {path} extracted from the {j} | elements of {path} extracted from the {j}
  JSON_EXTRACT_STRING_ARRAY(j, {path}) → array under=array: text array {path} extracted from the {j} | {path} extracted from the {j} as an array of texts
  JSON_QUERY_ARRAY(j, {path}) → array under=array: JSON elements of {path} in the {j} | array of JSON values in {path} of the {j}
  JSON_KEYS(j) → array: keys of the {j} | names of all keys in the {j} | which keys the {j} has
  JSON_SET(j, '$.checked', true) → json: {j} with $.checked set to true | {j} after setting $.checked to true
  JSON_SET(j, '$.source', s) → json: {j} with $.source set to the {s} | {j} after setting $.source to the {s}
  JSON_REMOVE(j, {path}) → json: {j} without {path} | {j} with {path} removed
  JSON_STRIP_NULLS(j) → json: {j} without its null members | {j} with nulls stripped
  JSON_ARRAY_APPEND(JSON_ARRAY(x1), '$', x2) → json: JSON array $ of the {x1} with the {x2} appended | {x2} appended to the JSON array $ of the {x1}
  JSON_ARRAY_INSERT(JSON_ARRAY(x1), '$[0]', x2) → json: JSON array of the {x1} with the {x2} inserted at $[0] | {x2} inserted at $[0] before the {x1} in a JSON array
  PARSE_JSON(TO_JSON_STRING(x)) → json: JSON parsed back from the JSON text of the {x} | {x} written as JSON text and parsed again
  LAX_INT64(TO_JSON(n)) → integer: whole number of the JSON {n}, leniently | {n} as JSON read leniently as a whole number
  LAX_FLOAT64(TO_JSON(n)) → number: decimal number of the JSON {n}, leniently | {n} as JSON read leniently as a decimal number
  LAX_BOOL(TO_JSON(b)) → boolean: truth of the JSON {b}, leniently | {b} as JSON read leniently as true or false
  LAX_STRING(TO_JSON(x)) → text: text of the JSON {x}, leniently | {x} as JSON read leniently as text
  SAFE.INT64(TO_JSON(i)) → integer: whole number of the JSON {i} if there is one | {i} as JSON safely turned to a whole number
  SAFE.FLOAT64(TO_JSON(n)) → number: decimal number of the JSON {n} if there is one | {n} as JSON safely turned to a decimal number
  SAFE.BOOL(TO_JSON(b)) → boolean: truth of the JSON {b} if there is one | {b} as JSON safely turned to true or false
  SAFE.STRING(TO_JSON(s)) → text: text of the JSON {s} if there is one | {s} as JSON safely turned to text
  JSON_QUERY_ARRAY(JSON_ARRAY(x1, x2)) → array statement: elements of the JSON array of the {x1} and the {x2} | JSON array of the {x1} and the {x2} taken apart
  JSON_VALUE_ARRAY(JSON_ARRAY(x1, x2)) → array statement: text values of the JSON array of the {x1} and the {x2} | {x1} and {x2} out of a JSON array as texts
  JSON_EXTRACT_ARRAY(JSON_ARRAY(x1, x2)) → array statement: elements extracted from the JSON array of the {x1} and the {x2} | extracted array of the {x1} and the {x2} in JSON
  JSON_EXTRACT_STRING_ARRAY(JSON_ARRAY(x1, x2)) → array statement: texts extracted from the JSON array of the {x1} and the {x2} | extracted text array of the {x1} and the {x2} in JSON
`);
