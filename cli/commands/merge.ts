import type { Command } from 'commander';
import { outputOf } from '../output.js';

export function register(program: Command): void {
  program
    .command('merge')
    .description('merge models on this machine, tensor by tensor; needs no servers')
    .requiredOption('--spec <file>', 'what to merge and how, YAML or JSON (docs/merge.md)')
    .requiredOption('--out <folder>', 'where the merged model is written')
    .action(async ({ spec, out }: { spec: string; out: string }, command: Command) => {
      const { runMerge } = await import('../run-merge.js');
      const output = outputOf(command);
      const document = await runMerge(spec, out, (line) => output.progress(line));
      output.result(
        document,
        () =>
          `${document.inputs.length} models merged by ${document.method} into ${document.out}: ` +
          `${document.tensors} tensors, ${(document.bytes / 1e6).toFixed(1)} MB, ${document.seconds} s.` +
          straightLines(document.slerpFallbackShare) +
          document.warnings.map((warning) => `\nWarning: ${warning}`).join(''),
      );
    });
}

function straightLines(share: number | null): string {
  return share === null ? '' : ` SLERP was a straight line in ${Math.round(share * 100)} % of its steps.`;
}
