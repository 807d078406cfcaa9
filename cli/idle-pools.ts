import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';
import type { Pool } from '../core/contract.js';
import type { Output } from './output.js';

const workflowQueue = 1; // temporal.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW
const activityQueue = 2; // temporal.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY

/** Workers that were started a moment ago have yet to ask for work. */
const patienceMs = 15_000;
const pauseMs = 500;
/** A worker asks anew every minute; the server lists one that has ended for some minutes more. */
const goneMs = 75_000;

/** A run waits for ever for a pool that no worker serves: say so before it does. */
export async function warnOfIdlePools(client: Client, output: Output, needed: Pool[]): Promise<void> {
  const until = Date.now() + patienceMs;
  let idle = await idlePools(client, needed);
  while (idle.length > 0 && Date.now() < until) {
    await sleep(pauseMs);
    idle = await idlePools(client, needed);
  }
  if (idle.length > 0) output.warn(`No worker serves ${idle.join(', ')}: the run waits for one. Run \`dialectic up\`.`);
}

async function idlePools(client: Client, pools: Pool[]): Promise<Pool[]> {
  const served = await Promise.all(
    pools.map(async (name) => {
      const { pollers } = await client.workflowService.describeTaskQueue({
        ...{ namespace: client.options.namespace, taskQueue: { name } },
        taskQueueType: name === 'control' ? workflowQueue : activityQueue,
      });
      return (pollers ?? []).some(
        ({ lastAccessTime }) => Date.now() - (lastAccessTime?.seconds?.toNumber() ?? 0) * 1_000 < goneMs,
      );
    }),
  );
  return pools.filter((_, index) => !served[index]);
}
