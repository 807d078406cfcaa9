import { Argument, type Command } from 'commander';
import { workflowNames, type WorkflowName } from '../../core/contract.js';
import { outputOf } from '../output.js';

interface Options {
  input?: string;
  name?: string;
  detach?: boolean;
}

export function register(program: Command): void {
  program
    .command('start')
    .description('start any one workflow by itself')
    .addArgument(new Argument('<workflow>').choices(workflowNames))
    .option('--input <file>', 'its input, YAML or JSON; a workflow has defaults for most fields')
    .option('--name <name>', "the end of its id; by default the input's name or dialect")
    .option('--detach', 'start it and return')
    .action(async (workflow: WorkflowName, options: Options, command: Command) => {
      const [{ readDocument }, { withTemporal }, { startWorkflow }, { watchRun }, { explainFailure }] =
        await Promise.all([
          import('../read-document.js'),
          import('../services.js'),
          import('../../adapters/temporal/runs.js'),
          import('../watch-run.js'),
          import('../../adapters/temporal/failure.js'),
        ]);
      const output = outputOf(command);
      const input = (options.input ? await readDocument(options.input) : {}) as { name?: string; dialect?: string };
      const name = options.name ?? input.name ?? input.dialect ?? 'run';
      const document = await withTemporal(async (client) => {
        const { handle } = await startWorkflow(client, workflow, name, input, `${workflow} ${name}`);
        output.progress(`${handle.workflowId} is started.`);
        if (options.detach) return { run: handle.workflowId, status: 'running' };
        const result = await watchRun<object>(handle, output).catch((error: unknown) => {
          throw explainFailure(error, handle.workflowId);
        });
        return { run: handle.workflowId, status: 'completed', ...result };
      });
      output.result(document, () => JSON.stringify(document, null, 2));
    });
}
