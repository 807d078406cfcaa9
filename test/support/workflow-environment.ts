import { join } from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { DefaultLogger, Runtime, Worker, type WorkflowBundleOption } from '@temporalio/worker';
import { pools, searchAttributes } from '../../core/contract.js';
import { locateHome } from '../../schema/home.js';
import { bundleWorkflows } from '../../workers/bundle.js';
import { failureInterceptor } from '../../workers/failure-interceptor.js';

export type MockedActivities = Record<string, (input: never) => Promise<unknown>>;

/** Temporal's time-skipping test server with workers of every pool, whose activities a test gives. */
export interface WorkflowEnvironment {
  environment: TestWorkflowEnvironment;
  /** Runs `test` while workers serve `activities`. */
  serve<T>(activities: MockedActivities, test: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export async function openWorkflowEnvironment(): Promise<WorkflowEnvironment> {
  // Failures that a test provokes are no news.
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const path = join(locateHome().tools, 'stack', 'bin', 'temporal-test-server');
  const environment = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path } },
  });
  await environment.connection.operatorService
    .addSearchAttributes({
      namespace: environment.namespace ?? 'default',
      searchAttributes: Object.fromEntries(Object.values(searchAttributes).map((name) => [name, 2])),
    })
    .catch(() => undefined);
  const workflowBundle: WorkflowBundleOption = await bundleWorkflows();
  return {
    environment,
    async serve(activities, test) {
      const workers = await Promise.all(
        pools.map((taskQueue) =>
          Worker.create({
            ...{ connection: environment.nativeConnection, taskQueue },
            ...(environment.namespace && { namespace: environment.namespace }),
            interceptors: { activity: [failureInterceptor] },
            ...(taskQueue === 'control' ? { workflowBundle } : { activities }),
          }),
        ),
      );
      const running = workers.map((worker) => worker.run());
      try {
        return await test();
      } finally {
        for (const worker of workers) worker.shutdown();
        await Promise.all(running);
      }
    },
    close: () => environment.teardown(),
  };
}
