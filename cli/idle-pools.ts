import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import { poolsUntil, type Pool, type Stage } from '../core/contract.js';
import type { Output } from './output.js';

const workflowQueue = 1; // temporal.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW
const activityQueue = 2; // temporal.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY

/** Workers that were started a moment ago have yet to ask for work. */
const patienceMs = 15_000;
const pauseMs = 500;

/** A run waits for ever for a pool that no worker serves: say so before it does. `last`: the stage that it ends after. */
export async function warnOfIdlePools(client: Client, output: Output, last: Stage = 'evaluate'): Promise<void> {
  const needed = poolsUntil(last);
  const until = Date.now() + patienceMs;
  let idle = await idlePools(client, needed);
  while (idle.length > 0 && Date.now() < until) {
    await sleep(pauseMs);
    idle = await idlePools(client, needed);
  }
  if (idle.length > 0)
    output.warn(`No worker serves ${idle.join(', ')}: the run will wait for one. Run \`dialectic up\`.`);
}

async function idlePools(client: Client, pools: Pool[]): Promise<Pool[]> {
  const served = await Promise.all(
    pools.map(async (name) => {
      const { pollers } = await client.workflowService.describeTaskQueue({
        ...{ namespace: client.options.namespace, taskQueue: { name } },
        taskQueueType: name === 'control' ? workflowQueue : activityQueue,
      });
      return (pollers?.length ?? 0) > 0;
    }),
  );
  return pools.filter((_, index) => !served[index]);
}
