/** The forms in which a dataset leaves: three for chat fine-tuning, Spider's own, and Parquet in the Hugging Face dataset layout. */
export const exportFormats = ['messages', 'alpaca', 'sharegpt', 'spider', 'parquet'] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** The splits of a dataset that are exported; no pair is in two of them. */
export const exportSplits = ['train', 'validation', 'heldout', 'unseen'] as const;
export type ExportSplit = (typeof exportSplits)[number];
