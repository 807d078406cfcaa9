import type { FastifyReply } from 'fastify';
import { ApiError } from './api-error.js';

/** Aborted when the asker has gone, when it takes too long, or when the server stops; the reason is the error to answer with. */
export type EndOf = (reply: FastifyReply) => AbortSignal;

/**
 * @param answerMs milliseconds that an answer may take
 * @param over aborted when the server stops and waits no longer
 */
export function createEndOf(answerMs: number, over: AbortSignal): EndOf {
  return (reply) => {
    const end = new AbortController();
    const late = setTimeout(() => {
      end.abort(new ApiError(503, 'server_error', 'timeout', 'It took too long. Ask again later.', null, 5));
    }, answerMs);
    // Not AbortSignal.any: the server's signal lives as long as the server, and would remember every request.
    const stop = (): void => end.abort(over.reason);
    over.addEventListener('abort', stop, { once: true });
    reply.raw.once('close', () => {
      clearTimeout(late);
      over.removeEventListener('abort', stop);
      if (!reply.raw.writableFinished)
        end.abort(new ApiError(499, 'server_error', 'client_gone', 'The client has gone.'));
    });
    if (over.aborted) stop();
    return end.signal;
  };
}
