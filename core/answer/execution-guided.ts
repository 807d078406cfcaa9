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
 * @returns every statement, the chosen one first and the others by their votes
 */
export async function chooseByExecution({ statements, run, orders }: ChooseInput): Promise<TriedStatement[]> {
  const tried: TriedStatement[] = [];
  for (const sql of statements) {
    const known = tried.find((one) => one.sql === sql);
    if (known) known.said += 1;
    else tried.push({ sql, outcome: await run(sql), said: 1, votes: 0 });
  }
  const agreed: TriedStatement[][] = [];
  for (const one of tried) {
    const group = agreed.find(([first]) => agrees(first!, one, orders));
    if (group) group.push(one);
    else agreed.push([one]);
  }
  for (const group of agreed) {
    const votes = group.reduce((sum, { said }) => sum + said, 0);
    for (const one of group) one.votes = votes;
  }
  // Sorting is stable: what was said first stays before what has as many votes.
  return tried.sort((a, b) => Number(ran(b)) - Number(ran(a)) || (ran(a) ? b.votes - a.votes : 0));
}

const ran = ({ outcome }: TriedStatement): boolean => outcome.kind === 'rows';

/** A result that was cut at the limits agrees with nothing but its own statement. */
function agrees(one: TriedStatement, other: TriedStatement, orders: (sql: string) => boolean): boolean {
  const [a, b] = [one.outcome, other.outcome];
  if (a.kind !== 'rows' || b.kind !== 'rows' || a.truncated || b.truncated) return false;
  return sameResult(a, b, { ordered: orders(one.sql) && orders(other.sql) });
}
