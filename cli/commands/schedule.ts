import { Argument, type Command } from 'commander';
import { workflowNames, type WorkflowName } from '../../core/contract.js';
import { formatTable, outputOf } from '../output.js';

export function register(program: Command): void {
  const schedule = program.command('schedule').description('workflows that start by the clock');

  schedule
    .command('create')
    .description('start a workflow again and again; a start is left out while the one before goes on')
    .argument('<name>')
    .addArgument(new Argument('<workflow>').choices(workflowNames))
    .requiredOption('--cron <expression>', 'when, for example "0 3 * * 0" (UTC)')
    .requiredOption('--input <file>', "the workflow's input, YAML or JSON")
    .action(
      async (name: string, workflow: WorkflowName, options: { cron: string; input: string }, command: Command) => {
        const { createSchedule } = await import('../../adapters/temporal/schedules.js');
        const { readDocument } = await import('../read-document.js');
        const input = await readDocument(options.input);
        await withClient((client) => createSchedule(client, { name, workflow, cron: options.cron, input }));
        outputOf(command).result({ schedule: name, workflow, cron: options.cron }, `${name}: ${options.cron}`);
      },
    );

  schedule
    .command('list')
    .description('schedules and when they start next')
    .action(async (_options, command: Command) => {
      const { listSchedules } = await import('../../adapters/temporal/schedules.js');
      const schedules = await withClient(listSchedules);
      outputOf(command).result(schedules, () =>
        formatTable(
          ['schedule', 'workflow', 'next', 'paused'],
          schedules.map(({ schedule: name, workflow, next, paused }) => [
            name,
            workflow,
            next ?? '',
            paused ? 'yes' : '',
          ]),
        ),
      );
    });

  schedule
    .command('delete')
    .description('forget a schedule; what it started goes on')
    .argument('<name>')
    .action(async (name: string, _options, command: Command) => {
      const { deleteSchedule } = await import('../../adapters/temporal/schedules.js');
      await withClient((client) => deleteSchedule(client, name));
      outputOf(command).result({ schedule: name, deleted: true }, `${name}: deleted`);
    });

  schedule
    .command('trigger')
    .description('start what a schedule starts, now')
    .argument('<name>')
    .action(async (name: string, _options, command: Command) => {
      const { triggerSchedule } = await import('../../adapters/temporal/schedules.js');
      await withClient((client) => triggerSchedule(client, name));
      outputOf(command).result({ schedule: name, triggered: true }, `${name}: triggered`);
    });
}

async function withClient<T>(work: Parameters<typeof import('../services.js').withTemporal<T>>[0]): Promise<T> {
  const { withTemporal } = await import('../services.js');
  return withTemporal(work);
}
