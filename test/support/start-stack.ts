import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startStack, stopStack } from '../../deploy/local/stack.js';
import { stopWorkers } from '../../deploy/local/workers.js';
import { projectRoot } from '../../schema/home.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** DIALECTIC_HOME of the stack that the project's tests share. */
    dialecticHome: string;
  }
}

/** Starts a stack for a project of tests, and afterwards leaves neither a process nor a file of it. */
export default async function (project: TestProject): Promise<() => Promise<void>> {
  const parent = join(projectRoot(), '.dialectic');
  mkdirSync(parent, { recursive: true });
  const home = mkdtempSync(join(parent, 'test-home-'));
  // The user's own servers must not be touched by tests.
  const env = { PATH: process.env.PATH, HOME: process.env.HOME, DIALECTIC_HOME: home };
  await startStack({ env });
  project.provide('dialecticHome', home);
  return async () => {
    await stopWorkers({ env });
    await stopStack({ env });
    rmSync(home, { recursive: true, force: true });
  };
}
