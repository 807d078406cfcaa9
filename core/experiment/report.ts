import type { Share } from '../evaluate/summarise.js';
import type { ReportDialect } from '../evaluate/report.js';
import type { AcrossSeeds } from '../metrics/across-seeds.js';
import type { ExperimentSpec } from './spec.js';

/**
 * All that an experiment's page says, as plain JSON. Fractions are 0…1.
 */
export interface ExperimentReport {
  /** Workflow id, and the name in the spec. */
  experiment: string;
  name: string;
  question: string | null;
  version: string;
  /** ISO times. */
  startedAt: string;
  finishedAt: string;
  dialects: (ReportDialect & { trained: boolean })[];
  /** The first is what the others are compared with. */
  arms: ArmReport[];
  accuracy: ArmAccuracy[];
  comparisons: ArmComparison[];
  breakdowns: Breakdown[];
  runs: ExperimentRun[];
  /** Commands that repeat the experiment, in order. */
  reproduce: string[];
  spec: ExperimentSpec;
  machine: { cpu: string; cores: number; memoryBytes: number };
}

/** What an arm is and what it took, over all of its seeds. */
export interface ArmReport {
  arm: string;
  changes: Record<string, unknown>;
  /** Seconds of work done for it now, and with that of stages which others had finished. */
  seconds: number;
  secondsAlone: number;
  /** US dollars paid now; null where a price is not known. */
  costUsd: number | null;
  /** Stages of its runs, and those of them that were reused. */
  stages: number;
  reused: number;
  /** Of one run, mean over seeds: parameters of what answers, rows of the trainings behind it, tokens that they learned from. */
  parameters: number;
  rows: number;
  tokens: number;
}

/** `all`: the questions of every dialect that was learned. */
export const allDialects = 'all';

/** Execution accuracy of an arm on the questions of a dialect and split. */
export interface ArmAccuracy extends AcrossSeeds {
  arm: string;
  dialect: string;
  split: string;
}

export type Verdict = 'better' | 'worse' | 'no difference shown';

/** An arm less the first, on the same questions. */
export interface ArmComparison extends AcrossSeeds {
  arm: string;
  against: string;
  dialect: string;
  split: string;
  /** Questions, over all seeds, that only the arm and only the first has right; McNemar's exact test of them. */
  onlyArm: number;
  onlyAgainst: number;
  p: number;
  verdict: Verdict;
}

/** Accuracy by what the gold statement is like, over seeds, dialects and splits. */
export interface Breakdown {
  title: string;
  keys: string[];
  arms: { arm: string; shares: Record<string, Share> }[];
}

export interface ExperimentRun {
  arm: string;
  seed: number;
  run: string;
  /** Why there is nothing of it; null where it was finished. */
  failure: string | null;
}
