import type { DatasetRef, Evaluation } from '../core/contract.js';
import type { Datasheet } from '../core/datasheet.js';
import type { ItemOutcome } from '../core/evaluate/outcome.js';
import type {
  ReportAnswers,
  ReportArtifact,
  ReportComparison,
  ReportDataset,
  ReportQuestion,
} from '../core/evaluate/report.js';
import { comparePaired } from '../core/metrics/paired.js';
import type { Pair } from '../core/template.js';
import type { Database } from '../adapters/postgres/database.js';
import { ancestorsOf } from '../adapters/postgres/queries/lineage.js';
import type { ArtifactStore } from '../adapters/s3/artifact-store.js';

/** Skeletons shown of each dataset. */
const shownSkeletons = 12;

type Cell = Pick<Evaluation, 'model' | 'kind' | 'dialect' | 'split'> & { outcomes: ItemOutcome[] };

/** Experts and mixtures against the base, and mixtures against every expert, on the same questions. */
export function compareModels(cells: Cell[]): ReportComparison[] {
  return cells.flatMap((first) =>
    cells
      .filter((second) => first.dialect === second.dialect && first.split === second.split)
      .filter(
        (second) =>
          (first.kind !== 'base' && second.kind === 'base') || (first.kind === 'mixture' && second.kind === 'expert'),
      )
      .map((second) => {
        const right = ({ outcomes }: Cell): boolean[] => outcomes.map(({ correct }) => correct);
        const { difference, interval, p } = comparePaired(right(first), right(second));
        const { dialect, split } = first;
        return { first: first.model, second: second.model, dialect, split, difference, interval, p };
      }),
  );
}

/** The questions, each once, and every model's answers to them. */
export function describeAnswers(cells: Cell[]): { questions: ReportQuestion[]; answers: ReportAnswers[] } {
  const questions = new Map<string, ReportQuestion>();
  for (const { dialect, split, outcomes } of cells) {
    for (const { id, database, question, sql } of outcomes)
      questions.set(`${dialect}/${split}/${id}`, { id, dialect, database, split, question, sql });
  }
  return {
    questions: [...questions.values()],
    answers: cells.map(({ model, dialect, split, outcomes }) => ({
      ...{ model, dialect, split },
      answers: outcomes.map(({ id, predicted, correct, error }) => ({ id, predicted, correct, error })),
    })),
  };
}

/** Artifacts with the stages that each came from. */
export async function traceArtifacts(db: Database, artifacts: ReportArtifact[]): Promise<ReportArtifact[]> {
  return Promise.all(
    artifacts.map(async (artifact) => {
      const ancestors = await ancestorsOf(db, artifact.sha256);
      const names = [...new Set(ancestors.map(({ stage }) => stage))];
      const keysOf = (name: string) => ancestors.flatMap(({ stage, key }) => (stage === name ? [key] : []));
      return { ...artifact, madeBy: names.map((stage) => ({ stage, keys: keysOf(stage) })) };
    }),
  );
}

/** Each dataset's funnel, coverage and most frequent skeletons. */
export async function describeDatasets(store: ArtifactStore, datasets: DatasetRef[]): Promise<ReportDataset[]> {
  return Promise.all(
    datasets.map(async ({ id, dialect, pairs, databases, skeletons, splits, datasheet }) => {
      const sheet = await store.getJson<Datasheet>(datasheet);
      const { populated = pairs, ...removed } = sheet.funnel;
      const rows = await store.getRows<Pair>(splits.train);
      return {
        ...{ id, dialect, pairs, databases, skeletons, splits: sheet.splits, hardness: sheet.byHardness },
        funnel: [
          { step: 'populated', left: populated, removed: {} },
          { step: 'checked', left: pairs, removed },
        ],
        coverage: sheet.keywords,
        topSkeletons: mostFrequent(rows),
      };
    }),
  );
}

function mostFrequent(pairs: Pair[]): ReportDataset['topSkeletons'] {
  const counts = new Map<string, number>();
  for (const { skeleton } of pairs) counts.set(skeleton, (counts.get(skeleton) ?? 0) + 1);
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, shownSkeletons)
    .map(([skeleton, count]) => ({ skeleton, pairs: count }));
}
