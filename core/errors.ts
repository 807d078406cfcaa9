/**
 * Every error a person may meet: one sentence of what went wrong, one of the remedy.
 * The class name is the failure type that Temporal shows; `retryable` says whether trying again can mend it.
 */
export class DialecticError extends Error {
  readonly what: string;
  readonly remedy: string;
  /** Exit code of the command line: 1 failed, 2 wrong use, 3 not found, 4 refused, 130 interrupted. */
  readonly exitCode: number = 1;
  readonly retryable: boolean = false;

  constructor(what: string, remedy: string, options?: ErrorOptions) {
    super(`${what} ${remedy}`, options);
    this.what = what;
    this.remedy = remedy;
    this.name = new.target.name;
  }
}

/** A spec, a flag or an input file is wrong; the message names the field. */
export class InvalidInputError extends DialecticError {
  override readonly exitCode = 2;
}

/** A named thing (database, run, model, artifact) does not exist. */
export class NotFoundError extends DialecticError {
  override readonly exitCode = 3;
}

/** A budget, a guard or a policy said no. */
export class RefusedError extends DialecticError {
  override readonly exitCode = 4;
}

/** An artifact's bytes do not match the hash they were written under. */
export class CorruptArtifactError extends DialecticError {}

/** A program, package or device that this step needs is not on this machine. */
export class MissingDependencyError extends DialecticError {}

/** No space left to write to. */
export class DiskFullError extends DialecticError {}

/** A server did not answer or answered with a fault; trying again may help. */
export class UnreachableError extends DialecticError {
  override readonly retryable = true;
}
