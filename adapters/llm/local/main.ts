/**
 * The program behind `dialectic teacher up`:
 *
 *     node main.js --engine <folder> --model <file.gguf> --name <model> --port 8377 --threads 2
 */
import { setPriority } from 'node:os';
import { parseArgs } from 'node:util';
import { loadLocalModel } from './llama.js';
import { createLocalServer } from './server.js';

const { values } = parseArgs({
  options: {
    engine: { type: 'string' },
    model: { type: 'string' },
    name: { type: 'string' },
    port: { type: 'string' },
    threads: { type: 'string' },
  },
});
/** Room for a guide of 1,500 words, the tables and the longest reply. */
const contextSize = 8_192;
/** Four take hardly longer than one where answers are short; more would only keep each other waiting. */
const parallel = 4;

// The model computes without a pause; workers, which mostly wait, come first.
setPriority(10);
const model = await loadLocalModel({
  ...{ engine: values.engine!, modelPath: values.model!, contextSize, parallel },
  threads: Number(values.threads),
});
createLocalServer(values.name!, model).listen(Number(values.port), '127.0.0.1', () =>
  console.log(`${values.name} listens on 127.0.0.1:${values.port}.`),
);
