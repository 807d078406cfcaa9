import type { QueryCost } from '../../../core/database.js';

const TEBIBYTE = 2 ** 40;

/** What bytes cost at a price a tebibyte (https://cloud.google.com/bigquery/pricing); null where the price is not known. */
export const costOf = (bytesBilled: number, usdPerTebibyte: number | null): QueryCost => ({
  bytesBilled,
  usd: usdPerTebibyte === null ? null : (bytesBilled / TEBIBYTE) * usdPerTebibyte,
});
