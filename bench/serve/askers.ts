/** What one request came to; times in milliseconds. */
export interface Asked {
  status: number;
  /** Until the first token. */
  first: number;
  total: number;
  tokens: number;
  retryAfter: string | null;
}

export interface Target {
  url: string;
  model: string;
  maxTokens: number;
}

/** Asks once, reading the answer as it comes; with `patience` the asker hangs up after so many events. */
export async function askOnce({ url, model, maxTokens }: Target, prompt: string, patience = Infinity): Promise<Asked> {
  const begun = performance.now();
  const gone = new AbortController();
  const body = { model, prompt, max_tokens: maxTokens, stream: true, stream_options: { include_usage: true } };
  const response = await fetch(`${url}/v1/completions`, {
    ...{
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: gone.signal,
    },
  });
  const asked: Asked = {
    ...{ status: response.status, first: 0, total: 0, tokens: 0 },
    retryAfter: response.headers.get('retry-after'),
  };
  let text = '';
  let events = 0;
  try {
    for await (const chunk of response.body!) {
      if (asked.first === 0) asked.first = performance.now() - begun;
      text += Buffer.from(chunk as Uint8Array).toString();
      events += 1;
      if (events > patience) {
        gone.abort();
        break;
      }
    }
  } catch (error) {
    if (!gone.signal.aborted) throw error;
  }
  asked.tokens = Number(/"completion_tokens":(\d+)/.exec(text)?.[1] ?? 0);
  asked.total = performance.now() - begun;
  return asked;
}

/** So many askers, each with the next prompt as soon as it has its answer, until the prompts are used up or it is time. */
export async function askAll(
  target: Target,
  prompts: Iterable<string>,
  askers: number,
  patienceOf: (place: number) => number = () => Infinity,
): Promise<{ asked: Asked[]; seconds: number }> {
  const begun = performance.now();
  const asked: Asked[] = [];
  const queue = prompts[Symbol.iterator]();
  let place = 0;
  const asker = async (): Promise<void> => {
    for (let next = queue.next(); !next.done; next = queue.next()) {
      asked.push(await askOnce(target, next.value, patienceOf((place += 1))));
    }
  };
  await Promise.all(Array.from({ length: askers }, asker));
  return { asked, seconds: (performance.now() - begun) / 1000 };
}

/** The value below which this share of them lies, by nearest rank. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)]!;
}
