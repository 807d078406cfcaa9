import { InvalidInputError, RefusedError } from '../../core/errors.js';
import { isLocal } from './authorize.js';
import type { DialecticServer } from './create-server.js';

export interface Address {
  host: string;
  /** 0: a free one. */
  port: number;
}

/** Without a key a server can only be reached from this machine. @throws RefusedError */
export function requireKeyBeyondHere(host: string, apiKey: string | null): void {
  if (apiKey !== null || isLocal(host)) return;
  throw new RefusedError(
    `Without a key the server does not listen on ${host}.`,
    'Set DIALECTIC_API_KEY to a secret of your own, or leave --host out.',
  );
}

/** Opens the port. @returns the address for a browser. @throws InvalidInputError where the port cannot be had */
export async function listen({ app }: DialecticServer, { host, port }: Address): Promise<string> {
  try {
    return await app.listen({ host, port });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const what = code === 'EADDRINUSE' ? `Port ${port} is taken` : `${host}:${port} cannot be listened on (${message})`;
    throw new InvalidInputError(`${what}.`, 'Give another --port, or 0 for a free one.', { cause: error });
  }
}
