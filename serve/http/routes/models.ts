import type { FastifyInstance } from 'fastify';
import { findModel } from '../find-model.js';
import type { ServerDependencies } from '../dependencies.js';

/** The models, each alone and with each database that it can be asked about. */
export function modelRoutes(app: FastifyInstance, dependencies: ServerDependencies): void {
  const { models, databases } = dependencies;
  const created = Math.floor(Date.now() / 1000);
  const entry = (id: string) => ({ id, object: 'model', created, owned_by: 'dialectic' });
  app.get('/v1/models', async () => ({
    object: 'list',
    data: [...models].flatMap(([id, { dialects }]) => [
      entry(id),
      ...[...databases]
        .filter(([, { session }]) => dialects.length === 0 || dialects.includes(session.ref.dialect))
        .map(([name]) => entry(`${id}@${name}`)),
    ]),
  }));
  app.get<{ Params: { '*': string } }>('/v1/models/*', async ({ params }) => {
    findModel(dependencies, params['*'], null);
    return entry(params['*']);
  });
}
