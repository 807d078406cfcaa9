/**
 * A byte-level tokenizer would spend a token on the space before every index token, and a third of a prompt's tokens are
 * index tokens, so that space is left out. `restoreSql` puts it back where SQL needs one.
 */
export const squeezePrompt = (text: string): string => text.replace(/ (?=<[tcfvqa]\d+>)/g, '');

/** The same for a statement, whose quoted texts stay as they are. */
export const squeezeSql = (sql: string): string =>
  sql.replace(/'(?:[^']|'')*'| (?=<[tcfvqa]\d+>)/g, (found) => (found === ' ' ? '' : found));
