/**
 * Text on its way to a reader who may be slower than the writer: what has gathered meanwhile is read as one piece, so that a reader who
 * does not read costs no more than the text itself.
 */
export interface TextQueue extends AsyncIterable<string> {
  push(text: string): void;
  end(): void;
  fail(error: unknown): void;
}

export function createTextQueue(): TextQueue {
  let gathered = '';
  let over = false;
  let failure: { error: unknown } | null = null;
  let wake = (): void => undefined;
  const change = (apply: () => void): void => {
    apply();
    wake();
  };
  return {
    push: (text) => change(() => (gathered += text)),
    end: () => change(() => (over = true)),
    fail: (error) => change(() => (failure = { error })),
    async *[Symbol.asyncIterator]() {
      for (;;) {
        if (gathered !== '') {
          const text = gathered;
          gathered = '';
          yield text;
        } else if (failure) {
          throw (failure as { error: unknown }).error;
        } else if (over) {
          return;
        } else {
          await new Promise<void>((resolve) => (wake = resolve));
        }
      }
    },
  };
}
