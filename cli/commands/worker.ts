import type { Command } from 'commander';

export function register(program: Command): void {
  program
    .command('worker')
    .description('run workers of one or more pools in the foreground, for any deployment')
    .argument('<pools>', 'for example control,io')
    .action(async (pools: string) => {
      const [{ spawn }, { workerProgram }, { withInterrupt }] = await Promise.all([
        import('node:child_process'),
        import('../../deploy/local/workers.js'),
        import('../interrupt.js'),
      ]);
      // Workers are a program of their own: the command line loads none of their code.
      const child = spawn(process.execPath, [...workerProgram(), pools], { stdio: 'inherit' });
      const code = await withInterrupt(
        () => child.kill('SIGTERM'),
        () => new Promise<number>((resolve) => child.once('close', (status) => resolve(status ?? 1))),
      );
      process.exitCode = code;
    });
}
