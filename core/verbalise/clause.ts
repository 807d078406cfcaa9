import { the } from './voice.js';

/** A condition in parts, so that sentences can put it as `whose {subject} {finite}` or `with {subject} {bare}`. */
export interface Clause {
  subject: string | null;
  finite: string;
  /** What follows `with {subject}`; null where only a full clause will do. */
  bare: string | null;
  /** Whether the subject is a column of the only table, which `whose` can introduce. */
  plain: boolean;
  /** What may follow the noun itself instead: `customers {that have at least one order}`. */
  relative?: string;
}

/** A clause as a sentence: `the unit price is above 5`. */
export const sentence = (part: Clause): string =>
  part.subject === null ? part.finite : `${the(part.subject)} ${part.finite}`;

/** A clause that is whole in itself. */
export const whole = (finite: string): Clause => ({ subject: null, finite, bare: null, plain: false });
