/**
 * Whether the clauses of the statements are all recoverable from the questions, by the blind checker (core/checks/round-trip.ts): of sampled
 * pairs that pass the checks on the engine, the share in which it finds every clause. And what that is worth: each statement is changed in
 * one clause, the question kept, and the share of changed statements that the checker refuses is printed by change.
 *
 *     npx tsx bench/corpus/recoverable.ts --dialect sqlite [--templates 600] [--pairs 800] [--sample 200] [--json]
 */
import { parseArgs } from 'node:util';
import { createRoundTripJudge } from '../../core/checks/round-trip.js';
import { createRandom } from '../../core/sampling/random.js';
import type { Query } from '../../core/sql/ast.js';
import { parse } from '../../core/sql/parser.js';
import { print } from '../../core/sql/printer.js';
import { rewrite } from '../../core/sql/walk.js';
import { dialects } from '../../dialects/registry.js';
import { checkAll, corpusFlags, makePairs, openSamples } from './make-pairs.js';

const { values: flags } = parseArgs({
  options: {
    ...corpusFlags,
    templates: { type: 'string', default: '600' },
    pairs: { type: 'string', default: '800' },
    sample: { type: 'string', default: '200' },
    json: { type: 'boolean', default: false },
  },
});

/** One clause of a statement changed into another. */
const changes: Record<string, (query: Query) => Query> = {
  'other aggregate': (query) =>
    rewrite(query, (node) =>
      node.kind === 'call' && /^(?:AVG|SUM)$/i.test(node.name) && !node.distinct
        ? { ...node, name: /^avg$/i.test(node.name) ? 'SUM' : 'AVG' }
        : node,
    ),
  'least for most': (query) =>
    rewrite(query, (node) =>
      node.kind === 'call' && /^(?:MAX|MIN)$/i.test(node.name) && node.args.length === 1
        ? { ...node, name: /^max$/i.test(node.name) ? 'MIN' : 'MAX' }
        : node,
    ),
  'comparison turned round': (query) =>
    rewrite(query, (node) =>
      node.kind === 'binary' && /^[<>]=?$/.test(node.operator)
        ? { ...node, operator: node.operator.startsWith('<') ? '>' : '<' }
        : node,
    ),
  'another value': (query) =>
    rewrite(query, (node) => {
      if (node.kind !== 'binary' || !/^(?:=|[<>]=?)$/.test(node.operator)) return node;
      if (node.right.kind === 'string') return { ...node, right: { ...node.right, value: `${node.right.value}xyz` } };
      if (node.right.kind === 'number') return { ...node, right: { ...node.right, text: `${node.right.text}77` } };
      return node;
    }),
  'a condition denied': (query) =>
    rewrite(query, (node) =>
      node.kind === 'in' || node.kind === 'like' || node.kind === 'exists' ? { ...node, negated: !node.negated } : node,
    ),
  'a limit more': (query) => (query.limit === null ? { ...query, limit: { kind: 'number', text: '7' } } : query),
  'no duplicates': (query) =>
    query.body.kind === 'select' && !query.body.distinct && query.body.groupBy.length === 0
      ? { ...query, body: { ...query.body, distinct: true } }
      : query,
  'largest first': (query) => ({
    ...query,
    orderBy: query.orderBy.map((item) => ({ ...item, descending: true })),
  }),
};

const { manifest, phrases } = dialects[flags.dialect]!;
const judge = createRoundTripJudge(manifest, phrases);
const samples = await openSamples(flags);
const { pairs } = await makePairs(flags, samples);
const drawn = createRandom(`${flags.seed}/recover`)
  .shuffle(pairs)
  .slice(0, Number(flags.sample) * 2);
const verdicts = await checkAll(flags.dialect, drawn, samples, { judged: false });
await samples.close();

const sample = drawn.filter((_, index) => verdicts[index]!.accepted).slice(0, Number(flags.sample));
const lost: { question: string; sql: string; evidence: string }[] = [];
const refused = new Map<string, [refused: number, changed: number]>();
for (const { question, sql, database } of sample) {
  const schema = samples.schemas.find(({ name }) => name === database)!;
  const query = parse(sql, manifest);
  const objection = judge(question, query, schema);
  if (objection !== null) {
    lost.push({ question, sql, evidence: objection.evidence });
    continue;
  }
  for (const [name, change] of Object.entries(changes)) {
    const changed = change(query);
    if (print(changed, manifest) === print(query, manifest)) continue;
    const [before, all] = refused.get(name) ?? [0, 0];
    refused.set(name, [before + (judge(question, changed, schema) === null ? 0 : 1), all + 1]);
  }
}

const share = (sample.length - lost.length) / sample.length;
if (flags.json) {
  process.stdout.write(`${JSON.stringify({ n: sample.length, share, lost, refused: Object.fromEntries(refused) })}\n`);
} else {
  const percent = (part: number): string => `${(part * 100).toFixed(1)} %`;
  process.stdout.write(
    `${flags.dialect}: every clause recoverable in ${sample.length - lost.length} of ${sample.length} pairs (${percent(share)})\n`,
  );
  for (const [name, [n, all]] of refused)
    process.stdout.write(`  ${name}: refused ${n} of ${all} (${percent(n / all)})\n`);
  for (const { question, sql, evidence } of lost.slice(0, 10))
    process.stdout.write(`  - ${evidence}\n    ${question}\n    ${sql}\n`);
}
