import { squeezeSql } from './squeeze.js';
import type { TokenFamily } from './special-tokens.js';
import { indexToken, tokenFamilies } from './special-tokens.js';

/**
 * Names that stand for index tokens inside a syntax tree, spelled so that every dialect's printer writes them bare.
 * Sources and outputs are numbered anew, in the order in which the printed statement mentions them.
 */
export const sentinel = (family: TokenFamily, index: number): string => `zz${family}${index}zz`;

const pattern = /zz([tcfvqa])(\d+)zz/g;

/** The number of a sentinel of this family; null for any other name. */
export function sentinelIndex(family: TokenFamily, name: string): number | null {
  const match = new RegExp(`^zz${family}(\\d+)zz$`).exec(name);
  return match ? Number(match[1]) : null;
}

/** A printed statement with index tokens in place of the sentinels; null where a family is used up. */
export function toIndexTokens(sql: string): string | null {
  const numbers = { q: new Map<string, number>(), a: new Map<string, number>() };
  let overflow = false;
  const text = sql.replace(pattern, (_, family: TokenFamily, index: string) => {
    if (family !== 'q' && family !== 'a') return indexToken(family, Number(index));
    const known = numbers[family];
    if (!known.has(index)) known.set(index, known.size);
    if (known.size > tokenFamilies[family]) overflow = true;
    return indexToken(family, known.get(index)!);
  });
  return overflow ? null : squeezeSql(text);
}
