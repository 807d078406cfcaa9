import type { NativeConnection } from '@temporalio/worker';
import { Worker, type WorkerOptions } from '@temporalio/worker';
import type { Pool } from '../core/contract.js';
import { activitiesOf } from './activities-of.js';
import { failureInterceptor } from './failure-interceptor.js';
import { workflowBundle } from './bundle.js';
import { poolSettings } from './pools.js';
import type { Services } from './services.js';

export interface WorkerPlace {
  connection: NativeConnection;
  namespace: string;
  services: Services;
  /** Activities at a time in one worker of a pool, where it is not the pool's usual number. */
  slots: Partial<Record<Pool, number>>;
  /** Name and build of the deployment, where versions of the workflow code are to live side by side. */
  deployment?: { name: string; build: string };
}

/** A worker for one pool. Workflow code is loaded by the `control` pool alone. */
export async function createWorker(
  pool: Pool,
  { connection, namespace, services, slots, deployment }: WorkerPlace,
): Promise<Worker> {
  const { activities, workflows, maxHeartbeatThrottle } = poolSettings[pool];
  const options: WorkerOptions = {
    ...{ connection, namespace, taskQueue: pool },
    identity: `${pool}@${process.pid}`,
    maxHeartbeatThrottleInterval: maxHeartbeatThrottle,
    // A trainer needs some seconds to checkpoint; whoever stops the worker waits 30.
    shutdownGraceTime: '500ms',
    shutdownForceTime: '25s',
    interceptors: { activity: [failureInterceptor] },
    ...(deployment && {
      workerDeploymentOptions: {
        useWorkerVersioning: true,
        version: { deploymentName: deployment.name, buildId: deployment.build },
        defaultVersioningBehavior: 'PINNED',
      },
    }),
  };
  if (workflows)
    return Worker.create({
      ...options,
      workflowBundle: await workflowBundle(),
      workflowThreadPoolSize: 1,
      maxCachedWorkflows: 100,
    });
  return Worker.create({
    ...options,
    activities: await activitiesOf(pool, services),
    maxConcurrentActivityTaskExecutions: slots[pool] ?? activities,
  });
}
