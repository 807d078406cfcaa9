import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** One completion asked of the local model. */
export interface LocalRequest {
  system: string;
  user: string;
  /** The reply is made to fit, token by token. */
  jsonSchema: object | null;
  temperature: number;
  maxTokens: number;
  seed: number | undefined;
  signal: AbortSignal;
}

export interface LocalReply {
  text: string;
  finish: 'stop' | 'length';
  promptTokens: number;
  /** Of the prompt: those that were still in memory from the call before. */
  cachedTokens: number;
  replyTokens: number;
}

export interface LocalModel {
  /** Tokens of prompt and reply together. */
  readonly contextSize: number;
  /** Replies that are computed side by side. */
  readonly parallel: number;
  countTokens(text: string): number;
  /** Whether an idle place has read most of the prompt already, so that hardly more than the answer is left to compute. */
  hasRead(request: Pick<LocalRequest, 'system' | 'user'>): boolean;
  complete(request: LocalRequest): Promise<LocalReply>;
}

/** What of node-llama-cpp is used; it is installed on demand and not among this project's dependencies. */
interface NodeLlamaCpp {
  getLlama(options: { gpu: false; build: 'never'; maxThreads: number }): Promise<{
    loadModel(options: { modelPath: string }): Promise<{
      tokenize(text: string): unknown[];
      createContext(options: { contextSize: number; threads: number; sequences: number }): Promise<{
        getSequence(): Sequence;
      }>;
    }>;
    createGrammar(options: {
      grammar: string;
      stopGenerationTriggers: string[];
      trimWhitespaceSuffix: boolean;
    }): Promise<object>;
  }>;
  LlamaChat: new (options: { contextSequence: Sequence }) => {
    generateResponse(
      history: object[],
      options: object,
    ): Promise<{ response: string; metadata: { stopReason: string } }>;
  };
}

/** Not among the library's exports, which give no way to forbid line breaks; the library is pinned by its lockfile. */
interface GbnfOfJsonSchema {
  getGbnfGrammarForGbnfJsonSchema(schema: object, options: { allowNewLines: boolean; scopePadSpaces: number }): string;
}

interface Sequence {
  tokenMeter: { getState(): object; diff(before: object): { usedInputTokens: number; usedOutputTokens: number } };
}

/** A sequence keeps what it has read, so that a prompt that begins like the one before is read only where it differs. */
interface Lane {
  sequence: Sequence;
  chat: InstanceType<NodeLlamaCpp['LlamaChat']>;
  /** The prompt that it read last. */
  last: string;
  busy: boolean;
}

/** The idle lane that has read most of a prompt already, and what share of it; null where all are busy. */
function laneFor(lanes: Lane[], prompt: string): { lane: Lane; read: number } | null {
  const idle = lanes
    .filter(({ busy }) => !busy)
    .map((lane) => ({ lane, read: sharedStart(lane.last, prompt) / prompt.length }));
  return idle.sort((a, b) => b.read - a.read)[0] ?? null;
}

const promptOf = ({ system, user }: Pick<LocalRequest, 'system' | 'user'>): string => `${system}\n${user}`;
/** Of a prompt: from this share on, reading the rest takes less time than answering. */
const mostOfIt = 0.8;

function sharedStart(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
}

/**
 * Loads a GGUF model into this process, on the processor. A core does several replies' next tokens in hardly more time than one's,
 * because it reads the weights once for all of them.
 * @param threads the number of cores to compute on; llama.cpp's own guess can be sixty times slower
 */
export async function loadLocalModel(options: {
  engine: string;
  modelPath: string;
  threads: number;
  contextSize: number;
  parallel: number;
}): Promise<LocalModel> {
  const { engine, modelPath, threads, contextSize, parallel } = options;
  const library = (...path: string[]): string =>
    pathToFileURL(join(engine, 'node_modules', 'node-llama-cpp', 'dist', ...path)).href;
  const { getLlama, LlamaChat } = (await import(library('index.js'))) as NodeLlamaCpp;
  const { getGbnfGrammarForGbnfJsonSchema } = (await import(
    library('utils', 'gbnfJson', 'getGbnfGrammarForGbnfJsonSchema.js')
  )) as GbnfOfJsonSchema;
  const llama = await getLlama({ gpu: false, build: 'never', maxThreads: threads });
  const model = await llama.loadModel({ modelPath });
  const context = await model.createContext({ contextSize, threads, sequences: parallel });
  const lanes = Array.from({ length: parallel }, (): Lane => {
    const sequence = context.getSequence();
    return { sequence, chat: new LlamaChat({ contextSequence: sequence }), last: '', busy: false };
  });
  const grammars = new Map<string, Promise<object>>();
  const grammarFor = (schema: object): Promise<object> => {
    const name = JSON.stringify(schema);
    // On one line: indentation would be half of what is written, at the same price a token.
    const text = getGbnfGrammarForGbnfJsonSchema(schema, { allowNewLines: false, scopePadSpaces: 0 });
    const grammar =
      grammars.get(name) ??
      llama.createGrammar({ grammar: text, stopGenerationTriggers: ['\n\n\n\n'], trimWhitespaceSuffix: true });
    grammars.set(name, grammar);
    return grammar;
  };
  async function reply(
    { sequence, chat }: Lane,
    { system, user, jsonSchema, temperature, maxTokens, seed, signal }: LocalRequest,
  ): Promise<LocalReply> {
    const before = sequence.tokenMeter.getState();
    const { response, metadata } = await chat.generateResponse(
      [
        { type: 'system', text: system },
        { type: 'user', text: user },
        { type: 'model', response: [] },
      ],
      { maxTokens, temperature, seed, signal, ...(jsonSchema && { grammar: await grammarFor(jsonSchema) }) },
    );
    const used = sequence.tokenMeter.diff(before);
    const promptTokens = Math.max(used.usedInputTokens, model.tokenize(promptOf({ system, user })).length);
    return {
      text: response,
      finish: metadata.stopReason === 'maxTokens' ? 'length' : 'stop',
      ...{ promptTokens, cachedTokens: promptTokens - used.usedInputTokens, replyTokens: used.usedOutputTokens },
    };
  }
  return {
    ...{ contextSize, parallel },
    countTokens: (text) => model.tokenize(text).length,
    hasRead: (request) => (laneFor(lanes, promptOf(request))?.read ?? 0) >= mostOfIt,
    async complete(request) {
      const lane = laneFor(lanes, promptOf(request))?.lane;
      if (!lane) throw new Error('More requests at once than the model computes side by side.');
      lane.busy = true;
      lane.last = promptOf(request);
      try {
        return await reply(lane, request);
      } finally {
        lane.busy = false;
      }
    },
  };
}
