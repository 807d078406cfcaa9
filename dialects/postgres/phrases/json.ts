import { phraseLines } from '../../phrase-lines.js';

/** JSON and JSON paths. */
export const jsonPhrases = phraseLines(`
  jsonb_array_length(jsonb_path_query_array(j, '$.*')) → integer filter=number: number of values in the {j} | how many values the {j} holds
  jsonb_array_elements(jsonb_path_query_array(j, '$.*')) → other: values of the {j}, one a row | each JSON value of the {j} on its own row
  jsonb_array_elements_text(jsonb_path_query_array(j, '$.*')) → other: values of the {j} as text, one a row | each value of the {j} as text on its own row
  jsonb_path_query_array(j, '$.*') → json: array of all values in the {j} | values of the {j} as a JSON array
  jsonb_path_query_array_tz(j, '$.*') → json: array of all values in the {j} with time zones heeded | values of the {j} as a JSON array, dates by time zone
  jsonb_path_query(j, '$.*') → other: what the path to every value finds in the {j}, one a row | each value that a JSON path finds in the {j}
  jsonb_path_query_tz(j, '$.*') → other: what the path to every value finds in the {j} with time zones heeded | each value that a JSON path by time zone
      finds in the {j}
  jsonb_path_query_first(j, '$.*') → json: first value that a JSON path finds in the {j} | first JSON value of the {j}
  jsonb_path_query_first_tz(j, '$.*') → json: first value that a JSON path by time zone finds in the {j} | first JSON value of the {j} with time zones heeded
  jsonb_path_exists(j, '$.* ? (@.type() == "number")') → boolean predicate: {j} has a number among its values | some value of the {j} is a number
  jsonb_path_exists_tz(j, '$.* ? (@.type() == "string")') → boolean predicate: {j} has a text among its values, time zones heeded | some value of the
      {j} is a text by a path that heeds time zones
  jsonb_path_match(j, 'exists($.* ? (@.type() == "string"))') → boolean predicate: path that asks for a text is true of the {j} | JSON path finds it
      true that the {j} holds a text
  jsonb_path_match_tz(j, 'exists($.* ? (@.type() == "number"))') → boolean predicate: path that asks for a number is true of the {j}, time zones heeded
      | JSON path by time zone finds it true that the {j} holds a number
  jsonb_extract_path(j, {key}) → json: what the path {key} leads to in the {j} | JSON at {key} in the {j}
  jsonb_extract_path_text(j, {key}) → text group: text that the path {key} leads to in the {j} | text at {key} in the {j}
  json_extract_path(j::json, {key}) → json: what the path {key} leads to in the plain JSON of the {j} | plain JSON at {key} in the {j}
  json_extract_path_text(j::json, {key}) → text: text that the path {key} leads to in the plain JSON of the {j} | text at {key} in the plain JSON of the {j}
  j #>> ARRAY[{key}] → text group: text under the path {key} of the {j} | {key} reached by a path in the {j}
  j #> ARRAY[{key}] → json: JSON under the path {key} of the {j} | JSON {key} reached by a path in the {j}
  j - {key} → json: {j} without its {key} | {j} after removing the key {key}
  jsonb_object_keys(j) → other: keys of the {j}, one a row | each key in the {j}
  json_object_keys(j::json) → other: keys in the plain JSON of the {j}, one a row | each key in the plain JSON of the {j}
  jsonb_each(j) → other: pairs of key and value in the {j}, one a row | each entry of the {j} as key and value
  jsonb_each_text(j) → other: pairs of key and text in the {j}, one a row | each entry of the {j} as key and text
  json_each(j::json) → other: pairs of key and value in the plain JSON of the {j}, one a row | each entry in the plain JSON of the {j} as key and value
  json_each_text(j::json) → other: pairs of key and text in the plain JSON of the {j}, one a row | each entry in the plain JSON of the {j} as key and text
  json_typeof(j::json) → text group: kind of value in the plain JSON of the {j} | plain JSON type of the {j}
  jsonb_build_array(x1, x2) → json: JSON array with the {x1} and the {x2} | JSON list of the {x1} and the {x2}
  json_build_array(x1, x2) → json: plain JSON array with the {x1} and the {x2} | plain JSON list of the {x1} and the {x2}
  json_build_object({text1}, x1, {text2}, x2) → json: plain JSON object with {text1} for the {x1} and {text2} for the {x2} | plain JSON of the {x1} as
      {text1} and the {x2} as {text2}
  jsonb_object(ARRAY[COALESCE(s1, '')], ARRAY[s2]) → json: JSON object with the {s1} as its key and the {s2} as its value | JSON object that maps the
      {s1} to the {s2}
  json_object(ARRAY[COALESCE(s1, '')], ARRAY[s2]) → json: plain JSON object with the {s1} as its key and the {s2} as its value | plain JSON object that
      maps the {s1} to the {s2}
  jsonb_set(j, ARRAY['checked'], 'true') → json: {j} with checked set to true | {j} after setting checked to true
  jsonb_set_lax(j, ARRAY['checked'], 'false') → json: {j} with checked set to false | {j} after setting checked to false
  jsonb_insert(j, ARRAY['added'], '1') → json: {j} with 1 inserted under added | {j} after inserting 1 as added
  jsonb_pretty(j) → text: {j} indented for reading | pretty-printed {j}
  jsonb_strip_nulls(j) → json: {j} without members that are null | {j} after dropping its null members
  json_strip_nulls(j::json) → json: plain JSON of the {j} without members that are null | plain JSON of the {j} after dropping null members
  to_jsonb(x) → json: {x} as a JSON value | JSON value of the {x}
  to_json(x) → json: {x} as a plain JSON value | plain JSON value of the {x}
  array_to_json(a) → json: {a} as a JSON array | JSON array of the {a} elements
  json_array_length(array_to_json(a)) → integer filter=number: length of the {a} as a plain JSON array | how many elements the plain JSON of the {a} has
  json_array_elements(array_to_json(a)) → other: elements of the {a} as JSON values, one a row | each JSON value among the {a}
  json_array_elements_text(array_to_json(a)) → other: elements of the {a} by way of JSON as texts, one a row | each text in the plain JSON of the {a}
  row_to_json(ROW(x1, x2)) → json: row of the {x1} and the {x2} as JSON | JSON of a row with the {x1} and the {x2}
  j <@ '{}' → boolean predicate: {j} is empty | {j} has no member at all
  j @> '{}' → boolean predicate: {j} is a JSON object | {j} is an object with any members
  j ->> {key} → text group: {key} of the {j} | {j} {key} | {key} value of the {j} | {key} under the {j}
  j -> {key} → json: {key} of the {j} as JSON | JSON under {key} of the {j} | raw JSON {key} of the {j}
  j ? {key} → boolean predicate: {j} has the key {key} | {j} contains a key {key}
  j @> {text} → boolean predicate statement: {j} contains the JSON {text}
  jsonb_typeof(j) → text group: JSON type of the {j} | kind of JSON value in the {j}
  jsonb_typeof(j -> {key}) → text group statement: JSON type of {key} of the {j} | kind of JSON value under {key} of the {j}
  jsonb_array_length(j -> {key}) → integer under=array: number of elements in {key} of the {j} | length of the JSON array {key} of the {j}
  jsonb_build_object({text1}, x1, {text2}, x2) → json: JSON object with {text1} for the {x1} and {text2} for the {x2}
  jsonb_array_length(j) → integer filter=count: number of elements in the {j} | length of the {j} list
`);
