import type { ExecutionOutcome, FailedExecution } from '../database.js';
import type { DialectManifest } from '../dialect.js';
import type { Query } from '../sql/ast.js';
import { guard } from '../sql/guard.js';
import type { Pair, Verdict } from '../template.js';
import type { ContaminationCheck } from './decontamination.js';
import { checkAggregate } from './aggregate.js';
import { checkDirection } from './direction.js';
import type { DuplicateFilter } from './duplicates.js';
import { checkMentions } from './mentions.js';
import { reject, type Rejection } from './rejection.js';
import { checkRepeatable } from './repeatable.js';
import { checkResult } from './result.js';
import { findTie } from './ties.js';
import { checkWording } from './wording.js';

/** What a judge is shown. */
export interface JudgedPair {
  pair: Pair;
  query: Query;
  outcome: ExecutionOutcome & { kind: 'rows' };
}

/** What the checks need from outside; those left out are not done. */
export interface CheckServices {
  manifest: DialectManifest;
  execute(sql: string): Promise<ExecutionOutcome>;
  maxRows: number;
  /** Null: pairs are not compared with each other. */
  duplicates?: DuplicateFilter | null;
  contamination?: ContaminationCheck | null;
  /** Whether question and statement mean the same: a model, or the round-trip judge. */
  judge?: ((judged: JudgedPair) => Promise<Rejection | null> | Rejection | null) | null;
}

/**
 * Checks one pair, step by step until one rejects: parse and guard, repeatability, execute, result, values in the question, its wording and direction, duplicates, contamination,
 * ties, judge. What costs money comes last.
 */
export async function checkPair(pair: Pair, services: CheckServices): Promise<Verdict> {
  const guarded = guard(pair.sql, services.manifest);
  if (guarded.outcome === 'refused') return verdictOf(pair, reject(guarded.reason, guarded.message), null);
  const { query } = guarded;
  const unsteady = checkRepeatable(query);
  if (unsteady !== null) return verdictOf(pair, unsteady, null);
  const outcome = await services.execute(pair.sql);
  if (outcome.kind !== 'rows') return verdictOf(pair, executionRejection(outcome), outcome);
  const rejection =
    checkResult(query, outcome, services.maxRows) ??
    checkMentions(pair.question, query) ??
    checkWording(pair.question, query) ??
    checkDirection(pair.question, query) ??
    checkAggregate(pair.question, query) ??
    services.duplicates?.find(pair, query) ??
    services.contamination?.(pair, query) ??
    (await checkTies(query, outcome.rows.length, services)) ??
    (await services.judge?.({ pair, query, outcome })) ??
    null;
  if (rejection === null) services.duplicates?.add(pair, query);
  return verdictOf(pair, rejection, outcome);
}

async function checkTies(query: Query, rows: number, services: CheckServices): Promise<Rejection | null> {
  const where = await findTie(query, rows, services);
  return where === null ? null : reject('tied-rows', `rows are ordered alike ${where}`);
}

/** Checks pairs one after another, so that of equal ones the first is kept. */
export async function* checkPairs(
  pairs: Iterable<Pair> | AsyncIterable<Pair>,
  services: CheckServices,
): AsyncGenerator<Verdict> {
  for await (const pair of pairs) yield checkPair(pair, services);
}

const reasonOf = {
  invalid: 'invalid',
  'runtime-error': 'runtime-error',
  'not-executable': 'not-executable',
  refused: 'not-read-only',
  timeout: 'timeout',
  crash: 'runtime-error',
} as const;

/** Why a statement that gave no rows is of no use. */
export function executionRejection(outcome: FailedExecution): Rejection {
  return reject(reasonOf[outcome.kind], outcome.message);
}

function verdictOf(pair: Pair, rejection: Rejection | null, outcome: ExecutionOutcome | null): Verdict {
  return {
    id: pair.id,
    accepted: rejection === null,
    reason: rejection?.reason ?? null,
    evidence: rejection?.evidence ?? null,
    rows: outcome?.kind === 'rows' ? outcome.rows.length : 0,
    ms: outcome?.ms ?? 0,
  };
}
