type Interrupt = (signal: 'SIGINT' | 'SIGTERM') => void;

/** What Ctrl-C does; a command that must tidy up first replaces it for as long as it runs. */
const usual = (): never => process.exit(130);
let handler: Interrupt = usual;

export function installInterrupt(): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => handler(signal));
}

/** Runs `work`; Ctrl-C meanwhile calls `onInterrupt` instead of ending the process. */
export async function withInterrupt<T>(onInterrupt: () => void, work: () => Promise<T>): Promise<T> {
  handler = onInterrupt;
  try {
    return await work();
  } finally {
    handler = usual;
  }
}

/** Waits for Ctrl-C or SIGTERM; the next one ends the process as usual. */
export async function untilInterrupted(): Promise<'SIGINT' | 'SIGTERM'> {
  return new Promise((resolve) => {
    handler = (signal) => {
      handler = usual;
      resolve(signal);
    };
  });
}
