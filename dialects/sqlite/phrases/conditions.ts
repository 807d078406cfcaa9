import { phraseLines } from '../../phrase-lines.js';

/** Conditions and storage types. */
export const conditionPhrases = phraseLines(`
  if(b, x) → other statement: {x} or nothing, decided by {b} | {x}, but empty otherwise, by {b}
  ifnull(x, {text}) → other: {x}, or {text} if it is missing | {x} with missing values shown as {text} | {x} defaulting to {text}
  typeof(x) → text group: storage type of the {x} | type in which the {x} is stored | data type of the {x}
`);
