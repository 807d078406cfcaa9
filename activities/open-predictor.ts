import { join } from 'node:path';
import { createEndpointPredictor, endpointPromptVersion } from '../adapters/llm/endpoint-predictor.js';
import { openModel } from '../adapters/onnx/open-model.js';
import type { ArtifactStore } from '../adapters/s3/artifact-store.js';
import { getFolder } from '../adapters/s3/folder.js';
import type { ModelRef } from '../core/contract.js';
import { InvalidInputError } from '../core/errors.js';
import type { Predictor } from '../core/evaluate/evaluate-model.js';
import type { EndpointSpec } from '../core/run-spec.js';
import type { Asking, Teachers } from './teachers.js';

/** A model under test, wherever it runs. */
export interface OpenPredictor {
  predictor: Predictor;
  /** US dollars that this run paid for its answers; null where a price is not known. */
  cost(): number | null;
  close(): Promise<void>;
}

/** Opens a stored model's ONNX form in `folder`. */
export async function openStoredPredictor(
  store: ArtifactStore,
  model: ModelRef,
  folder: string,
): Promise<OpenPredictor> {
  await getFolder(store, model.folder, folder, (path) => path.startsWith('onnx/'));
  const predictor = await openModel(join(folder, 'onnx'));
  return { predictor, cost: () => 0, close: () => predictor.close() };
}

/** Opens a model behind an endpoint of the plan. */
export function openEndpointPredictor(
  teachers: Teachers,
  { id }: ModelRef,
  endpoints: readonly EndpointSpec[],
  asking: Asking,
): OpenPredictor {
  const spec = endpoints.find(({ name }) => name === id);
  if (!spec)
    throw new InvalidInputError(`The plan has no endpoint "${id}".`, 'Name it in evaluate.endpoints of the run spec.');
  const client = teachers.tested(spec, asking);
  return {
    predictor: createEndpointPredictor(client, spec),
    cost: () => client.tally.costUsd,
    close: () => Promise.resolve(),
  };
}

/** Endpoints as models that are evaluated beside the run's own; their artifact is what decides their answers. */
export async function describeEndpoints(store: ArtifactStore, endpoints: readonly EndpointSpec[]): Promise<ModelRef[]> {
  const measured = await store.putJson({});
  return Promise.all(
    endpoints.map(async ({ name, baseUrl, model, maxTokens }) => ({
      ...{ id: name, kind: 'endpoint' as const, dialect: null, parameters: 0, promptForm: 'plain' as const, measured },
      folder: await store.putJson({ endpoint: { baseUrl, model, maxTokens, prompt: endpointPromptVersion } }),
    })),
  );
}
