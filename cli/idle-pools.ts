import type { Client } from '@temporalio/client';
import { pools } from '../core/contract.js';
import type { Output } from './output.js';

const workflowQueue = 1; // temporal.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW
const activityQueue = 2; // temporal.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY

/** A run waits for ever for a pool that no worker serves: say so before it does. */
export async function warnOfIdlePools(client: Client, output: Output): Promise<void> {
  const served = await Promise.all(
    pools.map(async (name) => {
      const { pollers } = await client.workflowService.describeTaskQueue({
        ...{ namespace: client.options.namespace, taskQueue: { name } },
        taskQueueType: name === 'control' ? workflowQueue : activityQueue,
      });
      return (pollers?.length ?? 0) > 0;
    }),
  );
  const idle = pools.filter((_, index) => !served[index]);
  if (idle.length > 0)
    output.warn(`No worker serves ${idle.join(', ')}: the run will wait for one. Run \`dialectic up\`.`);
}
