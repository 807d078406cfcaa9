import { defineConfig } from 'vitest/config';

const minutes = (count: number) => count * 60_000;
const stack = { globalSetup: 'test/support/start-stack.ts', setupFiles: 'test/support/use-stack.ts' };

/**
 * Three projects. `unit` needs no server. `integration` shares one embedded stack, started in a folder of its own and gone
 * afterwards. `e2e` has such a stack for itself, because its tests kill what they run on, and comes last.
 */
export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['test/unit/**/*.test.ts'], testTimeout: 20_000 },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts', 'test/replay/**/*.test.ts'],
          testTimeout: minutes(2),
          hookTimeout: minutes(2),
          ...stack,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts', 'test/browser/**/*.test.ts'],
          testTimeout: minutes(20),
          hookTimeout: minutes(5),
          fileParallelism: false,
          sequence: { groupOrder: 1 },
          ...stack,
        },
      },
    ],
  },
});
