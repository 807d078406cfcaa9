import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { z } from 'zod';
import type { LocalModel, LocalRequest } from './llama.js';

const requestSchema = z.object({
  messages: z.array(z.object({ role: z.enum(['system', 'user', 'assistant']), content: z.string() })).min(1),
  temperature: z.number().min(0).max(2).default(0),
  max_tokens: z.number().int().min(1).default(512),
  max_completion_tokens: z.number().int().min(1).optional(),
  seed: z.number().int().optional(),
  response_format: z
    .object({ type: z.string(), json_schema: z.object({ schema: z.record(z.string(), z.unknown()) }).optional() })
    .optional(),
});

const maxBodyBytes = 1_000_000;
const maxWaiting = 64;
/** So many that wait with one system prompt are worth a place of their own that has read it. */
const worthReading = 4;
/** Told to who comes when the queue is full. */
const retryAfterSeconds = 10;

type Wanted = z.infer<typeof requestSchema>;
type Prompt = Pick<LocalRequest, 'system' | 'user'>;

function promptOf({ messages }: Wanted): Prompt {
  const of = (role: string): string =>
    messages.flatMap((message) => (message.role === role ? [message.content] : [])).join('\n\n');
  return { system: of('system'), user: of('user') };
}

/** What the server does now, for `dialectic teacher status`. */
export interface LocalServerState {
  model: string;
  waiting: number;
  answered: number;
  replyTokens: number;
  /** Seconds in which the model computed at least one reply. */
  busySeconds: number;
}

/** OpenAI's chat completions over one local model: a queue, as many at once as the model computes, JSON schemas as grammars. */
export function createLocalServer(name: string, model: LocalModel): Server {
  const state: LocalServerState = { model: name, waiting: 0, answered: 0, replyTokens: 0, busySeconds: 0 };
  let running = 0;
  let computing = 0;
  let busySince = 0;
  const queue: { prompt: Prompt; begin: () => void }[] = [];

  /** Begins what can go on now, in the order of the queue. */
  function next(): void {
    const [first] = queue;
    if (!first || running >= model.parallel || !(running === 0 || mayJoin(first.prompt))) return;
    queue.shift();
    running++;
    first.begin();
  }
  /** Reading a long prompt holds up the answers beside it; it has to be worth that. */
  function mayJoin(prompt: Prompt): boolean {
    return (
      model.hasRead(prompt) || queue.filter(({ prompt: { system } }) => system === prompt.system).length >= worthReading
    );
  }

  async function inTurn(prompt: Prompt, work: () => Promise<void>): Promise<void> {
    await new Promise<void>((begin) => {
      queue.push({ prompt, begin });
      next();
    });
    const done = work().finally(() => {
      running--;
      next();
    });
    // By now the model knows what it is busy with; the one behind may fit beside it.
    next();
    await done;
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method === 'GET' && request.url === '/health') return send(response, 200, state);
    if (request.method === 'GET' && request.url === '/v1/models')
      return send(response, 200, { object: 'list', data: [{ id: name, object: 'model', owned_by: 'local' }] });
    if (request.method !== 'POST' || request.url !== '/v1/chat/completions')
      return sendError(response, 404, `There is no ${request.method} ${request.url} here.`);
    const body = await readBody(request);
    if (body === null) return sendError(response, 413, `A request has at most ${maxBodyBytes} bytes.`);
    const parsed = requestSchema.safeParse(parseJson(body));
    if (!parsed.success) {
      const issue = parsed.error.issues[0]!;
      return sendError(response, 400, `${issue.path.join('.') || 'body'}: ${issue.message}`);
    }
    if (state.waiting >= maxWaiting) {
      response.setHeader('retry-after', String(retryAfterSeconds));
      return sendError(response, 429, `${maxWaiting} requests wait already.`);
    }
    state.waiting++;
    const prompt = promptOf(parsed.data);
    await inTurn(prompt, () => complete(parsed.data, prompt, response)).finally(() => state.waiting--);
  }

  async function complete(wanted: Wanted, { system, user }: Prompt, response: ServerResponse): Promise<void> {
    // Who has hung up meanwhile gets no answer, and the next one need not wait for it.
    if (response.destroyed) return;
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const maxTokens = wanted.max_completion_tokens ?? wanted.max_tokens;
    const prompt = model.countTokens(`${system}\n${user}`);
    if (prompt + maxTokens > model.contextSize)
      return sendError(
        response,
        400,
        `${prompt} tokens and ${maxTokens} of a reply pass the ${model.contextSize} of the context.`,
      );
    if (computing++ === 0) busySince = performance.now();
    const reply = await model
      .complete({
        ...{ system, user, maxTokens, signal: gone.signal },
        ...{ temperature: wanted.temperature, seed: wanted.seed },
        jsonSchema: withoutMeta(wanted.response_format?.json_schema?.schema),
      })
      .finally(() => {
        if (--computing === 0) state.busySeconds += (performance.now() - busySince) / 1000;
      });
    state.answered++;
    state.replyTokens += reply.replyTokens;
    send(response, 200, {
      ...{
        id: `chatcmpl-${state.answered}`,
        object: 'chat.completion',
        created: Math.floor(Date.now() / 1000),
        model: name,
      },
      choices: [{ index: 0, finish_reason: reply.finish, message: { role: 'assistant', content: reply.text } }],
      usage: {
        prompt_tokens: reply.promptTokens,
        completion_tokens: reply.replyTokens,
        total_tokens: reply.promptTokens + reply.replyTokens,
        prompt_tokens_details: { cached_tokens: reply.cachedTokens },
      },
    });
  }

  return createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (!response.headersSent && !response.destroyed)
        sendError(response, 500, error instanceof Error ? error.message : String(error));
    });
  });
}

/** The schema's own address says nothing of the reply. */
function withoutMeta(schema: Record<string, unknown> | undefined): object | null {
  if (!schema) return null;
  const { $schema: _, ...rest } = schema;
  return rest;
}

async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function send(response: ServerResponse, status: number, document: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(document));
}

function sendError(response: ServerResponse, status: number, message: string): void {
  send(response, status, { error: { message, type: status === 429 ? 'rate_limit' : 'invalid_request_error' } });
}
