import type { Share } from '../evaluate/summarise.js';
import { acrossSeeds, pairedItems, type SeedItem } from '../metrics/across-seeds.js';
import { mean } from '../metrics/bootstrap.js';
import { mcnemarExact } from '../metrics/paired.js';
import { allDialects, type ArmAccuracy, type ArmComparison, type Breakdown, type Verdict } from './report.js';

/** A question that an arm was asked, and what its gold statement is like: the value of each breakdown by the breakdown's title. */
export interface AnsweredQuestion {
  id: string;
  correct: boolean;
  kinds: Record<string, string>;
}

/** What one run of an arm answered to the questions of one dialect and split. */
export interface AnsweredCell {
  arm: string;
  seed: number;
  dialect: string;
  split: string;
  questions: AnsweredQuestion[];
}

/**
 * Accuracy of every arm, by dialect and over all that were learned, and each arm against the first. Of a comparison those seeds
 * count that both arms finished; arms that were asked different questions are not compared.
 * @param arms in the experiment's order
 * @param learned dialects that the runs trained on
 */
export function compareArms(
  cells: readonly AnsweredCell[],
  arms: readonly string[],
  learned: readonly string[],
): { accuracy: ArmAccuracy[]; comparisons: ArmComparison[] } {
  const accuracy: ArmAccuracy[] = [];
  const comparisons: ArmComparison[] = [];
  const dialects = unique(cells.map(({ dialect }) => dialect));
  for (const dialect of learned.length > 1 ? [allDialects, ...dialects] : dialects) {
    for (const split of unique(cells.map((cell) => cell.split))) {
      const answered = (arm: string) => itemsBySeed(cells, { arm, dialect, split, learned });
      const first = answered(arms[0]!);
      for (const arm of arms) {
        const mine = answered(arm);
        if (mine.size === 0) continue;
        const at = { arm, dialect, split };
        accuracy.push({ ...at, ...asShares(acrossSeeds([...mine.values()])) });
        const seeds = [...mine.keys()].filter((seed) => first.has(seed));
        if (arm === arms[0] || seeds.length === 0) continue;
        const differences = seeds.map((seed) => pairedItems(mine.get(seed)!, first.get(seed)!) ?? []);
        if (differences.some((items) => items.length === 0)) continue;
        comparisons.push({ ...at, against: arms[0]!, ...tested(differences) });
      }
    }
  }
  return { accuracy, comparisons };
}

/** Shares right by what the gold statements are like, for every title that tells at least two kinds apart. */
export function breakDown(cells: readonly AnsweredCell[], arms: readonly string[]): Breakdown[] {
  const questions = cells.flatMap((cell) => cell.questions.map((question) => ({ arm: cell.arm, ...question })));
  return unique(questions.flatMap(({ kinds }) => Object.keys(kinds))).flatMap((title) => {
    const keys = unique(questions.flatMap(({ kinds }) => kinds[title] ?? [])).sort(byKind);
    if (keys.length < 2) return [];
    const shares = (arm: string): Record<string, Share> =>
      Object.fromEntries(
        keys.map((key) => {
          const own = questions.filter((question) => question.arm === arm && question.kinds[title] === key);
          return [key, { n: own.length, ex: mean(own.map(({ correct }) => Number(correct))) }];
        }),
      );
    return [{ title, keys, arms: arms.map((arm) => ({ arm, shares: shares(arm) })) }];
  });
}

function tested(differences: SeedItem[][]) {
  const values = differences.flat().map(({ value }) => value);
  const onlyArm = values.filter((value) => value > 0).length;
  const onlyAgainst = values.filter((value) => value < 0).length;
  const spread = acrossSeeds(differences);
  return {
    ...spread,
    onlyArm,
    onlyAgainst,
    p: mcnemarExact(onlyArm, onlyAgainst),
    verdict: verdictOf(spread.interval),
  };
}

function verdictOf([low, high]: [number, number]): Verdict {
  if (low > 0) return 'better';
  return high < 0 ? 'worse' : 'no difference shown';
}

/** Shares lie from 0 to 1, which an interval around a mean need not know. */
function asShares<T extends { interval: [number, number] }>(figures: T): T {
  const [low, high] = figures.interval;
  return { ...figures, interval: [Math.max(0, low), Math.min(1, high)] };
}

function itemsBySeed(
  cells: readonly AnsweredCell[],
  { arm, dialect, split, learned }: { arm: string; dialect: string; split: string; learned: readonly string[] },
): Map<number, SeedItem[]> {
  const items = new Map<number, SeedItem[]>();
  for (const cell of cells) {
    if (cell.arm !== arm || cell.split !== split) continue;
    if (dialect === allDialects ? !learned.includes(cell.dialect) : cell.dialect !== dialect) continue;
    const own = cell.questions.map(({ id, correct }) => ({ id: `${cell.dialect}/${id}`, value: Number(correct) }));
    items.set(cell.seed, [...(items.get(cell.seed) ?? []), ...own]);
  }
  return items;
}

const levels = ['easy', 'medium', 'hard', 'extra'];
const byKind = (a: string, b: string): number =>
  levels.indexOf(a) - levels.indexOf(b) || a.localeCompare(b, 'en', { numeric: true });

const unique = <T>(items: readonly T[]): T[] => [...new Set(items)];
