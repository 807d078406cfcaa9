import type { ExecutionOutcome } from '../database.js';
import { sameResult } from '../metrics/execution-accuracy.js';

/** A statement that was considered, with what it came to. */
export interface TriedStatement {
  sql: string;
  outcome: ExecutionOutcome;
  /** Samples that said it. */
  said: number;
  /** Samples that said it, or another with the same result. */
  votes: number;
}

export interface ChooseInput {
  /** What the model said, its greedy answer first. Equal statements are run once. */
  statements: readonly string[];
  /** Runs a statement, or says why it is not run. */
  run: (sql: string) => Promise<ExecutionOutcome>;
  /** Whether the sequence of a statement's rows counts. */
  orders: (sql: string) => boolean;
}

/**
 * Execution-guided decoding with a vote: every statement is run, those that fail are out, and of the results that remain the one
 * that most samples agree on wins. Between results with as many votes the greedy answer's wins, then the one said first; where
 * all fail, the greedy answer stays. After Wang et al. 2018, "Robust Text-to-SQL Generation with Execution-Guided Decoding", and
 * Shi et al. 2022, "Natural Language to Code Translation with Execution".
 * What could no longer win is not run.
 * @returns the statements that were run, the chosen one first and the others by their votes
 */
export async function chooseByExecution({ statements, run, orders }: ChooseInput): Promise<TriedStatement[]> {
  const said = new Map<string, number>();
  for (const sql of statements) said.set(sql, (said.get(sql) ?? 0) + 1);
  const tried: TriedStatement[] = [];
  const agreed: TriedStatement[][] = [];
  let left = statements.length;
  for (const [sql, times] of said) {
    if (isDecided(agreed, left)) break;
    const one = { sql, outcome: await run(sql), said: times, votes: 0 };
    left -= times;
    tried.push(one);
    const group = agreed.find(([first]) => agrees(first!, one, orders)) ?? agreed[agreed.push([]) - 1]!;
    group.push(one);
    const votes = group.reduce((sum, other) => sum + other.said, 0);
    for (const other of group) other.votes = votes;
  }
  // Sorting is stable: what was said first stays before what has as many votes.
  return tried.sort((a, b) => Number(ran(b)) - Number(ran(a)) || (ran(a) ? b.votes - a.votes : 0));
}

/** No result can come to as many votes as the leading one has, whatever the statements return that are left. */
function isDecided(agreed: readonly TriedStatement[][], left: number): boolean {
  const votes = agreed.map(([first]) => (ran(first!) ? first!.votes : 0)).sort((a, b) => b - a);
  return (votes[0] ?? 0) > (votes[1] ?? 0) + left;
}

const ran = ({ outcome }: TriedStatement): boolean => outcome.kind === 'rows';

/** A result that was cut at the limits agrees with nothing but its own statement. */
function agrees(one: TriedStatement, other: TriedStatement, orders: (sql: string) => boolean): boolean {
  const [a, b] = [one.outcome, other.outcome];
  if (a.kind !== 'rows' || b.kind !== 'rows' || a.truncated || b.truncated) return false;
  return sameResult(a, b, { ordered: orders(one.sql) && orders(other.sql) });
}
