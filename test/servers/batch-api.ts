import type { IncomingMessage, ServerResponse } from 'node:http';

/** How a batch line is answered: with content, or with a fault of its own. */
export type LineAnswer = { content: string } | { status: number };

interface Batch {
  id: string;
  lines: { custom_id: string; body: { model: string; messages: { content: string }[] } }[];
  readyAt: number;
  metadata: Record<string, string>;
}

/** OpenAI's files and batches, as far as a batch of chat completions needs them. */
export function createBatchApi(options: { seconds: number; answer: (system: string, prompt: string) => LineAnswer }) {
  const files = new Map<string, string>();
  const batches: Batch[] = [];
  let number = 0;

  const describe = (batch: Batch): object => {
    const done = Date.now() >= batch.readyAt;
    if (done && !files.has(`out-${batch.id}`)) files.set(`out-${batch.id}`, batch.lines.map(outputLine).join('\n'));
    return {
      ...{ id: batch.id, object: 'batch', endpoint: '/v1/chat/completions', metadata: batch.metadata, created_at: 0 },
      ...{ status: done ? 'completed' : 'in_progress', output_file_id: done ? `out-${batch.id}` : null },
    };
  };

  const outputLine = ({ custom_id, body }: Batch['lines'][number]): string => {
    const answer = options.answer(body.messages[0]!.content, body.messages.at(-1)!.content);
    const message = 'content' in answer ? { role: 'assistant', content: answer.content } : null;
    return JSON.stringify({
      custom_id,
      error: null,
      response: {
        status_code: 'status' in answer ? answer.status : 200,
        body: message && {
          choices: [{ index: 0, finish_reason: 'stop', message }],
          usage: { prompt_tokens: 100, completion_tokens: 10, total_tokens: 110 },
        },
      },
    });
  };

  return {
    batches,
    /** Answers a request that is about files or batches. @returns whether it was one */
    async handle(request: IncomingMessage, body: Buffer, response: ServerResponse): Promise<boolean> {
      const path = request.url!.replace(/\?.*/, '');
      const send = (document: unknown): true => {
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(document));
        return true;
      };
      if (request.method === 'POST' && path === '/v1/files') {
        const headers = { 'content-type': request.headers['content-type']! };
        const form = await new Response(new Uint8Array(body), { headers }).formData();
        const id = `file-${++number}`;
        files.set(id, await (form.get('file') as File).text());
        return send({ id, object: 'file', purpose: 'batch' });
      }
      if (request.method === 'POST' && path === '/v1/batches') {
        const asked = JSON.parse(body.toString()) as { input_file_id: string; metadata: Record<string, string> };
        const lines = files.get(asked.input_file_id)!.trim().split('\n');
        const batch: Batch = {
          ...{ id: `batch-${++number}`, metadata: asked.metadata, readyAt: Date.now() + options.seconds * 1000 },
          lines: lines.map((line) => JSON.parse(line) as Batch['lines'][number]),
        };
        batches.push(batch);
        return send(describe(batch));
      }
      if (path === '/v1/batches') return send({ object: 'list', data: batches.map(describe), has_more: false });
      const batch = batches.find(({ id }) => path === `/v1/batches/${id}`);
      if (batch) return send(describe(batch));
      const file = /^\/v1\/files\/([^/]+)\/content$/.exec(path)?.[1];
      if (!file) return false;
      response.writeHead(200, { 'content-type': 'application/jsonl' }).end(files.get(file));
      return true;
    },
  };
}
