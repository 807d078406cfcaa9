import type { Phrase } from '../../../core/verbalise/phrase.js';

/** Conditions and storage types. */
export const conditionPhrases: Phrase[] = [
  {
    sql: 'if(b, x)',
    returns: 'other',
    idiomOnly: true,
    says: ['{x} or nothing, decided by {b}', '{x}, but empty otherwise, by {b}'],
  },
  {
    sql: 'ifnull(x, {text})',
    returns: 'other',
    says: ['{x}, or {text} if it is missing', '{x} with missing values shown as {text}', '{x} defaulting to {text}'],
  },
  {
    sql: 'typeof(x)',
    returns: 'text',
    group: true,
    says: ['storage type of the {x}', 'type in which the {x} is stored', 'data type of the {x}'],
  },
];
