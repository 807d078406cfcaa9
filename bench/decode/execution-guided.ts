/**
 * What execution-guided decoding gains and costs: the same held-out questions answered greedily and by a vote over k statements.
 *
 *   dialectic models export <model> --format onnx --out exported
 *   dialectic data show <dataset> --split heldout --limit 200 --json > heldout.jsonl
 *   npx tsx bench/decode/execution-guided.ts --model exported --pairs heldout.jsonl --samples 4,8
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { DatabaseSchema } from '../../core/database.js';
import { evaluateModel, type Predictor } from '../../core/evaluate/evaluate-model.js';
import type { Guided } from '../../core/evaluate/guided.js';
import type { GoldResults } from '../../core/evaluate/score-predictions.js';
import { comparePaired } from '../../core/metrics/paired.js';
import type { Pair } from '../../core/template.js';
import { openDatabase } from '../../dialects/open-database.js';
import { dialects } from '../../dialects/registry.js';
import type { ComparingSession } from '../../core/evaluate/comparison.js';
import { openServedModel } from '../../serve/answer/served-model.js';

const { values: flags } = parseArgs({
  options: {
    model: { type: 'string' },
    pairs: { type: 'string' },
    samples: { type: 'string', default: '4,8' },
    temperature: { type: 'string', default: '0.8' },
    topP: { type: 'string', default: '0.95' },
    seed: { type: 'string', default: '17' },
  },
});
if (!flags.model || !flags.pairs) throw new Error('Name a folder with --model and pairs with --pairs.');

const pairs = readFileSync(flags.pairs, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Pair);
const { dialect } = pairs[0]!;
const withStore = () => Promise.reject(new Error('Give the folder of an exported model.'));
const model = await openServedModel(flags.model, { cache: '', withStore });
const databases = new Map<string, { session: ComparingSession; schema: DatabaseSchema }>();
for (const name of new Set(pairs.map(({ database }) => database))) {
  const session = await openDatabase({ name, dialect, url: `sample:${name}` });
  databases.set(name, { session, schema: await session.introspect() });
}
const golds: GoldResults = new Map();

let decoding = 0;
/** The model, with the time that it takes. */
const timed: Predictor = {
  async generate(prompts, options) {
    const started = performance.now();
    const answers = await model.predictor.generate(prompts, options);
    decoding += (performance.now() - started) / 1000;
    return answers;
  },
};

async function evaluate(guided?: Guided) {
  const started = performance.now();
  decoding = 0;
  const { outcomes, summary } = await evaluateModel({
    ...{ model: timed, promptForm: model.promptForm, golds },
    ...(guided && { guided }),
    items: pairs.map((pair) => ({ pair, schema: databases.get(pair.database)!.schema })),
    dialect: dialects[dialect]!.manifest,
    dialects: Object.values(dialects).map(({ manifest }) => manifest),
    session: (database) => Promise.resolve(databases.get(database)!.session),
  });
  return { outcomes, summary, seconds: (performance.now() - started) / 1000, decoding };
}

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

// Gold results are fetched once, before anything is timed.
await evaluate();
const greedy = await evaluate();
console.log(`${model.id}, ${pairs.length} held-out questions in ${dialect}`);
console.log(
  `greedy       accuracy ${percent(greedy.summary.ex)}  ran ${percent(greedy.summary.valid)}  ${greedy.seconds.toFixed(1)} s, ${greedy.decoding.toFixed(1)} s of them the model`,
);
for (const samples of flags.samples.split(',').map(Number)) {
  const sampling = { temperature: Number(flags.temperature), topP: Number(flags.topP), seed: Number(flags.seed) };
  const guided = await evaluate({ samples, sampling });
  const hits = ({ outcomes }: typeof guided) => outcomes.map(({ correct }) => correct);
  const { difference, interval, p } = comparePaired(hits(guided), hits(greedy));
  console.log(
    `${String(samples).padEnd(2)} samples   accuracy ${percent(guided.summary.ex)}  ran ${percent(guided.summary.valid)}  ` +
      `${guided.seconds.toFixed(1)} s, ${guided.decoding.toFixed(1)} s of them the model, ${(guided.seconds / greedy.seconds).toFixed(1)} times the greedy; ` +
      `gain ${percent(difference)} (${interval.map(percent).join(' to ')}, p = ${p.toFixed(3)})`,
  );
}
await Promise.all([...databases.values()].map(({ session }) => session.close()));
await model.close();
