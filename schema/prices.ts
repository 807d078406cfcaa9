import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { InvalidInputError } from '../core/errors.js';

const tokenPrices = z.strictObject({
  input: z.number().min(0),
  cachedInput: z.number().min(0).optional(),
  output: z.number().min(0),
});
/** `batch`: what the batch API takes, where the endpoint has one. */
const modelPrices = tokenPrices.extend({ batch: tokenPrices.optional() });
/** Models by name, and beside them what BigQuery takes for a tebibyte that a query reads. */
const pricesSchema = z
  .object({ bigquery: z.strictObject({ tebibyte: z.number().min(0) }).optional() })
  .catchall(modelPrices);

export type Prices = Record<string, z.infer<typeof modelPrices>>;

/** US dollars a million tokens by model, from the file that DIALECTIC_PRICES names; none without one. @throws InvalidInputError */
export function readPrices(file: string | undefined): Prices {
  const { bigquery: _, ...models } = readFile(file);
  return models;
}

/** US dollars a tebibyte that BigQuery bills, from the same file; null where it does not say. @throws InvalidInputError */
export const readQueryPrice = (file: string | undefined): number | null => readFile(file).bigquery?.tebibyte ?? null;

function readFile(file: string | undefined): z.infer<typeof pricesSchema> {
  if (!file) return {};
  const remedy = 'Write {"<model>": {"input": 0.1, "output": 0.4}} there, or unset DIALECTIC_PRICES.';
  try {
    return pricesSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new InvalidInputError(`The price list ${file} cannot be used.`, remedy, { cause });
  }
}
