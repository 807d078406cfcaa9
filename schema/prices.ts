import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { InvalidInputError } from '../core/errors.js';

const tokenPrices = z.strictObject({
  input: z.number().min(0),
  cachedInput: z.number().min(0).optional(),
  output: z.number().min(0),
});
/** `batch`: what the batch API takes, where the endpoint has one. */
const pricesSchema = z.record(z.string(), tokenPrices.extend({ batch: tokenPrices.optional() }));

export type Prices = z.infer<typeof pricesSchema>;

/** US dollars a million tokens by model, from the file that DIALECTIC_PRICES names; none without one. @throws InvalidInputError */
export function readPrices(file: string | undefined): Prices {
  if (!file) return {};
  const remedy = 'Write {"<model>": {"input": 0.1, "output": 0.4}} there, or unset DIALECTIC_PRICES.';
  try {
    return pricesSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new InvalidInputError(`The price list ${file} cannot be used.`, remedy, { cause });
  }
}
