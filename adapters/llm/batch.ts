import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { toFile, type OpenAI } from 'openai';
import { readCompletion, translateError, type Endpoint } from './endpoint.js';
import { BudgetExhaustedError, TeacherRefusedError, TeacherUnavailableError } from './errors.js';
import { estimateUsage } from './estimate.js';
import { requestKey, type CallLedger, type ModelRequest } from './ledger.js';
import { costOf, type PriceList } from './prices.js';
import { requestBody } from './request-form.js';

/** Batches by the requests they hold, kept so that a worker that dies leaves its batch to the next one. */
export interface BatchLedger {
  /** The newest batch for these requests. `id` is null while nobody knows whether the endpoint took it. */
  find(requests: string): Promise<KnownBatch | null>;
  save(requests: string, batch: KnownBatch): Promise<void>;
}

export interface KnownBatch {
  /** 1, 2, …: a batch of what the one before left unanswered. */
  attempt: number;
  id: string | null;
  ended: boolean;
}

interface BatchWork {
  endpoint: Endpoint;
  ledger: CallLedger;
  batches: BatchLedger;
  prices: PriceList;
  maxBudgetUsd: number | null;
  signal?: AbortSignal | undefined;
  requests: ModelRequest<unknown>[];
}

type Batch = OpenAI.Batches.Batch;

/** A line of a batch's output. */
interface OutputLine {
  custom_id: string;
  response: { status_code: number; body: OpenAI.Chat.Completions.ChatCompletion } | null;
  error: { message?: string } | null;
}

const path = '/v1/chat/completions';
/** Pauses between two looks at a batch: they grow, for a batch takes minutes to hours. */
const firstLookMs = 1_000;
const longestLookMs = 60_000;

/**
 * Has all requests answered by the endpoint's batch API, at its price, and puts the replies into the ledger, matched by
 * `custom_id`, which is the request's key. The batch is written down before it is created, with its mark in the batch's
 * metadata: whoever comes after a crash finds it there and neither sends nor pays for it again.
 */
export async function fillLedgerByBatch(work: BatchWork): Promise<void> {
  const { endpoint, batches, requests } = work;
  const byKey = new Map(requests.map((request) => [requestKey(endpoint.model, request), request]));
  const mark = createHash('sha256')
    .update([...byKey.keys()].sort().join())
    .digest('hex');
  const missing = async (): Promise<string[]> => {
    const found = await Promise.all([...byKey.keys()].map(async (key) => ((await work.ledger.find(key)) ? [] : [key])));
    return found.flat();
  };
  let keys = await missing();
  if (keys.length === 0) return;
  const last = await batches.find(mark);
  const known = last && !last.ended ? last : { attempt: (last?.attempt ?? 0) + 1, id: null, ended: false };
  if (known.id === null) {
    await requireBudget(
      work,
      keys.map((key) => byKey.get(key)!),
    );
    const crashed = last !== null && !last.ended;
    if (!crashed) await batches.save(mark, known);
    const name = `${mark}/${known.attempt}`;
    const begun = (crashed ? await findByMark(endpoint, name) : null) ?? (await create(work, byKey, keys, name));
    known.id = begun.id;
    await batches.save(mark, known);
  }
  const ended = await untilEnded(endpoint, known.id, work.signal);
  const refusal = await keepReplies(work, byKey, ended);
  await batches.save(mark, { ...known, ended: true });
  keys = await missing();
  if (keys.length === 0) return;
  const said = ended.errors?.data?.[0]?.message ?? refusal;
  if (ended.status === 'failed')
    throw new TeacherRefusedError(
      `The endpoint of model ${endpoint.model} refused a batch of ${byKey.size} requests: ${said ?? 'it gave no reason'}.`,
      'Set teacher.batch to false, or mend what it says.',
    );
  throw new TeacherUnavailableError(
    `A batch of model ${endpoint.model} is ${ended.status} and left ${keys.length} of ${byKey.size} requests unanswered${said ? `: ${said}` : ''}.`,
    'They are sent again in a batch of their own; set teacher.batch to false if this goes on.',
  );
}

