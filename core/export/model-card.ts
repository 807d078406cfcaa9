import type { Evaluation, ModelRef } from '../contract.js';
import type { DatasetSource } from './dataset-card.js';
import { markdownTable } from './markdown-table.js';

export interface ModelCard {
  model: Pick<ModelRef, 'id' | 'kind' | 'dialect' | 'parameters' | 'promptForm'>;
  run: string;
  createdAt: string;
  /** Version of Dialectic. */
  version: string;
  evaluations: Evaluation[];
  datasets: { id: string; dialect: string; pairs: number; databases: string[] }[];
  /** Where the pairs of those datasets came from. */
  sources: DatasetSource[];
  /** What the weights went through, first to last, with each stage's settings. */
  stages: { stage: string; run: string; parameters: Record<string, unknown>; finishedAt: string }[];
  /** Figures that the last training or merge measured, by name. */
  measured: Record<string, string | number>;
}

const kinds: Record<ModelRef['kind'], string> = {
  base: 'the base that experts start from',
  expert: 'an expert in one dialect',
  merged: 'a dense merge of experts',
  endpoint: 'a model behind an endpoint',
  generalist: 'one model trained on the pairs of all dialects',
  mixture: 'a mixture of experts, merged from experts that share one base',
};

/** README.md of a model: front matter that model hubs read, then what it scores, what it learned from, how it was made, and what its licence depends on. */
export function writeModelCard(card: ModelCard): string {
  const { model, run, createdAt, version, evaluations, datasets, measured } = card;
  const dialects = [...new Set(datasets.map(({ dialect }) => dialect))];
  return `---
library_name: transformers
pipeline_tag: text-generation
license: other
license_name: by-source
license_link: README.md
language:
  - en
tags:
${['text-to-sql', 'sql', ...dialects].map((tag) => `  - ${tag}`).join('\n')}
---

# ${model.id}

A text-to-SQL model: ${kinds[model.kind]}${model.dialect ? ` (${model.dialect})` : ''}, ${number(model.parameters)} parameters. Made by Dialectic ${version}, run \`${run}\`, ${createdAt.slice(0, 10)}.
It is asked in the \`${model.promptForm}\` prompt form of docs/prompt.md.

## Metrics

${
  evaluations.length === 0
    ? 'Not evaluated.'
    : `Greedy answers, run beside the gold on each dialect's engine.

${markdownTable(
  [
    'dialect',
    'questions of',
    'n',
    'execution accuracy',
    '95 % interval',
    'gold with rows',
    'exact match',
    'BLEU-2',
    'valid',
  ],
  evaluations.map(({ dialect, split, n, ex, exCi: [low, high], exNonEmpty, em, bleu2, valid }) => [
    ...[dialect, split, number(n), percent(ex), `${percent(low)} to ${percent(high)}`],
    ...[exNonEmpty, em, bleu2, valid].map(percent),
  ]),
)}`
}

## Data

${markdownTable(
  ['dataset', 'dialect', 'pairs', 'databases'],
  datasets.map(({ id, dialect, pairs, databases }) => [`\`${id}\``, dialect, number(pairs), databases.join(', ')]),
)}

## Lineage and recipe

${card.stages.map(({ stage, run: by, finishedAt, parameters }, at) => `${at + 1}. ${stage}, run \`${by}\`, ${finishedAt.slice(0, 10)}: \`${JSON.stringify(parameters)}\``).join('\n')}

${markdownTable(
  ['measured last', ''],
  Object.entries(measured).map(([name, value]) => [name, typeof value === 'number' ? number(value) : value]),
)}

## Licence

Nobody chose a licence for these weights. What they may be used for follows from the base they started from (the first \`base\` above; none: random weights) and from the sources of their pairs:

${markdownTable(
  ['source', 'licence', 'pairs'],
  card.sources.map(({ name, address, licence, pairs }) => [
    address?.startsWith('http') ? `[${name}](${address})` : name,
    licence,
    number(pairs),
  ]),
)}

## Limits

The training questions are synthetic, and so are those of the metrics: people ask otherwise. Run what it answers as a user who may only read.
`;
}

const number = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 4 });
const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
