import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { OverloadedError } from '../../../adapters/onnx/serving/errors.js';
import { NotFoundError } from '../../../core/errors.js';
import type { Feedback, FeedbackStore } from '../../../core/feedback/feedback.js';
import { dialects } from '../../../dialects/registry.js';
import { parse } from '../../../schema/parse.js';
import type { PlaygroundDatabase, PlaygroundModel } from '../../../web/playground/api.js';
import { viewSchema } from '../../../web/playground/view-schema.js';
import { answerQuestion } from '../../answer/answer-question.js';
import type { ServerDependencies } from '../dependencies.js';
import type { EndOf } from '../end-of.js';
import { addPageRoutes } from './page-routes.js';
import { problemOf } from './problem-of.js';
import { askRequest, feedbackRequest, runRequest } from './requests.js';
import { runStatement } from './run-statement.js';
import { requireSameOrigin } from './same-origin.js';

/** What the playground needs beside the server that it is a part of. */
export interface PlaygroundDependencies extends Pick<ServerDependencies, 'models' | 'databases'> {
  feedback: FeedbackStore;
  endOf: EndOf;
}

/** Rows that a page can still show; it says when there are more. */
const limits = { maxRows: 1_000 };
/** Statements of people that run or wait at a time: each may hold one of a few processes for seconds, whether or not somebody still waits for it. */
const mostStatements = 16;
/** Told to who comes when there are so many. */
const comeAgainSeconds = 5;

/**
 * The page at `/`, and its JSON routes below `/api/`. A Fastify plugin.
 *
 * @example
 * await app.register(createPlayground({ models, databases, endOf, feedback: createFeedbackFile('feedback.jsonl') }));
 */
export function createPlayground({ models, databases, feedback, endOf }: PlaygroundDependencies) {
  return async function playground(server: FastifyInstance): Promise<void> {
    server.setErrorHandler((error: Error, request, reply) => {
      const { status, problem, retryAfterSeconds } = problemOf(error);
      if (status >= 500) request.log.error(error);
      if (retryAfterSeconds !== null) void reply.header('retry-after', retryAfterSeconds);
      return reply.code(status).send(problem);
    });
    await addPageRoutes(server);
    const uncached = { onRequest: neverCached };
    const posted = { onRequest: [neverCached, requireSameOrigin] };

    server.get('/api/models', uncached, async () =>
      [...models.values()].map((model): PlaygroundModel => ({ id: model.id, dialects: [...model.dialects] })),
    );
    server.get('/api/databases', uncached, async () =>
      [...databases].map(([name, { session }]): PlaygroundDatabase => {
        const { dialect } = session.ref;
        return { name, dialect, title: dialects[dialect]!.manifest.title };
      }),
    );
    server.get<{ Params: { name: string } }>('/api/databases/:name/schema', uncached, async ({ params }) => {
      const { schema, session } = find('database', databases, params.name);
      return viewSchema(schema, dialects[session.ref.dialect]!.manifest);
    });

    server.post('/api/ask', posted, async (request, reply) => {
      const { question, samples, ...asked } = parse(askRequest, request.body, 'request');
      return answerQuestion({
        ...{ question, model: find('model', models, asked.model) },
        database: find('database', databases, asked.database),
        options: { ...limits, samples, tokenRouting: true, signal: endOf(reply) },
      });
    });
    let statements = 0;
    server.post('/api/run', posted, async (request, reply) => {
      const { database, sql } = parse(runRequest, request.body, 'request');
      const asked = find('database', databases, database);
      if (statements >= mostStatements) throw new OverloadedError(statements, comeAgainSeconds);
      statements += 1;
      return runStatement(asked, sql, limits, endOf(reply)).finally(() => (statements -= 1));
    });
    server.post('/api/feedback', posted, async (request, reply) => {
      const given = parse(feedbackRequest, request.body, 'request');
      const { dialect } = find('database', databases, given.database).session.ref;
      const entry: Feedback = { id: randomUUID(), time: new Date().toISOString(), ...given, dialect };
      await feedback.add(entry);
      return reply.code(201).send({ id: entry.id });
    });
  };
}

function find<T>(what: string, all: ReadonlyMap<string, T>, name: string): T {
  const found = all.get(name);
  if (found !== undefined) return found;
  const known = [...all.keys()].join(', ');
  throw new NotFoundError(
    `There is no ${what} "${name}" here.`,
    known === '' ? 'The server was started with none.' : `Choose one of ${known}.`,
  );
}

const neverCached = async (_request: unknown, reply: FastifyReply): Promise<void> =>
  void reply.header('cache-control', 'no-store');
