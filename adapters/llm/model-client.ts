import { setTimeout as sleep } from 'node:timers/promises';
import { fillLedgerByBatch, type BatchLedger } from './batch.js';
import { guardBudget, noBudget, openBudgetAccount, type BudgetAccount } from './budget.js';
import { complete, openEndpoint, type Endpoint, type EndpointOptions } from './endpoint.js';
import { TeacherUnavailableError } from './errors.js';
import { requestKey, type CallLedger, type ModelRequest, type PaidCall } from './ledger.js';
import { costOf, type PriceList } from './prices.js';
import { parseReply } from './reply.js';
import { createTally, type Tally } from './tally.js';

export interface ModelClientOptions extends EndpointOptions {
  prices?: PriceList;
  maxBudgetUsd?: number | null;
  /** Shared with others who spend from the same budget; the client's own where it is not given. */
  account?: BudgetAccount;
  ledger: CallLedger;
  /** Shared with others who ask the same model; opened from the other options where it is not given. */
  endpoint?: Endpoint;
  /** Where batches are kept: then requests that are announced go by the batch API. */
  batches?: BatchLedger | null;
  /** Aborted: what runs ends and is kept, nothing more is asked. */
  signal?: AbortSignal | undefined;
}

export interface ModelClient {
  readonly model: string;
  /** Told of all requests before they are asked one by one; with the batch API this is where they are answered. */
  announce(requests: ModelRequest<unknown>[]): Promise<void>;
  /** Asks the model unless the ledger holds the answer. Throws the classes of ./errors.ts. */
  ask<T>(request: ModelRequest<T>): Promise<{ value: T; call: PaidCall; reused: boolean }>;
  /** What was asked through this client. */
  readonly tally: Tally;
}

/** Pauses before a call that met a fault is tried again; after the last the fault is thrown. */
const pausesMs = [500, 2_000];

/**
 * A teacher or judge behind any OpenAI-compatible endpoint. Rate limits and passing faults are waited out; what lasts is thrown,
 * and Temporal tries again. Every answered call is in the ledger by then, so a retry pays only for what is missing.
 */
export function createModelClient(options: ModelClientOptions): ModelClient {
  const { ledger, signal, prices = {} } = options;
  const endpoint = options.endpoint ?? openEndpoint(options);
  const { model } = endpoint;
  const { maxBudgetUsd = null, account = openBudgetAccount() } = options;
  const budget =
    maxBudgetUsd === null
      ? noBudget
      : guardBudget({ model, maxBudgetUsd, ledger, account, priced: prices[model] !== undefined });
  const tally = createTally();

  const call = (request: ModelRequest<unknown>, key: string): Promise<PaidCall> =>
    // Until it is in the ledger it counts as one that has not come back.
    budget.spend(() => payFor(request, key));

  async function payFor(request: ModelRequest<unknown>, key: string): Promise<PaidCall> {
    const { text, usage } = await complete(endpoint, request, key);
    const paid: PaidCall = {
      ...{ key, stage: request.stage, model, reply: text },
      usage: usage ?? { inputTokens: 0, cachedInputTokens: 0, outputTokens: 0 },
      costUsd: usage && costOf(model, usage, prices),
    };
    // Kept before it is read: an invalid reply was paid for, too.
    await ledger.save(paid);
    return paid;
  }

  async function persist(request: ModelRequest<unknown>, key: string): Promise<PaidCall> {
    for (const pause of pausesMs) {
      try {
        return await endpoint.limit.run(() => call(request, key), signal);
      } catch (error) {
        if (!(error instanceof TeacherUnavailableError)) throw error;
        await sleep(pause, undefined, { signal });
      }
    }
    return endpoint.limit.run(() => call(request, key), signal);
  }

  return {
    model,
    tally: tally.total,
    async announce(requests) {
      if (!options.batches) return;
      await fillLedgerByBatch({
        ...{ endpoint, ledger, prices, signal, requests, batches: options.batches },
        maxBudgetUsd: options.maxBudgetUsd ?? null,
      });
    },
    async ask(request) {
      const key = requestKey(model, request);
      const { call: paid, reused } = await once(request, key);
      tally.add(paid);
      return { value: parseReply(paid, request), call: paid, reused };
    },
  };

  /** The answer from the ledger, from somebody who asks the same right now, or from the model. */
  async function once(request: ModelRequest<unknown>, key: string): Promise<{ call: PaidCall; reused: boolean }> {
    for (let shared = endpoint.inFlight.get(key); shared; shared = endpoint.inFlight.get(key)) {
      // Their failure is theirs: they may have been cancelled, or have spent their budget.
      const call = await shared.catch(() => null);
      if (call) return { call, reused: true };
    }
    let reused = true;
    // In the map before the ledger is looked at, so that nobody can come in between.
    const own = ledger.find(key).then((known) => {
      reused = known !== null;
      return known ?? persist(request, key);
    });
    endpoint.inFlight.set(key, own);
    try {
      return { call: await own, reused };
    } finally {
      endpoint.inFlight.delete(key);
    }
  }
}
