import { Context } from '@temporalio/activity';

/** What an activity tells Temporal while it runs, and hears from it. */
export interface Pulse<Cursor> {
  /** Where the attempt before this one was; undefined at the first. */
  readonly cursor: Cursor | undefined;
  /** Aborted by cancellation and by the worker's shutdown. */
  readonly signal: AbortSignal;
  /** Whether it was the worker's shutdown: then the next attempt goes on elsewhere. */
  readonly shuttingDown: boolean;
  /** Progress was made: the next attempt goes on from `cursor`. */
  beat(cursor: Cursor): void;
}

/** The pulse of the activity that runs now. */
export function pulse<Cursor>(): Pulse<Cursor> {
  const context = Context.current();
  return {
    cursor: context.info.heartbeatDetails as Cursor | undefined,
    signal: context.cancellationSignal,
    get shuttingDown() {
      return context.cancellationDetails?.workerShutdown === true;
    },
    beat: (cursor) => context.heartbeat(cursor),
  };
}
