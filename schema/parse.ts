import type { z } from 'zod';
import { InvalidInputError } from '../core/errors.js';

/**
 * Reads a value by a schema.
 * @param what the value as people call it: `run spec`, `input of checkPairs`
 * @throws InvalidInputError that names the first wrong field
 */
export function parse<T extends z.ZodType>(schema: T, value: unknown, what: string): z.output<T> {
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  if (issue.code === 'unrecognized_keys') {
    const field = [...issue.path, issue.keys[0]!].join('.');
    throw new InvalidInputError(
      `The ${what} has a field ${field}, which does not exist.`,
      'Correct its name, or remove it.',
    );
  }
  const field = issue.path.join('.') || 'as a whole';
  throw new InvalidInputError(
    `The ${what} is wrong at ${field}: ${decapitalise(issue.message)}.`,
    issue.path.length > 0 ? `Correct ${field}.` : 'Compare it with the files in examples/.',
  );
}

function decapitalise(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
