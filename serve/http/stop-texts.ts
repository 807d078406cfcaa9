export interface StopFilter {
  /** What of the text so far is sure not to belong to a stop text; `stopped` once one was found. */
  push(text: string): { safe: string; stopped: boolean };
  /** What was held back, when no more comes. */
  rest(): string;
}

/** Cuts a growing text before the first of the stop texts; what may be the beginning of one is held back. */
export function createStopFilter(stops: readonly string[]): StopFilter {
  let held = '';
  return {
    push(text) {
      held += text;
      const found = stops.map((stop) => held.indexOf(stop)).filter((at) => at >= 0);
      const stopped = found.length > 0;
      const keep = stopped ? Math.min(...found) : held.length - longestBeginning(held, stops);
      const safe = held.slice(0, keep);
      held = stopped ? '' : held.slice(keep);
      return { safe, stopped };
    },
    rest: () => held,
  };
}

/** Characters at the text's end that a stop text begins with. */
function longestBeginning(text: string, stops: readonly string[]): number {
  let longest = 0;
  for (const stop of stops) {
    for (let length = Math.min(stop.length - 1, text.length); length > longest; length -= 1) {
      if (text.endsWith(stop.slice(0, length))) longest = length;
    }
  }
  return longest;
}
