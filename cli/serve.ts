import { join } from 'node:path';
import { pino } from 'pino';
import { loadConfig } from '../schema/config.js';
import { databaseEntry } from '../schema/run-spec.js';
import { dialectOfDatabase } from '../serve/answer/dialect-of-database.js';
import { closeModels, hostModels } from '../serve/hosting/host-models.js';
import { hostDatabases } from '../serve/hosting/host-databases.js';
import { createServer } from '../serve/http/create-server.js';
import { createPlayground } from '../serve/http/playground/playground.js';
import { listen, requireKeyBeyondHere } from '../serve/http/listen.js';
import { createFeedback } from './feedback.js';
import { findDatabase } from './find-database.js';
import { untilInterrupted } from './interrupt.js';
import type { Output } from './output.js';
import { withStore } from './services.js';
import { wholeNumber } from './whole-number.js';

export interface ServeRequest {
  model: readonly string[];
  database: readonly string[];
  dialect?: string;
  host: string;
  port: string;
  maxBatch: string;
  maxQueue: string;
  maxTokens: string;
  cacheMemory: string;
  threads: string;
  int8: boolean;
}

/** Milliseconds that running answers are waited for when the server is told to stop. */
const graceMs = 30_000;

/** Serves until Ctrl-C or SIGTERM; then finishes what runs. The address is the command's data, the log goes to stderr. */
export async function serve(request: ServeRequest, output: Output): Promise<void> {
  const bounds = readBounds(request);
  const { home, logLevel, apiKey = null } = loadConfig();
  requireKeyBeyondHere(request.host, apiKey);
  // Found before any model is opened: a wrong path is said at once.
  const refs = request.database.map((place) =>
    findDatabase(place, databaseEntry.parse(place).name, dialectOfDatabase(place, request.dialect)),
  );
  const log = pino({ level: output.quiet && logLevel === 'info' ? 'warn' : logLevel }, pino.destination(2));
  output.progress(`Opening ${[...request.model, ...refs.map(({ name }) => name)].join(', ')}.`);
  const hosted = await hostDatabases(refs, {
    onFailure: (database, error) => log.warn({ database, err: error }, 'a schema could not be read again'),
  });
  const models = await hostModels(request.model, {
    ...{ ...bounds, cache: join(home.state, 'models'), withStore },
    precision: request.int8 ? 'int8' : 'float32',
    onDeath: (model, why) => log.error({ model, why }, 'the process of a model ended; another is started'),
  }).catch(async (error: unknown) => {
    await hosted.close();
    throw error;
  });
  const { databases } = hosted;
  const server = await createServer({ models, databases, apiKey, log, limits: { maxTokens: bounds.maxTokens } });
  const feedback = createFeedback();
  try {
    await server.app.register(createPlayground({ models, databases, feedback: feedback.store, endOf: server.endOf }));
    const address = await listen(server, { host: request.host, port: bounds.port });
    output.line({ address, models: [...models.keys()], databases: [...databases.keys()] }, address);
    const signal = await untilInterrupted();
    output.progress('Finishing the answers that run. Once more ends at once.');
    await server.stop(graceMs);
    // An orchestrator's SIGTERM is how a server is meant to end; Ctrl-C interrupts a command.
    process.exitCode = signal === 'SIGINT' ? 130 : 0;
  } finally {
    await server.stop(0);
    await Promise.all([closeModels(models), hosted.close(), feedback.close()]);
  }
}

function readBounds({ port, maxBatch, maxQueue, maxTokens, cacheMemory, threads }: ServeRequest) {
  return {
    port: wholeNumber(port, '--port', 0, 65_535),
    maxBatch: wholeNumber(maxBatch, '--max-batch', 1, 1_024),
    maxQueue: wholeNumber(maxQueue, '--max-queue', 0, 100_000),
    maxTokens: wholeNumber(maxTokens, '--max-tokens', 1, 100_000),
    cacheLimit: wholeNumber(cacheMemory, '--cache-memory', 1, 1_000_000) * 2 ** 20,
    threads: wholeNumber(threads, '--threads', 1, 256),
  };
}
