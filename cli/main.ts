import { Command, CommanderError } from 'commander';
import { installInterrupt } from './interrupt.js';
import { describeError, exitCodeOf } from './output.js';
import { packageVersion } from './package-version.js';
import { register as registerConfig } from './commands/config.js';
import { register as registerDoctor } from './commands/doctor.js';
import { register as registerDown } from './commands/down.js';
import { register as registerStatus } from './commands/status.js';
import { register as registerUp } from './commands/up.js';
import { register as registerVersion } from './commands/version.js';

/** In the order of `--help`. A command's module does no more on import than say its name and options. */
const commands = [registerUp, registerDown, registerStatus, registerDoctor, registerConfig, registerVersion];

export function createProgram(): Command {
  const program = new Command('dialectic')
    .description("Text-to-SQL models for your SQL dialect, from its documentation and a database's schema.")
    .version(packageVersion(), '-V, --version')
    .option('--json', 'print one JSON document, or JSON lines while it goes on')
    .option('--no-input', 'ask nothing')
    .option('--quiet', 'no progress')
    .configureHelp({ showGlobalOptions: true })
    .showHelpAfterError('Run it with --help to see how it is used.')
    .exitOverride();
  for (const register of commands) register(program);
  return program;
}

/** Runs one command and sets the process's exit code. */
export async function main(argv: string[]): Promise<void> {
  installInterrupt();
  // `dialectic list | head` closes our stdout early; that is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 1));
  try {
    await createProgram().parseAsync(argv);
  } catch (error) {
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : 2;
      return;
    }
    const description = describeError(error);
    if (argv.includes('--json')) process.stdout.write(`${JSON.stringify(description)}\n`);
    process.stderr.write(`${description.what}\n${description.remedy}\n`);
    process.exitCode = exitCodeOf(error);
  }
}