async function create(
  { endpoint }: BatchWork,
  byKey: Map<string, ModelRequest<unknown>>,
  keys: string[],
  mark: string,
): Promise<Batch> {
  const lines = keys.map((key) => {
    const body = requestBody(endpoint.model, byKey.get(key)!, endpoint.form);
    return JSON.stringify({ custom_id: key, method: 'POST', url: path, body });
  });
  try {
    const name = `${mark.replace('/', '-')}.jsonl`;
    const file = await endpoint.openai.files.create({
      file: await toFile(Buffer.from(`${lines.join('\n')}\n`), name),
      purpose: 'batch',
    });
    return await endpoint.openai.batches.create({
      ...{ input_file_id: file.id, endpoint: path, completion_window: '24h', metadata: { dialectic: mark } },
    });
  } catch (error) {
    throw translateError(error, endpoint.model);
  }
}

/** A batch that was created, and whose creator died before it wrote down the id. */
async function findByMark({ openai, model }: Endpoint, mark: string): Promise<Batch | null> {
  try {
    for await (const batch of openai.batches.list({ limit: 100 })) if (batch.metadata?.dialectic === mark) return batch;
    return null;
  } catch (error) {
    throw translateError(error, model);
  }
}

async function untilEnded({ openai, model }: Endpoint, id: string, signal?: AbortSignal): Promise<Batch> {
  for (let pause = firstLookMs; ; pause = Math.min(longestLookMs, pause * 2)) {
    let batch: Batch;
    try {
      batch = await openai.batches.retrieve(id);
    } catch (error) {
      throw translateError(error, model);
    }
    if (['completed', 'failed', 'expired', 'cancelled'].includes(batch.status)) return batch;
    await sleep(pause, undefined, { signal });
  }
}

/** @returns what the endpoint said of the first request that it did not answer, if any */
async function keepReplies(
  { endpoint, ledger, prices }: BatchWork,
  byKey: Map<string, ModelRequest<unknown>>,
  { output_file_id, error_file_id }: Batch,
): Promise<string | null> {
  const { model, openai } = endpoint;
  let refusal: string | null = null;
  for (const file of [output_file_id, error_file_id]) {
    if (!file) continue;
    let text: string;
    try {
      text = await (await openai.files.content(file)).text();
    } catch (error) {
      throw translateError(error, model);
    }
    for (const line of text.split('\n').filter((row) => row.trim() !== '')) {
      const { custom_id: key, response, error } = JSON.parse(line) as OutputLine;
      const request = byKey.get(key);
      if (!request) continue;
      if (response?.status_code !== 200) {
        refusal ??= error?.message ?? `status ${response?.status_code}`;
        continue;
      }
      const { text: reply, usage } = readCompletion(response.body);
      await ledger.save({
        ...{ key, stage: request.stage, model, reply },
        usage: usage ?? { inputTokens: 0, cachedInputTokens: 0, outputTokens: 0 },
        costUsd: usage && costOf(model, usage, prices, 'batch'),
      });
    }
  }
  return refusal;
}

async function requireBudget(
  { endpoint, ledger, prices, maxBudgetUsd }: BatchWork,
  requests: ModelRequest<unknown>[],
): Promise<void> {
  if (maxBudgetUsd === null) return;
  const { usd } = await ledger.spent();
  const expected = requests.reduce(
    (sum, request) => sum + (costOf(endpoint.model, estimateUsage(request), prices, 'batch') ?? 0),
    0,
  );
  if (usd < maxBudgetUsd && usd + expected <= maxBudgetUsd) return;
  throw new BudgetExhaustedError(
    `A batch of ${requests.length} requests to model ${endpoint.model} is expected to cost $${expected.toFixed(4)}, and $${Math.max(0, maxBudgetUsd - usd).toFixed(4)} of the budget is left.`,
  );
}
