import type { Datasheet } from '../datasheet.js';
import type { DialectManifest } from '../dialect.js';
import { markdownTable } from './markdown-table.js';

/** A source that pairs were made from, with its licence. */
export interface DatasetSource {
  name: string;
  address: string | null;
  licence: string;
  /** Pairs that it taught or shaped. */
  pairs: number;
}

export interface DatasetCard {
  id: string;
  run: string | null;
  createdAt: string | null;
  /** Version of Dialectic. */
  version: string;
  dialect: DialectManifest;
  datasheet: Datasheet;
  databases: string[];
  /** Rows of each split in the order of the card; splits without rows are left out. */
  splits: { name: string; rows: number; bytes: number }[];
  sources: DatasetSource[];
  /** SPDX id in lower case that the maker of the dataset chose; null: it depends on the sources. */
  licence: string | null;
}

const about: Record<string, string> = {
  train: 'to learn from',
  validation: 'other statements over the same databases, for stopping in time',
  heldout: 'other statements over the same databases, for evaluation',
  unseen: 'databases that no other split asks about, for evaluation',
};

/** README.md of a Hugging Face dataset: YAML that says which files are which split, then what the data is and where it came from. */
export function writeDatasetCard(card: DatasetCard): string {
  return `${frontMatter(card)}\n\n${body(card)}\n`;
}

function frontMatter({ id, dialect, licence, splits }: DatasetCard): string {
  const rows = splits.reduce((sum, split) => sum + split.rows, 0);
  return [
    '---',
    `pretty_name: ${JSON.stringify(`${dialect.title} text-to-SQL pairs (${id})`)}`,
    ...(licence ? [`license: ${licence}`] : ['license: other', 'license_name: by-source', 'license_link: README.md']),
    'language:',
    '  - en',
    'task_categories:',
    '  - text-generation',
    'tags:',
    ...['text-to-sql', 'sql', 'synthetic', dialect.name].map((tag) => `  - ${tag}`),
    'size_categories:',
    `  - ${sizeCategory(rows)}`,
    'configs:',
    '  - config_name: pairs',
    '    default: true',
    '    data_files:',
    ...splits.flatMap(({ name }) => [`      - split: ${name}`, `        path: data/${name}-*.parquet`]),
    '  - config_name: databases',
    '    data_files:',
    // Not `all`, which the loader keeps for the union of all splits.
    '      - split: databases',
    '        path: databases/databases-*.parquet',
    '---',
  ].join('\n');
}

function sizeCategory(rows: number): string {
  const bounds: [number, string][] = [
    [1_000, 'n<1K'],
    [10_000, '1K<n<10K'],
    [100_000, '10K<n<100K'],
    [1_000_000, '100K<n<1M'],
  ];
  return bounds.find(([limit]) => rows < limit)?.[1] ?? '1M<n<10M';
}

function body(card: DatasetCard): string {
  const { id, dialect, datasheet, databases, splits, sources, licence, version, run, createdAt } = card;
  const { populated = datasheet.pairs, ...rejects } = datasheet.funnel;
  const { functions, keywords } = datasheet.coverage;
  return `# ${dialect.title} text-to-SQL pairs

Questions in English with the ${dialect.title} statements that answer them, made by Dialectic ${version} and checked by running every
statement on ${dialect.engine}. Dataset \`${id}\`${run ? `, run \`${run}\`` : ''}${createdAt ? `, ${createdAt.slice(0, 10)}` : ''}.

\`\`\`python
from datasets import load_dataset

pairs = load_dataset("path/of/this/folder")                  # ${splits.map(({ name }) => name).join(', ')}
databases = load_dataset("path/of/this/folder", "databases")  # the schemas that the questions are about
\`\`\`

## Splits

${markdownTable(
  ['split', 'pairs', 'for'],
  splits.map(({ name, rows }) => [name, number(rows), about[name] ?? '']),
)}

Databases: ${databases.join(', ')}.

## Fields

${markdownTable(
  ['field', 'is'],
  [
    ['`question`, `sql`', 'what is asked and the statement that answers it'],
    ['`database`, `dialect`', 'the database (a row of `databases`) and the SQL dialect'],
    ['`hardness`', "Spider's four levels: easy, medium, hard, extra"],
    ['`keywords`', 'keywords and functions of the statement'],
    ['`skeleton`', 'the statement with names and values erased'],
    ['`template`, `guide`, `teacher`', 'where the pair came from'],
  ],
)}

## How it was made

Templates came from human-written seeds and from guides to the dialect, were filled with names and values of the databases, and put into words. Of ${number(populated)} pairs made,
${number(datasheet.pairs)} passed every check:

${markdownTable(
  ['reason', 'pairs rejected'],
  Object.entries(rejects)
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([reason, count]) => [reason, number(count)]),
)}

Teachers: ${listCounts(datasheet.byTeacher)}.

## What it covers

- ${number(datasheet.skeletons)} distinct skeletons, ${datasheet.skeletonDiversity.toFixed(3)} a pair.
- Hardness: ${listCounts(datasheet.byHardness)}.
- Functions of the engine that questions can call for: ${shareOf(functions)} are used${missing(functions.missing)}.
- Keywords of the dialect alone: ${shareOf(keywords)} are used${missing(keywords.missing)}.
- Words of a question: ${datasheet.questionWords.join(' / ')}, of a statement: ${datasheet.statementWords.join(' / ')} (least / median / most).

## Licence and sources

${licence ? `The maker of this dataset chose ${licence}.` : 'The maker of this dataset chose no licence for it as a whole; what its sources ask for holds.'}

${markdownTable(
  ['source', 'licence', 'pairs'],
  sources.map(({ name, address, licence: terms, pairs }) => [
    address?.startsWith('http') ? `[${name}](${address})` : name,
    terms,
    number(pairs),
  ]),
)}

## Limits

The questions are synthetic: they are worded by a program or a model, not collected from people. A statement is known to run and to return rows; that it means what its question
asks was judged as the run's report says, not proved. Values stand in the question as they stand in the data.`;
}

const number = (count: number): string => count.toLocaleString('en-US');

const listCounts = (counts: Record<string, number>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${number(count)}`)
    .join(', ');

function shareOf({ covered, missing: left }: { covered: string[]; missing: string[] }): string {
  const total = covered.length + left.length;
  const share = total > 0 ? ` (${((covered.length / total) * 100).toFixed(1)} %)` : '';
  return `${number(covered.length)} of ${number(total)}${share}`;
}

const missing = (names: string[]): string => (names.length > 0 ? `; none uses ${names.join(', ')}` : '');
