import type { Problem } from '../api.js';

/** What the server, or the way to it, said instead of an answer. */
export class ServerProblem extends Error {
  constructor(
    readonly problem: Problem,
    readonly status: number,
  ) {
    super(problem.what);
  }
}

export interface Server {
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T>;
}

const storedKey = 'dialectic-api-key';

/**
 * The server by its JSON routes. Where it wants an API key, `askForKey` is asked for one; it is kept for this tab alone.
 * @param askForKey the key, or null where the person gives none
 */
export function createServer(askForKey: (wasWrong: boolean) => Promise<string | null>): Server {
  async function send<T>(path: string, options: RequestInit): Promise<T> {
    const key = sessionStorage.getItem(storedKey);
    const headers = { ...options.headers, ...(key !== null && { authorization: `Bearer ${key}` }) };
    const response = await fetch(path, { ...options, headers, credentials: 'omit' }).catch((error: unknown) => {
      if (options.signal?.aborted) throw error;
      throw new ServerProblem(unreachable, 0);
    });
    if (response.ok) return (await response.json()) as T;
    if (response.status === 401) {
      // Another request may have brought a key meanwhile.
      const given = sessionStorage.getItem(storedKey);
      const next = given !== null && given !== key ? given : await askForKey(key !== null);
      if (next !== null) {
        sessionStorage.setItem(storedKey, next);
        return send(path, options);
      }
    }
    const said = (await response.json().catch(() => null)) as Partial<Problem> | null;
    const problem =
      typeof said?.what === 'string'
        ? { what: said.what, remedy: said.remedy ?? '' }
        : { what: `The server answered with ${response.status}.`, remedy: 'Look at what `dialectic serve` printed.' };
    throw new ServerProblem(response.status === 401 ? keyless : problem, response.status);
  }
  return {
    get: (path) => send(path, {}),
    post: (path, body, signal) =>
      send(path, {
        ...{ method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } },
        signal: signal ?? null,
      }),
  };
}

const unreachable = {
  what: 'The server does not answer.',
  remedy: 'See whether `dialectic serve` still runs, and try again.',
};
const keyless = { what: 'The server wants an API key.', remedy: 'Give it with the button “API key”.' };

/** Forgets the key, so that the next request asks for another. */
export const forgetKey = (): void => sessionStorage.removeItem(storedKey);
