import type { ColumnType } from '../database.js';

/** Words for a comparison: `finite` after a subject (`is above 5`), `bare` after `with …` (`above 5`). `{}` is the other side. */
export interface ComparisonWords {
  finite: string[];
  bare: string[];
}

const numeric: Record<string, ComparisonWords> = {
  '=': {
    finite: ['is {}', 'equals {}', 'is equal to {}', 'is exactly {}'],
    bare: ['{}', 'of {}', 'equal to {}', 'of exactly {}'],
  },
  '<>': {
    finite: ['is not {}', 'is not equal to {}', 'differs from {}', 'is other than {}'],
    bare: ['other than {}', 'not {}', 'different from {}'],
  },
  '>': {
    finite: [
      'is more than {}',
      'is greater than {}',
      'is above {}',
      'is over {}',
      'exceeds {}',
      'is higher than {}',
      'is larger than {}',
    ],
    bare: ['above {}', 'over {}', 'of more than {}', 'greater than {}', 'higher than {}'],
  },
  '>=': {
    finite: [
      'is at least {}',
      'is {} or more',
      'is no less than {}',
      'is greater than or equal to {}',
      'is not below {}',
    ],
    bare: ['of at least {}', 'of {} or more', 'no less than {}', 'not below {}'],
  },
  '<': {
    finite: ['is less than {}', 'is below {}', 'is under {}', 'is lower than {}', 'is smaller than {}'],
    bare: ['below {}', 'under {}', 'of less than {}', 'lower than {}', 'smaller than {}'],
  },
  '<=': {
    finite: [
      'is at most {}',
      'is {} or less',
      'is no more than {}',
      'is less than or equal to {}',
      'does not exceed {}',
    ],
    bare: ['of at most {}', 'of {} or less', 'no more than {}', 'not above {}'],
  },
};

const temporal: Record<string, ComparisonWords> = {
  '=': { finite: ['is {}', 'is on {}', 'falls on {}', 'equals {}'], bare: ['{}', 'on {}', 'of {}'] },
  '<>': { finite: ['is not {}', 'is not on {}', 'is other than {}'], bare: ['other than {}', 'not on {}'] },
  '>': { finite: ['is after {}', 'is later than {}', 'comes after {}'], bare: ['after {}', 'later than {}'] },
  '>=': {
    finite: ['is on or after {}', 'is {} or later', 'is no earlier than {}'],
    bare: ['on or after {}', 'from {} onwards'],
  },
  '<': { finite: ['is before {}', 'is earlier than {}', 'comes before {}'], bare: ['before {}', 'earlier than {}'] },
  '<=': {
    finite: ['is on or before {}', 'is {} or earlier', 'is no later than {}'],
    bare: ['on or before {}', 'up to {}'],
  },
};

const textual: Record<string, ComparisonWords> = {
  '=': { finite: ['is {}', 'equals {}', 'is exactly {}', 'is equal to {}'], bare: ['{}', 'equal to {}', 'of {}'] },
  '<>': {
    finite: ['is not {}', 'differs from {}', 'is other than {}', 'is anything but {}'],
    bare: ['other than {}', 'not {}', 'different from {}'],
  },
  '>': { finite: ['comes after {} in the alphabet', 'sorts after {}'], bare: ['sorted after {}'] },
  '>=': { finite: ['is {} or comes after it in the alphabet'], bare: ['sorted from {} on'] },
  '<': { finite: ['comes before {} in the alphabet', 'sorts before {}'], bare: ['sorted before {}'] },
  '<=': { finite: ['is {} or comes before it in the alphabet'], bare: ['sorted up to {}'] },
};

/** The words that suit the type of what is compared; null for an operator that is no comparison. */
export function comparisonWords(operator: string, type: ColumnType): ComparisonWords | null {
  const canonical = operator === '!=' ? '<>' : operator === '==' ? '=' : operator;
  const words =
    type === 'date' || type === 'timestamp' || type === 'time' ? temporal : type === 'text' ? textual : numeric;
  return words[canonical] ?? null;
}

/** The comparison as it reads from the other side: `5 < x` is `x > 5`. */
export function mirrored(operator: string): string {
  return { '<': '>', '<=': '>=', '>': '<', '>=': '<=' }[operator] ?? operator;
}

/** Words for an ordering: after `sorted by …`. */
export function orderWords(type: ColumnType, descending: boolean): string[] {
  if (type === 'date' || type === 'timestamp' || type === 'time') {
    return descending
      ? ['from newest to oldest', 'latest first', 'in descending order', 'most recent first']
      : ['from oldest to newest', 'earliest first', 'in ascending order', 'oldest first'];
  }
  if (type === 'text') {
    return descending
      ? ['in reverse alphabetical order', 'from Z to A', 'in descending order', 'descending']
      : ['in alphabetical order', 'from A to Z', 'alphabetically', 'in ascending order'];
  }
  return descending
    ? ['from highest to lowest', 'in descending order', 'largest first', 'highest first', 'descending']
    : ['from lowest to highest', 'in ascending order', 'smallest first', 'lowest first', 'ascending'];
}

/** `the 3 products with the {highest} price`. Null where text is ordered: that needs a full clause. */
export function superlatives(type: ColumnType, descending: boolean): string[] | null {
  if (type === 'text' || type === 'boolean') return null;
  if (type === 'date' || type === 'timestamp' || type === 'time') {
    return descending ? ['latest', 'most recent', 'newest'] : ['earliest', 'oldest', 'least recent'];
  }
  return descending ? ['highest', 'largest', 'greatest', 'biggest'] : ['lowest', 'smallest', 'least'];
}
