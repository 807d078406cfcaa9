import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { estimateCalls, estimateStage } from '../../adapters/llm/estimate.js';
import type { ModelRequest } from '../../adapters/llm/ledger.js';
import { dialects } from '../../dialects/registry.js';
import { runSpecSchema } from '../../schema/run-spec.js';

const schema = runSpecSchema(Object.keys(dialects));
const spec = (more: object) => schema.parse({ databases: { known: ['sample:retail'] }, dialects: ['sqlite'], ...more });
const request: ModelRequest<unknown> = {
  ...{ stage: 'populate', system: 's'.repeat(3_000), user: 'u'.repeat(600), schemaName: 'a', schema: z.object({}) },
  ...{ temperature: 0, maxTokens: 600, seed: 1 },
};
const of = { model: 'm', prices: { m: { input: 1, output: 2 } }, batch: false, outputTokens: {} };

it('counts the calls that a run makes of each model', () => {
  const openai = { kind: 'openai', model: 'm', baseUrl: 'http://localhost/v1' };
  const populate = { seedPairs: 100, pairs: 200, unseenPairs: 20 };
  const expand = { target: 300, batch: 100 };
  expect(estimateCalls(spec({ teacher: openai, judge: openai, populate, expand }), 100)).toEqual({
    ...{ expand: 200, populate: 320, repair: 96, check: 320 },
  });
  expect(estimateCalls(spec({ populate, expand }), 100)).toEqual({});
});

it('estimates tokens and cost from requests as they would be sent', () => {
  const { inputTokens, outputTokens, usd } = estimateStage([request], 1_000, of);
  expect(inputTokens / 1_000).toBeGreaterThan(950);
  expect(inputTokens / 1_000).toBeLessThan(1_100);
  expect(usd).toBeCloseTo((inputTokens + 2 * outputTokens) / 1e6);
});

it('goes by what the model has answered so far, and claims no price that it does not know', () => {
  expect(estimateStage([request], 10, { ...of, outputTokens: { populate: 33 } }).outputTokens).toBe(330);
  expect(estimateStage([request], 10, { ...of, batch: true }).usd).toBeNull();
  expect(estimateStage([request], 10, { ...of, model: 'other' }).usd).toBeNull();
});

it.each(readdirSync('examples').filter((file) => file.endsWith('.yaml')))(
  'examples/%s is a run spec as it is',
  (file) => {
    expect(schema.safeParse(parse(readFileSync(`examples/${file}`, 'utf8'))).success).toBe(true);
  },
);
