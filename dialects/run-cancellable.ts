/**
 * Runs a statement on a server and has it cancelled when its time is over. Servers limit the time of a step (a fetch, a
 * statement), not of everything that is done for one statement; this does.
 * @param cancel asks the server, by another connection, to stop what `run` is doing
 */
export async function runCancellable<T>(
  timeoutMs: number,
  cancel: () => Promise<void>,
  run: () => Promise<T>,
): Promise<T> {
  let cancelled = Promise.resolve();
  const timer = setTimeout(() => (cancelled = cancel().catch(() => undefined)), timeoutMs);
  try {
    return await run();
  } finally {
    clearTimeout(timer);
    // A cancellation still on its way would strike the statement after this one.
    await cancelled;
  }
}
