import type { Tensor } from 'onnxruntime-node';

/** Each layer's weights of the experts for one token: [layers][experts], 0 where the token was not routed to the expert. */
export type TokenRouting = number[][];

/** The routing of one text's first `tokens` tokens in one call, from the output `router` [layers, batch, tokens, experts]. */
export function readRouting(router: Tensor, row: number, tokens: number): TokenRouting[] {
  const [layers, batch, columns, experts] = router.dims as [number, number, number, number];
  const data = router.data as Float32Array;
  return Array.from({ length: tokens }, (_, column) =>
    Array.from({ length: layers }, (_, layer) => {
      const at = ((layer * batch + row) * columns + column) * experts;
      return [...data.subarray(at, at + experts)];
    }),
  );
}

/** The mean over tokens: each expert's share of a text, by layer. */
export function meanRouting(tokens: readonly TokenRouting[]): TokenRouting {
  const [first] = tokens;
  if (!first) return [];
  return first.map((experts, layer) =>
    experts.map((_, expert) => tokens.reduce((sum, token) => sum + token[layer]![expert]!, 0) / tokens.length),
  );
}
