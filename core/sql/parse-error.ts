import { DialecticError } from '../errors.js';

/** A statement that cannot be read. `writes` marks what was understood well enough to know that it is not a read-only query. */
export class ParseError extends DialecticError {
  constructor(
    readonly problem: string,
    /** Offset into the text, in UTF-16 units. */
    readonly position: number,
    readonly writes: boolean = false,
  ) {
    super(`${problem} at position ${position}.`, 'Correct the statement there, or write it without that construct.');
  }
}
