import type { DatabaseSchema, DatabaseSession } from '../../core/database.js';
import type { HostedDatabase } from '../http/dependencies.js';

export interface FreshSchemaOptions {
  /** Milliseconds after which a schema is read again. */
  maxAgeMs: number;
  /** Told when the database could not be read; the schema that is known stays. */
  onFailure?: (error: unknown) => void;
}

/**
 * A database whose schema keeps up with it: whoever uses it when it is old is served what is known, and has it read again behind
 * their back. One that nobody uses is left alone.
 */
export function withFreshSchema(
  session: DatabaseSession,
  first: DatabaseSchema,
  { maxAgeMs, onFailure }: FreshSchemaOptions,
): HostedDatabase {
  let schema = first;
  let readAt = performance.now();
  let reading = false;
  async function readAgain(): Promise<void> {
    reading = true;
    try {
      schema = await session.introspect();
    } catch (error) {
      onFailure?.(error);
    } finally {
      // After a failure, too: a database that is down is not asked at every question.
      readAt = performance.now();
      reading = false;
    }
  }
  return {
    session,
    get schema() {
      if (!reading && performance.now() - readAt >= maxAgeMs) void readAgain();
      return schema;
    },
  };
}
