import { Command, CommanderError } from 'commander';
import { installInterrupt } from './interrupt.js';
import { describeError, exitCodeOf } from './output.js';
import { packageVersion } from './package-version.js';
import { register as registerApprove } from './commands/approve.js';
import { register as registerAsk } from './commands/ask.js';
import { register as registerBudget } from './commands/budget.js';
import { register as registerCancel } from './commands/cancel.js';
import { register as registerCheck } from './commands/check.js';
import { register as registerConfig } from './commands/config.js';
import { register as registerData } from './commands/data.js';
import { register as registerDb } from './commands/db.js';
import { register as registerDoctor } from './commands/doctor.js';
import { register as registerDown } from './commands/down.js';
import { register as registerEval } from './commands/eval.js';
import { register as registerList } from './commands/list.js';
import { register as registerMerge } from './commands/merge.js';
import { register as registerModels } from './commands/models.js';
import { register as registerPause } from './commands/pause.js';
import { register as registerQuickstart } from './commands/quickstart.js';
import { register as registerReport } from './commands/report.js';
import { register as registerResume } from './commands/resume.js';
import { register as registerRun } from './commands/run.js';
import { register as registerSchedule } from './commands/schedule.js';
import { register as registerServe } from './commands/serve.js';
import { register as registerStart } from './commands/start.js';
import { register as registerStatus } from './commands/status.js';
import { register as registerTeacher } from './commands/teacher.js';
import { register as registerTrain } from './commands/train.js';
import { register as registerUp } from './commands/up.js';
import { register as registerSeeds } from './commands/seeds.js';
import { register as registerFeedback } from './commands/feedback.js';
import { register as registerGuides } from './commands/guides.js';
import { register as registerSeq2Seq } from './commands/seq2seq.js';
import { register as registerVersion } from './commands/version.js';
import { register as registerWatch } from './commands/watch.js';
import { register as registerWorker } from './commands/worker.js';

/** In the order of `--help`. A command's module does no more on import than say its name and options. */
const commands = [
  registerQuickstart,
  registerUp,
  registerDown,
  registerStatus,
  registerDoctor,
  registerWorker,
  registerRun,
  registerStart,
  registerList,
  registerWatch,
  registerPause,
  registerResume,
  registerCancel,
  registerApprove,
  registerBudget,
  registerSchedule,
  registerSeeds,
  registerGuides,
  registerSeq2Seq,
  registerData,
  registerEval,
  registerCheck,
  registerAsk,
  registerServe,
  registerTrain,
  registerMerge,
  registerReport,
  registerModels,
  registerFeedback,
  registerTeacher,
  registerDb,
  registerConfig,
  registerVersion,
];

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
