import { cpus, totalmem } from 'node:os';

/** The machine that writes a report, as the report says it. */
export const thisMachine = () => ({
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryBytes: totalmem(),
});
