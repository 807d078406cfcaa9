import { ScheduleAlreadyRunning, ScheduleNotFoundError, ScheduleOverlapPolicy, type Client } from '@temporalio/client';
import { lifecycleId, stageWorkflowId, type WorkflowName } from '../../core/contract.js';
import { InvalidInputError, NotFoundError } from '../../core/errors.js';

export interface ScheduleSummary {
  schedule: string;
  workflow: string;
  next: string | null;
  paused: boolean;
}

/**
 * Starts a workflow by the clock. A start is left out while the one before goes on, one that was missed by more than an hour
 * is not made up for, and after a failure the schedule waits for a person.
 */
export async function createSchedule(
  client: Client,
  { name, workflow, cron, input }: { name: string; workflow: WorkflowName; cron: string; input: unknown },
): Promise<void> {
  try {
    await client.schedule.create({
      scheduleId: name,
      spec: { cronExpressions: [cron] },
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '1 hour', pauseOnFailure: true },
      action: {
        ...{ type: 'startWorkflow', workflowType: workflow, taskQueue: 'control', args: [input] },
        workflowId: workflow === 'lifecycle' ? lifecycleId(name) : stageWorkflowId(workflow, name),
        staticSummary: `Schedule ${name}`,
      },
    });
  } catch (cause) {
    if (cause instanceof ScheduleAlreadyRunning)
      throw new InvalidInputError(
        `There is a schedule "${name}" already.`,
        `Run \`dialectic schedule delete ${name}\` first, or choose another name.`,
        { cause },
      );
    // The server has no code of its own for a cron expression that it cannot read.
    if (cause instanceof Error && /cron/i.test(cause.message))
      throw new InvalidInputError(
        `Temporal cannot read the cron expression "${cron}": ${cause.message}.`,
        'Give --cron five fields, for example "0 3 * * 0".',
        { cause },
      );
    throw cause;
  }
}

export async function listSchedules(client: Client): Promise<ScheduleSummary[]> {
  const schedules: ScheduleSummary[] = [];
  for await (const { scheduleId, action, info, state } of client.schedule.list())
    schedules.push({
      ...{ schedule: scheduleId, workflow: action?.workflowType ?? '', paused: state.paused },
      next: info.nextActionTimes[0]?.toISOString() ?? null,
    });
  return schedules;
}

export async function deleteSchedule(client: Client, name: string): Promise<void> {
  await found(name, client.schedule.getHandle(name).delete());
}

export async function triggerSchedule(client: Client, name: string): Promise<void> {
  await found(name, client.schedule.getHandle(name).trigger());
}

async function found<T>(name: string, answer: Promise<T>): Promise<T> {
  return answer.catch((error: unknown) => {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
    throw new NotFoundError(`There is no schedule "${name}".`, '`dialectic schedule list` shows those there are.');
  });
}
