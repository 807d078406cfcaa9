// Greedy decoding of an exported model in Node, one batch at a time: the reference for whoever decodes with it.
//
//   node decode.mjs <onnx folder> <requests.json> <answers.json>
//
// requests.json: {"prompts": ["..."], "maxTokens": 40, "batchSize": 32, "file": "model.onnx"}
// answers.json:  {"promptIds": [[...]], "answers": [[...]], "texts": ["..."], "router": [[[[weights]]]]}
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';

const require = createRequire(path.join(process.env.DIALECTIC_ROOT ?? process.cwd(), 'package.json'));
const ort = require('onnxruntime-node');
const { Tokenizer } = require('@huggingface/tokenizers');

const [folder, requestsFile, answersFile] = process.argv.slice(2);
const readJson = (file) => JSON.parse(fs.readFileSync(file, 'utf8'));
const meta = readJson(path.join(folder, 'meta.json'));
const requests = readJson(requestsFile);
const tokenizer = new Tokenizer(
  readJson(path.join(folder, 'tokenizer.json')),
  readJson(path.join(folder, 'tokenizer_config.json')),
);
const session = await ort.InferenceSession.create(path.join(folder, requests.file ?? 'model.onnx'), {
  intraOpNumThreads: requests.threads ?? 2,
  interOpNumThreads: 1,
  // Threads that spin while they wait take the cores from everything else on the machine, and from each other.
  extra: { session: { intra_op: { allow_spinning: '0' } } },
});

/** The texts' ids padded on the right: any token will do, since `lengths` says where each text ends. */
function firstFeeds(texts) {
  const longest = Math.max(...texts.map((ids) => ids.length));
  const ids = new BigInt64Array(texts.length * longest);
  texts.forEach((text, row) => text.forEach((id, column) => (ids[row * longest + column] = BigInt(id))));
  const feeds = { input_ids: new ort.Tensor('int64', ids, [texts.length, longest]) };
  for (let layer = 0; layer < meta.layers; layer++) {
    for (const part of ['key', 'value']) {
      const shape = [texts.length, meta.kvHeads, 0, meta.headDim];
      feeds[`past_key_values.${layer}.${part}`] = new ort.Tensor('float32', new Float32Array(0), shape);
    }
  }
  return feeds;
}

function nextFeeds(chosen, outputs) {
  const feeds = { input_ids: new ort.Tensor('int64', BigInt64Array.from(chosen, BigInt), [chosen.length, 1]) };
  for (let layer = 0; layer < meta.layers; layer++) {
    for (const part of ['key', 'value']) {
      feeds[`past_key_values.${layer}.${part}`] = outputs[`present.${layer}.${part}`];
    }
  }
  return feeds;
}

function largest(logits, row) {
  const start = row * meta.vocabulary;
  let best = 0;
  for (let id = 1; id < meta.vocabulary; id++) if (logits[start + id] > logits[start + best]) best = id;
  return best;
}

/** Router weights of one text's tokens from one call: a list over tokens of [layers][experts]. */
function routing(router, row, tokens) {
  const [layers, batch, columns, experts] = router.dims;
  const at = (layer, column) => ((layer * batch + row) * columns + column) * experts;
  return Array.from({ length: tokens }, (_, column) =>
    Array.from({ length: layers }, (_, layer) =>
      Array.from(router.data.subarray(at(layer, column), at(layer, column) + experts)),
    ),
  );
}

async function decode(texts) {
  const answers = texts.map(() => []);
  const routes = texts.map(() => []);
  const ended = texts.map(() => false);
  const lengths = Int32Array.from(texts, (text) => text.length);
  let feeds = firstFeeds(texts);
  for (let step = 0; step < requests.maxTokens && ended.includes(false); step++) {
    const outputs = await session.run({ ...feeds, lengths: new ort.Tensor('int32', lengths.slice(), [texts.length]) });
    const chosen = texts.map((text, row) => {
      if (outputs.router && !ended[row]) routes[row].push(...routing(outputs.router, row, step ? 1 : text.length));
      const id = largest(outputs.logits.data, row);
      if (ended[row]) return meta.eos[0];
      answers[row].push(id);
      if (meta.eos.includes(id) || lengths[row] + 1 >= meta.maxPositions) ended[row] = true;
      return id;
    });
    feeds = nextFeeds(chosen, outputs);
    lengths.forEach((_, row) => lengths[row]++);
  }
  return { answers, routes };
}

const promptIds = requests.prompts.map((prompt) => tokenizer.encode(prompt).ids);
const answers = [];
const router = [];
const begun = performance.now();
for (let start = 0; start < promptIds.length; start += requests.batchSize) {
  const batch = await decode(promptIds.slice(start, start + requests.batchSize));
  answers.push(...batch.answers);
  router.push(...batch.routes);
}
const seconds = (performance.now() - begun) / 1000;
const texts = answers.map((ids) => tokenizer.decode(ids, { skip_special_tokens: true }));
fs.writeFileSync(
  answersFile,
  JSON.stringify({ promptIds, answers, texts, seconds, ...(meta.experts ? { router } : {}) }),
);
