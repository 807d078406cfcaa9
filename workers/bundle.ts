import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, type WorkflowBundleOption, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { projectRoot } from '../schema/home.js';

/** Where the build leaves the bundle. */
export const bundlePath = join(projectRoot(), 'dist', 'workflow-bundle.js');

/** Bundles the workflows, from the built JavaScript or from the sources, whichever this module is. */
export function bundleWorkflows(): Promise<WorkflowBundleWithSourceMap> {
  const fromSources = import.meta.url.endsWith('.ts');
  return bundleWorkflowCode({
    workflowsPath: fileURLToPath(
      new URL(fromSources ? '../workflows/index.ts' : '../workflows/index.js', import.meta.url),
    ),
    logger: { trace() {}, debug() {}, info() {}, warn: console.warn, error: console.error, log() {} },
    webpackConfigHook: (config) => ({
      ...config,
      resolve: { ...config.resolve, extensionAlias: { '.js': ['.ts', '.js'] } },
    }),
  });
}

/** The built bundle where this process runs built code; one made now from the sources. */
export async function workflowBundle(): Promise<WorkflowBundleOption> {
  if (import.meta.url.endsWith('.js') && existsSync(bundlePath)) return { codePath: bundlePath };
  return bundleWorkflows();
}

// The build's last step: `node dist/workers/bundle.js`.
if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(bundlePath, (await bundleWorkflows()).code);
