import type { Command } from 'commander';
import { outputOf } from '../output.js';
import type { ServeRequest } from '../serve.js';

const collect = (value: string, earlier: string[]): string[] => [...earlier, value];

export function register(program: Command): void {
  program
    .command('serve')
    .description(
      "answer questions over HTTP as OpenAI's API does, for many askers at once; the key is DIALECTIC_API_KEY",
    )
    .requiredOption('--model <model>', 'a model in the store, or an exported folder; may be given again', collect, [])
    .option('--database <place>', 'an address or a database file to ask about; may be given again', collect, [])
    .option('--dialect <name>', "the databases' dialect (default: by their addresses, else sqlite)")
    .option('--host <address>', 'where to listen; other machines need DIALECTIC_API_KEY to be set', '127.0.0.1')
    .option('--port <n>', 'port; 0 for a free one', '8080')
    .option('--max-batch <n>', 'answers decoded together, a model', '32')
    .option('--max-queue <n>', 'requests that may wait, a model; further ones are told to come again', '128')
    .option('--max-tokens <n>', 'tokens of an answer at most', '512')
    .option('--cache-memory <MiB>', 'memory of the key-value caches, a model', '512')
    .option('--threads <n>', 'threads of a model', '2')
    .option('--int8', 'decode with 8-bit weights, where the model was exported with them', false)
    .action(async (flags: ServeRequest, command: Command) => {
      const { serve } = await import('../serve.js');
      await serve(flags, outputOf(command));
    });
}
