import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { DatabaseSchema, DatabaseSession } from '../../core/database.js';
import { withFreshSchema } from '../../serve/hosting/fresh-schema.js';

const named = (name: string): DatabaseSchema => ({ name, dialect: 'sqlite', tables: [], foreignKeys: [] });

/** A database that has changed each time it is read; `answers` says what a reading gives. */
function changing(answers: (() => Promise<DatabaseSchema>)[]): { session: DatabaseSession; readings: () => number } {
  let readings = 0;
  const session = { introspect: () => answers[readings++]!() } as unknown as DatabaseSession;
  return { session, readings: () => readings };
}

it('reads a schema again that is used when it is old, and serves what is known meanwhile', async () => {
  let finish = (_schema: DatabaseSchema): void => undefined;
  const slow = new Promise<DatabaseSchema>((resolve) => (finish = resolve));
  const { session, readings } = changing([() => slow]);
  const database = withFreshSchema(session, named('first'), { maxAgeMs: 20 });
  expect(database.schema.name).toBe('first');
  expect(readings()).toBe(0);
  await sleep(30);
  // Nobody uses it: nothing is read.
  expect(readings()).toBe(0);
  expect([database.schema.name, database.schema.name]).toEqual(['first', 'first']);
  expect(readings()).toBe(1);
  finish(named('second'));
  await slow;
  await sleep(1);
  expect(database.schema.name).toBe('second');
});

it('keeps what is known where the database does not answer, and does not ask at every question', async () => {
  const failures: unknown[] = [];
  const { session, readings } = changing([() => Promise.reject(new Error('gone')), async () => named('back')]);
  const database = withFreshSchema(session, named('first'), { maxAgeMs: 30, onFailure: (why) => failures.push(why) });
  await sleep(40);
  void database.schema;
  await sleep(1);
  expect(database.schema.name).toBe('first');
  expect([readings(), failures.length]).toEqual([1, 1]);
  await sleep(40);
  void database.schema;
  await sleep(1);
  expect(database.schema.name).toBe('back');
});
