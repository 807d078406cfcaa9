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

/** While the last sign of life is younger than this, it is repeated. */
const freshMs = 60_000;
const repeatMs = 2_000;

/**
 * Repeats the last heartbeat while `work` goes on, because a cancellation is heard only in the answer to one; but no longer than
 * a minute without news, so that work that is wedged is still noticed.
 */
export async function withRepeatedBeats<Cursor, T>(
  { beat }: Pulse<Cursor>,
  first: Cursor,
  work: (alive: (cursor?: Cursor) => void) => Promise<T>,
): Promise<T> {
  let last = first;
  let at = Date.now();
  const alive = (cursor: Cursor = last): void => {
    last = cursor;
    at = Date.now();
    beat(cursor);
  };
  alive();
  const timer = setInterval(() => (Date.now() - at < freshMs ? beat(last) : undefined), repeatMs);
  try {
    return await work(alive);
  } finally {
    clearInterval(timer);
  }
}

/**
 * Beats while `work` waits for models. Every call has a time limit of its own, so this cannot hide work that is wedged, and a
 * slow model or a batch that takes a day is no reason to begin again elsewhere.
 */
export async function beatWhileAsking<Cursor, T>(
  { beat }: Pulse<Cursor>,
  cursor: Cursor,
  work: () => Promise<T>,
): Promise<T> {
  beat(cursor);
  const timer = setInterval(() => beat(cursor), repeatMs);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
