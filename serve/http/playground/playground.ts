import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Answered } from '../../../core/answer.js';
import type { DatabaseSchema } from '../../../core/database.js';
import { NotFoundError } from '../../../core/errors.js';
import type { FeedbackStore } from '../../../core/feedback/feedback.js';
import { dialects } from '../../../dialects/registry.js';
import { parse } from '../../../schema/parse.js';
import type { AskRequest, PlaygroundDatabase, PlaygroundModel, Ran, RunRequest } from '../../../web/playground/api.js';
import { viewSchema } from '../../../web/playground/view-schema.js';
import { addPageRoutes } from './page-routes.js';
import { problemOf } from './problem-of.js';
import { askRequest, feedbackRequest, runRequest } from './requests.js';
import { requireSameOrigin } from './same-origin.js';

/** What the playground needs of the server it is a part of. */
export interface PlaygroundServices {
  models(): PlaygroundModel[];
  databases(): Omit<PlaygroundDatabase, 'title'>[];
  /** @throws NotFoundError where there is no such database; UnreachableError where it cannot be read */
  schema(database: string): Promise<DatabaseSchema>;
  ask(request: AskRequest, signal: AbortSignal): Promise<Answered>;
  run(request: RunRequest, signal: AbortSignal): Promise<Ran>;
  feedback: FeedbackStore;
}

const bodyLimit = 256 * 1024;

/** The page at `/`, and its JSON routes below `/api/`. A Fastify plugin. */
export function createPlayground(services: PlaygroundServices) {
  return async function playground(server: FastifyInstance): Promise<void> {
    // What a form of another site could send is not read at all.
    server.removeContentTypeParser('text/plain');
    server.setErrorHandler((error: Error, request, reply) => {
      const { status, problem } = problemOf(error);
      if (status >= 500) request.log.error(error);
      return reply.code(status).send(problem);
    });
    await addPageRoutes(server);
    server.addHook(
      'onSend',
      async (_request, reply) => void (reply.hasHeader('cache-control') || reply.header('cache-control', 'no-store')),
    );

    const dialectOf = (database: string): string => {
      const found = services.databases().find(({ name }) => name === database);
      if (found) return found.dialect;
      throw new NotFoundError(
        `There is no database "${database}" here.`,
        'Name one of those that `/api/databases` lists.',
      );
    };

    server.get('/api/models', () => services.models());
    server.get('/api/databases', () =>
      services.databases().map((database): PlaygroundDatabase => ({
        ...database,
        title: dialects[database.dialect]?.manifest.title ?? database.dialect,
      })),
    );
    server.get<{ Params: { name: string } }>('/api/databases/:name/schema', async ({ params }) =>
      viewSchema(await services.schema(params.name), dialects[dialectOf(params.name)]!.manifest),
    );

    const posted = { bodyLimit, onRequest: requireSameOrigin };
    server.post('/api/ask', posted, (request, reply) =>
      services.ask(parse(askRequest, request.body, 'request'), goneSignal(reply)),
    );
    server.post('/api/run', posted, (request, reply) =>
      services.run(parse(runRequest, request.body, 'request'), goneSignal(reply)),
    );
    server.post('/api/feedback', posted, async (request, reply) => {
      const given = parse(feedbackRequest, request.body, 'request');
      const feedback = {
        id: randomUUID(),
        time: new Date().toISOString(),
        ...given,
        dialect: dialectOf(given.database),
      };
      await services.feedback.add(feedback);
      return reply.code(201).send({ id: feedback.id });
    });
  };
}

/** Aborted when the client goes away before it has its answer. */
function goneSignal({ raw }: FastifyReply): AbortSignal {
  const gone = new AbortController();
  raw.once('close', () => {
    if (!raw.writableFinished) gone.abort();
  });
  return gone.signal;
}
