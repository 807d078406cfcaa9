import type { Command } from 'commander';
import { outputOf } from '../output.js';

const port = '8377';

export function register(program: Command): void {
  const teacher = program.command('teacher').description('a language model on this machine, as teacher without a key');

  teacher
    .command('up')
    .description('download the model where it is not there yet (1.2 GB, said first), and serve it')
    .option('--port <port>', 'where it listens on 127.0.0.1', port)
    .option('--threads <count>', 'cores it computes on', '2')
    .option('--yes', 'download without asking')
    .action(async (options: { port: string; threads: string; yes?: boolean }, command: Command) => {
      const { teacherUp } = await import('../teacher.js');
      const output = outputOf(command);
      const [portNumber, threads] = await Promise.all([
        wholeNumber('--port', options.port),
        wholeNumber('--threads', options.threads),
      ]);
      const status = await teacherUp({ port: portNumber, threads, yes: options.yes ?? false }, output);
      output.result(status, () => `${status.model} answers at ${status.url}; examples/local-teacher.yaml uses it.`);
    });

  teacher
    .command('down')
    .description('end it; what was downloaded stays')
    .action(async (_options, command: Command) => {
      const { teacherDown } = await import('../teacher.js');
      outputOf(command).result(await teacherDown(), 'The local teacher is down.');
    });

  teacher
    .command('status')
    .description('whether it runs, and how much it has answered')
    .option('--port <port>', 'where it listens', port)
    .action(async (options: { port: string }, command: Command) => {
      const { teacherStatus } = await import('../teacher.js');
      const status = await teacherStatus(await wholeNumber('--port', options.port));
      outputOf(command).result(status, () => {
        if (status.state === 'down') return `down, ${status.installed ? 'installed' : 'not installed'}`;
        const speed = status.tokensPerSecond === null ? '' : `, ${status.tokensPerSecond.toFixed(1)} tokens a second`;
        return `${status.state} at ${status.url}: ${status.answered ?? 0} answered${speed}`;
      });
    });
}

async function wholeNumber(flag: string, value: string): Promise<number> {
  const number = Number(value);
  if (Number.isInteger(number) && number > 0) return number;
  const { InvalidInputError } = await import('../../core/errors.js');
  throw new InvalidInputError(`${flag} ${value} is no whole number from 1 on.`, `Leave ${flag} out for its default.`);
}
