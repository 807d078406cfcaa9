import { createModelClient, type ModelClient } from '../adapters/llm/model-client.js';
import type { Database } from '../adapters/postgres/database.js';
import { findPaidCall, savePaidCall, spentBy } from '../adapters/postgres/queries/paid-calls.js';
import { InvalidInputError } from '../core/errors.js';
import type { TeacherSpec } from '../core/run-spec.js';
import type { ModelEndpoint } from '../schema/config.js';
import type { Prices } from '../schema/prices.js';

export type Role = 'teacher' | 'judge';

/** Models behind endpoints, with every call in the ledger. */
export interface Teachers {
  /** The client of a model for one run; null for the offline teacher. @throws InvalidInputError when no endpoint is known */
  client(role: Role, spec: TeacherSpec, run: string, maxBudgetUsd: number | null): ModelClient | null;
  /** US dollars that a run's calls of a stage cost so far; null where a price is not known. */
  costOf(run: string, stage: string): Promise<number | null>;
}

export function createTeachers(
  db: Database,
  endpoints: Partial<Record<Role, ModelEndpoint>>,
  prices: Prices = {},
): Teachers {
  return {
    client(role, spec, run, maxBudgetUsd) {
      if (spec.kind === 'offline') return null;
      const configured = endpoints[role];
      const model = spec.model ?? configured?.model;
      const baseUrl = spec.baseUrl ?? configured?.url;
      if (!model || !baseUrl) throw new InvalidInputError(...unknownEndpoint(role));
      return createModelClient({
        ...{ model, baseUrl, maxBudgetUsd, prices, apiKey: configured?.apiKey },
        concurrency: { start: Math.min(4, spec.concurrency), max: spec.concurrency },
        ledger: {
          find: (key) => findPaidCall(db, key),
          save: (call) => savePaidCall(db, run, call),
          spent: async () => (await spentBy(db, run)).usd,
        },
      });
    },
    async costOf(run, stage) {
      const { usd, unpriced } = await spentBy(db, run, stage);
      return unpriced > 0 ? null : usd;
    },
  };
}

/** What went wrong and the remedy, where a run wants a model and nobody said which. */
export function unknownEndpoint(role: Role): [string, string] {
  const variable = `DIALECTIC_${role.toUpperCase()}`;
  return [
    `The ${role} is of kind openai, but its endpoint or its model is not known.`,
    `Set ${role}.baseUrl and ${role}.model in the run spec, or ${variable}_URL and ${variable}_MODEL for the workers.`,
  ];
}
