import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { DialecticError, InvalidInputError, NotFoundError, RefusedError, UnreachableError } from '../../core/errors.js';
import { OverloadedError, PromptLengthError } from '../../adapters/onnx/serving/errors.js';

/** An error as OpenAI's clients know it: `{"error": {"message", "type", "param", "code"}}`. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly type: string,
    readonly code: string,
    message: string,
    readonly param: string | null = null,
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(message);
  }
}

export const badRequest = (message: string, param: string | null = null, code = 'invalid_value'): ApiError =>
  new ApiError(400, 'invalid_request_error', code, message, param);

/** What an error is to whoever asked; what is nobody's fault but ours says no more than that. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof OverloadedError) {
    return new ApiError(429, 'overloaded_error', 'overloaded', error.message, null, error.retryAfterSeconds);
  }
  if (error instanceof PromptLengthError) return badRequest(error.message, 'messages', 'context_length_exceeded');
  if (error instanceof InvalidInputError) return badRequest(error.message);
  if (error instanceof NotFoundError) {
    return new ApiError(404, 'invalid_request_error', 'not_found', error.message);
  }
  if (error instanceof RefusedError) return new ApiError(403, 'permission_error', 'refused', error.message);
  if (error instanceof UnreachableError) {
    return new ApiError(503, 'server_error', 'unavailable', error.message, null, 2);
  }
  const { statusCode, code } = error as Partial<FastifyError>;
  if (!(error instanceof DialecticError) && statusCode !== undefined && statusCode >= 400 && statusCode < 500) {
    return new ApiError(statusCode, 'invalid_request_error', codeOf(code), (error as Error).message);
  }
  return new ApiError(500, 'server_error', 'internal_error', 'The server failed. Its log says where.');
}

/** `FST_ERR_CTP_BODY_TOO_LARGE` → body_too_large. */
const codeOf = (code: string | undefined): string =>
  code?.toLowerCase().replace(/^fst_err_(ctp_)?/, '') ?? 'invalid_request';

export const errorBody = ({ message, type, param, code }: ApiError) => ({ error: { message, type, param, code } });

/** Answers with an error; what the server did wrong is logged whole. */
export function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const known = toApiError(error);
  if (known.status === 500) request.log.error({ err: error }, 'a request failed');
  if (known.retryAfterSeconds !== null) void reply.header('retry-after', known.retryAfterSeconds);
  return reply.status(known.status).send(errorBody(known));
}
