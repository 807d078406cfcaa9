/** The likeliest token that is not banned: the index of the largest logit, the first of several. */
export function likeliestToken(logits: Float32Array, banned: Uint8Array | null): number {
  let best = -1;
  for (let id = 0; id < logits.length; id += 1) {
    if (banned?.[id]) continue;
    if (best < 0 || logits[id]! > logits[best]!) best = id;
  }
  return best;
}
