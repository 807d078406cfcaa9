import { phraseLines } from '../../phrase-lines.js';

/** Arrays and structs. */
export const arrayPhrases = phraseLines(`
  SAFE.ARRAY_FIRST(a) → other: first element of the {a} by array_first | leading element of the {a}
  SAFE.ARRAY_LAST(a) → other: last element of the {a} | final element of the {a}
  ARRAY_SLICE(a, 0, 1) → array: slice of the {a} from 0 to 1 | {a} from offset 0 to offset 1
  ARRAY_CONCAT(a, a) → array: {a} joined to itself | {a} twice over in one array
  GENERATE_ARRAY(1, LEAST(ABS(i), 5)) → array: numbers from 1 to the absolute {i} or 5, the lower | array that counts from 1 to the absolute {i}, at most 5
  STRUCT(x1, x2) → struct: struct of the {x1} and the {x2} | {x1} and {x2} in one struct
  [x1, x2] → array statement: array with the {x1} and the {x2} | {x1} and {x2} as an array
`);
