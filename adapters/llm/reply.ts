import { InvalidReplyError } from './errors.js';
import type { ModelRequest, PaidCall } from './ledger.js';

/** The JSON that was asked for, or the text where none was. @throws InvalidReplyError when the reply is none, or has another shape */
export function parseReply<T>(paid: PaidCall, request: ModelRequest<T>): T {
  if (request.schema === null) return paid.reply as T;
  const remedy = 'The item is rejected and counted; a stronger model gives fewer of these.';
  let json: unknown;
  try {
    json = JSON.parse(withoutFence(paid.reply));
  } catch (cause) {
    throw new InvalidReplyError(`Model ${paid.model} replied with text that is not JSON.`, remedy, { cause });
  }
  const parsed = request.schema.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new InvalidReplyError(
      `Model ${paid.model} replied with JSON of another shape (${issue?.path.join('.') || 'top level'}: ${issue?.message}).`,
      remedy,
    );
  }
  return parsed.data;
}

/** Small local models wrap JSON into a Markdown fence even when told not to. */
function withoutFence(text: string): string {
  const match = /^\s*```(?:json)?\s*\n([\s\S]*?)\n?```\s*$/.exec(text);
  return match ? match[1]! : text;
}
