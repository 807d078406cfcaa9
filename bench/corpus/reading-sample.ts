/**
 * Pairs to be read: makes pairs of a dialect, checks them and prints a sample drawn by the seed, as Markdown.
 *
 *     npx tsx bench/corpus/reading-sample.ts --dialect sqlite [--templates 600] [--pairs 600] [--sample 100]
 */
import { parseArgs } from 'node:util';
import { createRandom } from '../../core/sampling/random.js';
import { checkAll, corpusFlags, makePairs, openSamples } from './make-pairs.js';

const { values: flags } = parseArgs({
  options: {
    ...corpusFlags,
    templates: { type: 'string', default: '600' },
    pairs: { type: 'string', default: '600' },
    sample: { type: 'string', default: '100' },
  },
});
const samples = await openSamples(flags);
const { pairs } = await makePairs(flags, samples);
const drawn = createRandom(`${flags.seed}/read`)
  .shuffle(pairs)
  .slice(0, Math.ceil(Number(flags.sample) * 1.5));
const verdicts = await checkAll(flags.dialect, drawn, samples);
await samples.close();

const accepted = drawn.filter((_, index) => verdicts[index]!.accepted).slice(0, Number(flags.sample));
for (const [index, { database, question, sql }] of accepted.entries()) {
  process.stdout.write(`${index + 1}. (${database}) ${question}\n\n   \`${sql}\`\n\n`);
}
