import type { Command } from 'commander';
import { formatTable, outputOf } from '../output.js';

export function register(program: Command): void {
  const feedback = program.command('feedback').description('what people said of answers in the playground');

  feedback
    .command('list')
    .description('every vote and correction, the oldest first')
    .action(async (_options, command: Command) => {
      const { withFeedback } = await import('../feedback.js');
      const entries = await withFeedback((store) => store.list());
      outputOf(command).result(entries, () =>
        formatTable(
          ['time', 'vote', 'database', 'question', 'statement'],
          entries.map(({ time, vote, database, question, sql, correctedSql }) => [
            ...[time.slice(0, 19).replace('T', ' '), correctedSql === null ? vote : `${vote}, corrected`, database],
            ...[oneLine(question), oneLine(correctedSql ?? sql ?? '')],
          ]),
        ),
      );
    });

  feedback
    .command('export')
    .description('write pairs to learn from: statements that were called right, and corrections')
    .requiredOption('--out <file>', 'where to, a pair a line')
    .action(async ({ out }: { out: string }, command: Command) => {
      const [{ withFeedback }, { pairsOfFeedback }, { dialects }, { writeFile }] = await Promise.all([
        import('../feedback.js'),
        import('../../core/feedback/pairs-of-feedback.js'),
        import('../../dialects/registry.js'),
        import('node:fs/promises'),
      ]);
      const entries = await withFeedback((store) => store.list());
      const pairs = pairsOfFeedback(entries, (dialect) => dialects[dialect]?.manifest ?? null);
      await writeFile(out, pairs.map((pair) => `${JSON.stringify(pair)}\n`).join(''));
      outputOf(command).result(
        { out, feedback: entries.length, pairs: pairs.length },
        `${pairs.length} pairs from ${entries.length} judgements are in ${out}.`,
      );
    });
}

/** For a table: one line, without what a terminal would obey. */
const oneLine = (text: string): string => {
  const plain = text.replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ');
  return plain.length > 70 ? `${plain.slice(0, 69)}…` : plain;
};
