import { describe, expect, it } from 'vitest';
import { expandTemplates } from '../../core/expand/expand.js';
import { fillTemplate } from '../../core/populate/fill.js';
import { populatePairs } from '../../core/populate/populate.js';
import { roleOf } from '../../core/populate/profile.js';
import { createRandom } from '../../core/sampling/random.js';
import type { Pair } from '../../core/template.js';
import { dialects } from '../../dialects/registry.js';
import { examplesFor, guidesFor } from './teacher-inputs.js';

const dialect = 'sqlite';
const { manifest, phrases } = dialects[dialect]!;
const schema = examplesFor(dialect);
const { templates } = expandTemplates({
  manifest,
  phrases,
  examples: schema,
  seeds: [],
  guides: guidesFor(dialect),
  functions: [],
  target: 80,
  seed: 5,
});

const pairs = (count: number, more = {}): Pair[] =>
  [...populatePairs({ manifest, phrases, templates, schemas: [schema], count, seed: 2, ...more }, 50)].flatMap(
    (batch) => batch.pairs,
  );

describe('populatePairs', () => {
  const made = pairs(300);

  it('gives the same pairs for the same seed', () => {
    expect(pairs(60)).toEqual(pairs(60));
  });

  it('asks no question twice, and none for two statements', () => {
    const questions = made.map((pair) => `${pair.database} ${pair.question.toLowerCase()}`);
    expect(new Set(questions).size).toBe(made.length);
  });

  it('gives every pair an id of its own', () => {
    expect(new Set(made.map((pair) => pair.id)).size).toBe(made.length);
  });

  it('gives every template its minimum before frequent shapes get more', () => {
    const counts = new Map<string, number>();
    for (const pair of pairs(300, { minFillsPerTemplate: 3 }))
      counts.set(pair.template, (counts.get(pair.template) ?? 0) + 1);
    const few = templates.filter((template) => (counts.get(template.id) ?? 0) < 2).length;
    expect(few).toBeLessThan(templates.length * 0.1);
  });

  it('leaves out what is harder than asked for', () => {
    expect(new Set(pairs(60, { maxHardness: 'medium' }).map((pair) => pair.hardness))).toEqual(
      new Set(['easy', 'medium']),
    );
  });

  it('leaves no slot unfilled', () => {
    for (const pair of made) expect(pair.sql).not.toMatch(/\{[TCV]\d+\}|\b[TC]\d+\b/);
  });
});

describe('fillTemplate', () => {
  it('joins along foreign keys only', () => {
    const joined = templates.filter((template) => template.joins.length > 0);
    expect(joined.length).toBeGreaterThan(3);
    const keys = new Set(
      schema.foreignKeys.flatMap((fk) => [
        `${fk.column} ${fk.referencesColumn}`,
        `${fk.referencesColumn} ${fk.column}`,
      ]),
    );
    // A join with the result of a CTE or of a subquery is by that result's own columns.
    for (const template of joined.filter((t) => t.joins.length === 1 && / ON /.test(t.sql) && !/step1/.test(t.sql))) {
      const filled = fillTemplate({ template, schema, manifest, random: createRandom(template.id) });
      if (filled.outcome !== 'filled') continue;
      const on = / ON (?:t\d\.)?(\w+) = (?:t\d\.)?(\w+)/.exec(filled.sql);
      expect(keys.has(`${on?.[1]} ${on?.[2]}`), filled.sql).toBe(true);
    }
  });

  it('says why where the database has nothing for the template', () => {
    const template = templates.find((t) => t.columns.some((slot) => slot.type === 'date'))!;
    const bare = {
      ...schema,
      tables: schema.tables.map((table) => ({ ...table, columns: table.columns.filter((c) => c.type !== 'date') })),
    };
    expect(fillTemplate({ template, schema: bare, manifest, random: createRandom(1) })).toEqual({
      outcome: 'rejected',
      reason: 'no-columns',
    });
  });
});

describe('roleOf', () => {
  it.each([
    ['orders', 'customer_id', 'key'],
    ['orders', 'total', 'measure'],
    ['orders', 'status', 'category'],
    ['orders', 'order_date', 'time'],
    ['customers', 'name', 'label'],
  ])('takes %s.%s for a %s', (tableName, columnName, role) => {
    const table = schema.tables.find((t) => t.name === tableName)!;
    expect(
      roleOf(
        table.columns.find((c) => c.name === columnName)!,
        table,
        schema,
      ),
    ).toBe(role);
  });
});
