import { findTie, tieProbes, type Engine } from '../checks/ties.js';
import type { SqlValue } from '../database.js';
import type { Query } from '../sql/ast.js';
import { print } from '../sql/printer.js';

/** A gold of which ties leave open what the right answer is: rows are ordered alike where their order decides it. */
export interface OpenGold {
  /** Rows of each of its right answers; empty where they are not known: too many, or open inside a subquery or a window. */
  answers: SqlValue[][][];
}

/** More right answers than this are not written down. */
const mostAnswers = 1_000;

/**
 * Whether ties leave the gold's answer open, and which answers are right then.
 * @param rows how many it gave
 * @param ordered whether the sequence of rows counts
 */
export async function openGold(query: Query, rows: number, ordered: boolean, engine: Engine): Promise<OpenGold | null> {
  if ((await findTie(query, rows, engine)) === null) return null;
  const probe = tieProbes(query).find(({ whole, limit }) => whole && limit !== null);
  if (probe === undefined || rows < probe.limit!) return { answers: [] };
  // Every row with what it is ordered by: those that could take the last places are among them.
  const all = await engine.execute(print({ ...probe.query, limit: null }, engine.manifest));
  if (all.kind !== 'rows' || all.truncated) return { answers: [] };
  return { answers: answersOf(all.rows, probe.limit!, probe.keys, ordered) };
}

/**
 * The answers among which ties at a limit leave the choice: the rows that stand before those that are ordered like the last one kept, and as many of these
 * as there is place for. Where sequence counts, only these change places.
 * @param rows in order, each with `keys` values at its end that it is ordered by
 */
export function answersOf(rows: SqlValue[][], limit: number, keys: number, ordered: boolean): SqlValue[][][] {
  const keyOf = (row: SqlValue[]): string => JSON.stringify(row.slice(-keys));
  const last = rows[limit - 1];
  if (last === undefined) return [];
  const outputs = (some: SqlValue[][]): SqlValue[][] => some.map((row) => row.slice(0, -keys));
  const first = rows.findIndex((row) => keyOf(row) === keyOf(last));
  const alike = outputs(rows.filter((row) => keyOf(row) === keyOf(last)));
  const choices = choose(alike, limit - first, ordered);
  return choices?.map((chosen) => [...outputs(rows.slice(0, first)), ...chosen]) ?? [];
}

/** All ways to take `count` of some rows, in each sequence where that counts; null where they are too many. */
function choose(rows: SqlValue[][], count: number, ordered: boolean): SqlValue[][][] | null {
  // Each way so far, with the places of the rows that it may still take.
  let ways: { taken: SqlValue[][]; left: number[] }[] = [{ taken: [], left: [...rows.keys()] }];
  for (let step = 0; step < count; step += 1) {
    ways = ways.flatMap(({ taken, left }) =>
      left.map((place, at) => ({
        taken: [...taken, rows[place]!],
        left: ordered ? left.filter((other) => other !== place) : left.slice(at + 1),
      })),
    );
    if (ways.length > mostAnswers) return null;
  }
  return ways.map(({ taken }) => taken);
}
