import { ApiError } from './api-error.js';
import type { HostedDatabase, HostedModel, ServerDependencies } from './dependencies.js';

export interface Addressed {
  model: HostedModel;
  database: HostedDatabase | null;
}

/** The model, and the database if one is meant: `model`, or `model@database`. @throws ApiError */
export function findModel(
  { models, databases }: Pick<ServerDependencies, 'models' | 'databases'>,
  name: string,
  database: string | null | undefined,
): Addressed {
  const at = models.has(name) ? -1 : name.lastIndexOf('@');
  const id = at < 0 ? name : name.slice(0, at);
  const model = models.get(id);
  if (!model) throw missing('model', id, [...models.keys()], 'model_not_found');
  const wanted = database ?? (at < 0 ? null : name.slice(at + 1));
  if (wanted === null) return { model, database: null };
  const found = databases.get(wanted);
  if (!found) throw missing('database', wanted, [...databases.keys()], 'database_not_found');
  return { model, database: found };
}

function missing(what: string, name: string, known: string[], code: string): ApiError {
  const remedy = known.length > 0 ? `Use one of ${known.join(', ')}.` : 'The server was started with none.';
  return new ApiError(404, 'invalid_request_error', code, `There is no ${what} "${name}". ${remedy}`, what);
}
