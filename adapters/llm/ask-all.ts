import { InvalidReplyError, RateLimitedError } from './errors.js';
import type { ModelRequest } from './ledger.js';
import type { ModelClient } from './model-client.js';

export type Answered<J, T> = { job: J; value: T } | { job: J; invalid: string };

/**
 * Asks one question a job, all at once under the client's own limit. An invalid reply is an answer of its own: it was paid for.
 * Any other failure is thrown only after every question has ended, so that all that was paid is in the ledger;
 * of several failures the rate limit with the longest wait is thrown first, for its wait covers the others.
 */
export async function askAll<J, T>(
  client: Pick<ModelClient, 'announce' | 'ask'>,
  jobs: J[],
  requestOf: (job: J) => ModelRequest<T>,
): Promise<Answered<J, T>[]> {
  const requests = jobs.map(requestOf);
  await client.announce(requests);
  const settled = await Promise.allSettled(requests.map((request) => client.ask(request)));
  const failures: unknown[] = [];
  const answers = settled.flatMap((outcome, i): Answered<J, T>[] => {
    const job = jobs[i]!;
    if (outcome.status === 'fulfilled') return [{ job, value: outcome.value.value }];
    if (outcome.reason instanceof InvalidReplyError) return [{ job, invalid: outcome.reason.what }];
    failures.push(outcome.reason);
    return [];
  });
  if (failures.length > 0) throw worstOf(failures);
  return answers;
}

function worstOf(failures: unknown[]): unknown {
  const limited = failures.filter((failure) => failure instanceof RateLimitedError);
  const longest = limited.reduce<RateLimitedError | null>(
    (worst, failure) => (worst && worst.retryAfterMs >= failure.retryAfterMs ? worst : failure),
    null,
  );
  return (
    failures.find((failure) => !(failure instanceof RateLimitedError) && isFinal(failure)) ?? longest ?? failures[0]
  );
}

/** Budget spent, wrong key: waiting does not mend these, so they win over a rate limit. */
function isFinal(failure: unknown): boolean {
  return typeof failure === 'object' && failure !== null && 'retryable' in failure && failure.retryable === false;
}
