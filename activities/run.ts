import type { ExperimentInput, LifecycleInput, WorkflowName } from '../core/contract.js';
import { armRuns, armSpec, withSeed } from '../core/experiment/spec.js';
import type { RunSpec } from '../core/run-spec.js';
import { InvalidInputError } from '../core/errors.js';
import { parse } from '../schema/parse.js';
import { workflowInputSchemas, type WorkflowInputs } from '../schema/workflow-inputs.js';
import { dialects } from '../dialects/registry.js';
import type { Database } from '../adapters/postgres/database.js';
import { finishRun, startRun } from '../adapters/postgres/queries/runs.js';
import type { ModelEndpoint } from '../schema/config.js';
import { unknownEndpoint, type Role } from './teachers.js';

export type RunActivities = ReturnType<typeof createRunActivities>;

type Validated<Name extends WorkflowName> = WorkflowInputs[Name];

/** The first activity of every workflow: is the input right? And a run's row in the index. */
export function createRunActivities({
  db,
  endpoints,
}: {
  db: Database;
  endpoints: Partial<Record<Role, ModelEndpoint>>;
}) {
  const schemas = workflowInputSchemas(Object.keys(dialects));

  return {
    /** Fills in every default. @throws InvalidInputError that names the field and the remedy */
    async validate<Name extends WorkflowName>({ workflow, input }: { workflow: Name; input: unknown }) {
      const validated = parse(schemas[workflow], input, `input of ${workflow}`) as Validated<Name>;
      for (const role of ['teacher', 'judge'] as const)
        if (role in validated) requireEndpoint(role, validated as Roles, endpoints[role]);
      return validated;
    },

    async beginRun({ run, input }: { run: string; input: LifecycleInput }) {
      const { spec, ...options } = parse(schemas.lifecycle, input, 'run spec');
      requireEndpoint('teacher', spec, endpoints.teacher);
      requireEndpoint('judge', spec, endpoints.judge);
      await startRun(db, { id: run, name: spec.name, spec });
      return { spec, only: options.only };
    },

    /** Reads an experiment and the run spec of each of its runs: a wrong field of the last arm must not show after a night. */
    async beginExperiment({ run, input }: { run: string; input: ExperimentInput }) {
      const { spec } = parse(schemas.experiment, input, 'experiment');
      const { vary } = spec.experiment;
      const runs = armRuns(spec).map((one) => {
        const what = `run spec of the arm ${one.arm}`;
        const read = parse(schemas.lifecycle.shape.spec, armSpec(spec, one), what);
        requireEndpoint('teacher', read, endpoints.teacher);
        requireEndpoint('judge', read, endpoints.judge);
        return { ...one, spec: withSeed(read, one.seed, vary) };
      });
      await startRun(db, { id: run, name: spec.name, spec });
      return { spec, runs };
    },

    async finishRun({ run, status, result }: { run: string; status: string; result: object | null }) {
      await finishRun(db, run, status, result);
    },
  };
}

type Roles = Partial<Pick<RunSpec, 'teacher' | 'judge'>>;

function requireEndpoint(role: Role, input: Roles, configured?: ModelEndpoint): void {
  const wanted = input[role];
  if (wanted?.kind !== 'openai') return;
  if ((wanted.model ?? configured?.model) && (wanted.baseUrl ?? configured?.url)) return;
  throw new InvalidInputError(...unknownEndpoint(role));
}
