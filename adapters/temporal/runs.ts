import {
  WorkflowIdConflictPolicy,
  WorkflowIdReusePolicy,
  WorkflowNotFoundError,
  type Client,
  type WorkflowHandle,
} from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType, TypedSearchAttributes } from '@temporalio/common';
import {
  lifecycleId,
  searchAttributes,
  stageWorkflowId,
  type LifecycleInput,
  type WorkflowName,
} from '../../core/contract.js';
import { NotFoundError } from '../../core/errors.js';

export interface RunSummary {
  run: string;
  workflow: string;
  status: string;
  startedAt: string;
  finishedAt: string | null;
}

/**
 * Starts a workflow under its business id; one that goes on already is joined.
 * @returns its handle, and whether it was joined
 */
export async function startWorkflow(
  client: Client,
  workflow: WorkflowName,
  name: string,
  input: unknown,
  summary: string,
): Promise<{ handle: WorkflowHandle; joined: boolean }> {
  const workflowId = workflow === 'lifecycle' ? lifecycleId(name) : stageWorkflowId(workflow, name);
  const before = await runningExecution(client, workflowId);
  const handle = await client.workflow.start(workflow, {
    ...{ workflowId, taskQueue: 'control', args: [input], staticSummary: summary },
    workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
    workflowIdReusePolicy: WorkflowIdReusePolicy.ALLOW_DUPLICATE,
    typedSearchAttributes: new TypedSearchAttributes([
      { key: defineSearchAttributeKey(searchAttributes.run, SearchAttributeType.KEYWORD), value: workflowId },
    ]),
  });
  return { handle, joined: before !== undefined && before === handle.firstExecutionRunId };
}

export function startLifecycle(client: Client, input: LifecycleInput & { name: string }) {
  return startWorkflow(client, 'lifecycle', input.name, input, `Run ${input.name}`);
}

/** A run by its id, or by its name alone. @throws NotFoundError */
export async function findRun(client: Client, run: string): Promise<WorkflowHandle> {
  const candidates = run.includes('/') ? [run] : [lifecycleId(run), stageWorkflowId('experiment', run), run];
  for (const workflowId of candidates) {
    const handle = client.workflow.getHandle(workflowId);
    try {
      await handle.describe();
      return handle;
    } catch (error) {
      if (!(error instanceof WorkflowNotFoundError)) throw error;
    }
  }
  throw new NotFoundError(`There is no run "${run}".`, '`dialectic list` shows the runs there are.');
}

/** Runs that people started, newest first; their parts are left out. */
export async function listRuns(client: Client, limit: number): Promise<RunSummary[]> {
  const runs: RunSummary[] = [];
  for await (const execution of client.workflow.list({ query: 'ParentWorkflowId IS NULL' })) {
    runs.push({
      run: execution.workflowId,
      workflow: execution.type,
      status: execution.status.name.toLowerCase(),
      startedAt: execution.startTime.toISOString(),
      finishedAt: execution.closeTime?.toISOString() ?? null,
    });
    if (runs.length === limit) break;
  }
  return runs;
}

async function runningExecution(client: Client, workflowId: string): Promise<string | undefined> {
  try {
    const description = await client.workflow.getHandle(workflowId).describe();
    return description.status.name === 'RUNNING' ? description.runId : undefined;
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return undefined;
    throw error;
  }
}
