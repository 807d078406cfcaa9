import type { BatchLedger } from '../adapters/llm/batch.js';
import { openBudgetAccount, type BudgetAccount } from '../adapters/llm/budget.js';
import { openEndpoint, type Endpoint } from '../adapters/llm/endpoint.js';
import { judgePrompts } from '../adapters/llm/judge.js';
import type { CallLedger } from '../adapters/llm/ledger.js';
import { createModelClient, type ModelClient } from '../adapters/llm/model-client.js';
import { teacherPrompts } from '../adapters/llm/teacher.js';
import type { Database } from '../adapters/postgres/database.js';
import { findModelBatch, saveModelBatch } from '../adapters/postgres/queries/model-batches.js';
import { findPaidCall, savePaidCall, spentFrom } from '../adapters/postgres/queries/paid-calls.js';
import type { Provenance } from '../core/contract.js';
import { InvalidInputError } from '../core/errors.js';
import type { EndpointSpec, TeacherSpec } from '../core/run-spec.js';
import type { ModelEndpoint } from '../schema/config.js';
import type { Prices } from '../schema/prices.js';

export type Role = 'teacher' | 'judge';

/** The run that asks, what it may cost, and what tells it to stop asking. */
export interface Asking {
  provenance: Provenance;
  maxBudgetUsd: number | null;
  signal: AbortSignal;
}

/** Models behind endpoints, with every call in the ledger. */
export interface Teachers {
  /** The client of a model for one piece of work; null for the offline teacher. @throws InvalidInputError when no endpoint is known */
  client(role: Role, spec: TeacherSpec, asking: Asking): ModelClient | null;
  /** The client of a model under test. */
  tested(spec: EndpointSpec, asking: Asking): ModelClient;
  /** What of a teacher decides its output, for the key of a stage. */
  identity(role: Role, spec: TeacherSpec): object;
}

const startConcurrency = 8;

export function createTeachers(
  db: Database,
  configured: Partial<Record<Role, ModelEndpoint>>,
  prices: Prices = {},
  testedKeys: Record<string, string> = {},
): Teachers {
  /** One for each address and model in this process: what one piece of work learns of an endpoint, the others know. */
  const opened = new Map<string, Endpoint>();
  const endpointOf = (role: Role, spec: TeacherSpec): Endpoint => {
    return open(role, resolve(role, spec, configured[role]), spec);
  };
  const open = (
    purpose: string,
    { model, url, apiKey }: ReturnType<typeof resolve>,
    spec: Pick<EndpointSpec, 'concurrency' | 'timeoutSeconds'>,
  ): Endpoint => {
    const name = `${purpose} ${url} ${model} ${spec.timeoutSeconds}`;
    const endpoint =
      opened.get(name) ??
      openEndpoint({
        ...{ model, baseUrl: url, apiKey, timeoutMs: spec.timeoutSeconds * 1000 },
        concurrency: { start: startConcurrency, max: spec.concurrency },
      });
    opened.set(name, endpoint);
    endpoint.limit.setMax(spec.concurrency);
    return endpoint;
  };
  /** One for each budget, which the activities of a run spend from, or those of all runs of an experiment. */
  const accounts = new Map<string, BudgetAccount>();
  const accountOf = ({ run, payer = run }: Provenance): BudgetAccount => {
    const account = accounts.get(payer) ?? openBudgetAccount();
    accounts.set(payer, account);
    return account;
  };
  const batches: BatchLedger = {
    find: (requests) => findModelBatch(db, requests),
    save: (requests, batch) => saveModelBatch(db, requests, batch),
  };
  const clientOf = (
    endpoint: Endpoint,
    { provenance, maxBudgetUsd, signal }: Asking,
    kept: BatchLedger | null,
  ): ModelClient => {
    const ledger: CallLedger = {
      async find(key) {
        const call = await findPaidCall(db, key);
        return call && { ...call, elsewhere: call.run !== provenance.run };
      },
      save: (call) => savePaidCall(db, provenance, call),
      spent: () => spentFrom(db, provenance),
    };
    return createModelClient({
      ...{ model: endpoint.model, endpoint, ledger, prices, maxBudgetUsd, signal, account: accountOf(provenance) },
      batches: kept,
    });
  };
  return {
    client(role, spec, asking) {
      if (spec.kind === 'offline') return null;
      return clientOf(endpointOf(role, spec), asking, spec.batch ? batches : null);
    },
    tested(spec, asking) {
      const { name, model, baseUrl } = spec;
      return clientOf(open(`tested ${name}`, { model, url: baseUrl, apiKey: testedKeys[name] }, spec), asking, null);
    },
    identity(role, spec) {
      if (spec.kind === 'offline') return { kind: 'offline', model: null };
      const { model } = resolve(role, spec, configured[role]);
      return { kind: spec.kind, model, prompts: role === 'teacher' ? teacherPrompts : judgePrompts };
    },
  };
}

function resolve(role: Role, spec: TeacherSpec, configured?: ModelEndpoint) {
  const model = spec.model ?? configured?.model;
  const url = spec.baseUrl ?? configured?.url;
  if (!model || !url) throw new InvalidInputError(...unknownEndpoint(role));
  return { model, url, apiKey: configured?.apiKey };
}

/** What went wrong and the remedy, where a run wants a model and nobody said which. */
export function unknownEndpoint(role: Role): [string, string] {
  const variable = `DIALECTIC_${role.toUpperCase()}`;
  return [
    `The ${role} is of kind openai, but its endpoint or its model is not known.`,
    `Set ${role}.baseUrl and ${role}.model in the run spec, or ${variable}_URL and ${variable}_MODEL for the workers.`,
  ];
}
