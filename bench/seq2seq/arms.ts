/** What is trained: each arm changes one thing of the first. */
export interface Arm {
  name: string;
  tokenizer: 'word' | 'wordpiece';
  /** Train on nine tenths of the databases, judge every epoch by the pairs of the last tenth, stop when two epochs bring nothing. */
  earlyStopping?: boolean;
  /** Also learn from pairs that the offline teacher made over the sample databases. */
  generated?: boolean;
  /** The schema stands before the question. */
  schema?: boolean;
}

export const arms: readonly Arm[] = [
  { name: 'words', tokenizer: 'word' },
  { name: 'wordpieces', tokenizer: 'wordpiece' },
  { name: 'words-stopping', tokenizer: 'word', earlyStopping: true },
  { name: 'words-generated', tokenizer: 'word', generated: true },
  { name: 'words-schema', tokenizer: 'word', schema: true },
];

/** Figures of Yalova et al.: accuracy and BLEU, each for its two tokenizers, as percentages. */
export const paper = { accuracy: [69, 63], bleu: [46, 43.3] } as const;

/** The recipe of every arm: the smallest model of the paper, six epochs, after which theirs overfits. */
export function recipeOf(arm: Arm, rowsPerEpoch: number): Record<string, unknown> {
  const batchSize = 32;
  return {
    method: 'seq2seq',
    tokenizer: arm.tokenizer,
    architecture: { layers: 4, hidden: 128, heads: 8, feedForward: 512, dropout: 0.1 },
    ...{ batchSize, seed: 0, epochs: arm.earlyStopping ? 20 : 6, checkpointEverySteps: 100 },
    ...{ evaluateEverySteps: Math.ceil(rowsPerEpoch / batchSize), evaluationRows: 518 },
    ...(arm.earlyStopping ? { earlyStopping: { patience: 2 } } : {}),
  };
}
