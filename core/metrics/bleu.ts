/** A candidate and its one reference, as tokens. */
export interface BleuPair {
  candidate: readonly string[];
  reference: readonly string[];
}

/**
 * Corpus BLEU with n-grams up to `order` and one reference each, 0…1:
 * BP · exp(1/N · Σ log pₙ), pₙ the clipped n-gram precision over the whole corpus, BP = exp(1 − r/c) where the candidates (c tokens) are
 * shorter than the references (r). Papineni, Roukos, Ward, Zhu: BLEU, ACL 2002. No smoothing: an order without a match gives 0.
 */
export function corpusBleu(pairs: readonly BleuPair[], order = 2): number {
  const lengths = pairs.map(({ candidate, reference }) => [candidate.length, reference.length] as const);
  const c = lengths.reduce((sum, [length]) => sum + length, 0);
  const r = lengths.reduce((sum, [, length]) => sum + length, 0);
  let logarithms = 0;
  for (let n = 1; n <= order; n += 1) {
    let matched = 0;
    let total = 0;
    for (const { candidate, reference } of pairs) {
      matched += clippedMatches(candidate, reference, n);
      total += Math.max(0, candidate.length - n + 1);
    }
    if (matched === 0) return 0;
    logarithms += Math.log(matched / total) / order;
  }
  const penalty = c >= r ? 1 : Math.exp(1 - r / c);
  return penalty * Math.exp(logarithms);
}

function clippedMatches(candidate: readonly string[], reference: readonly string[], n: number): number {
  const available = countGrams(reference, n);
  let matched = 0;
  for (const [gram, count] of countGrams(candidate, n)) matched += Math.min(count, available.get(gram) ?? 0);
  return matched;
}

function countGrams(tokens: readonly string[], n: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (let start = 0; start + n <= tokens.length; start += 1) {
    const gram = tokens.slice(start, start + n).join('\u0000');
    counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  return counts;
}

/**
 * A statement's tokens for BLEU, whatever the dialect and however broken: strings, quoted names, words (lower case), numbers, and
 * each other sign on its own.
 */
export function bleuTokens(sql: string): string[] {
  const tokens = sql.match(/'(?:[^'\\]|\\.|'')*'|"[^"]*"|`[^`]*`|[\p{L}_][\p{L}\p{N}_]*|\d+(?:\.\d+)?|[^\s]/gu) ?? [];
  return tokens.map((token) => (/^[\p{L}_]/u.test(token) ? token.toLowerCase() : token));
}
