/**
 * Index tokens of the linked prompt. Each is one token of the model's vocabulary, so a name that was never seen costs
 * one token and means the same in every database.
 */
export const tokenFamilies = {
  /** A table of the schema. */
  t: 12,
  /** A column of the schema. */
  c: 40,
  /** A field of a struct, or a key of a JSON document. */
  f: 12,
  /** A value that the question mentions. */
  v: 12,
  /** A source that the statement names itself: an alias, a CTE, a derived table. */
  q: 8,
  /** An output column that the statement names itself. */
  a: 12,
} as const;

export type TokenFamily = keyof typeof tokenFamilies;

export const indexToken = (family: TokenFamily, index: number): string => `<${family}${index}>`;

/** Every index token, in a fixed order, for the vocabulary of a model's tokenizer. */
export const specialTokens: readonly string[] = (Object.keys(tokenFamilies) as TokenFamily[]).flatMap((family) =>
  Array.from({ length: tokenFamilies[family] }, (_, index) => indexToken(family, index)),
);
