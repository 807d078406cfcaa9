/**
 * How fast an exported model is decoded in Node, against torch: onnxruntime-node with our decoder, float32 and 8-bit weights, and
 * transformers' eager `generate`, on the same random Llama, the same prompts and as many threads; every answer must be the same.
 *
 *     npx tsx bench/decode/decode.ts [--prompts 32] [--length 64] [--tokens 48] [--threads 2] [--batches 1,8,32]
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { InferenceSession } from 'onnxruntime-node';
import { decodeBatch } from '../../adapters/onnx/decode-batch.js';
import type { ModelShape } from '../../adapters/onnx/model-files.js';
import { createRandom } from '../../core/sampling/random.js';
import { loadConfig } from '../../schema/config.js';
import { projectRoot } from '../../schema/home.js';

const { values: flags } = parseArgs({
  options: {
    prompts: { type: 'string', default: '32' },
    length: { type: 'string', default: '64' },
    tokens: { type: 'string', default: '48' },
    threads: { type: 'string', default: '2' },
    batches: { type: 'string', default: '1,8,32' },
  },
});
const batches = flags.batches.split(',').map(Number);
const [count, length, maxTokens, threads] = [flags.prompts, flags.length, flags.tokens, flags.threads].map(Number);
const folder = mkdtempSync(join(tmpdir(), 'dialectic-decode-'));
const python = (...args: string[]) =>
  promisify(execFile)(loadConfig().home.python, args, {
    cwd: projectRoot(),
    maxBuffer: 1e9,
    env: { ...process.env, PYTHONPATH: projectRoot() },
  });

interface Measured {
  seconds: number;
  answers: number[][];
}

/** Answers all prompts, so many at a time. */
async function decode(
  session: InferenceSession,
  shape: ModelShape,
  prompts: number[][],
  size: number,
): Promise<Measured> {
  const started = performance.now();
  const answers: number[][] = [];
  for (let start = 0; start < prompts.length; start += size) {
    const batch = prompts.slice(start, start + size);
    const limits = { maxTokens: maxTokens!, banned: batch.map(() => null), routing: false };
    answers.push(...(await decodeBatch(session, shape, batch, limits)).map(({ answer }) => answer));
  }
  return { seconds: (performance.now() - started) / 1000, answers };
}

try {
  const file = (name: string): string => join(folder, name);
  await python('bench/decode/random_model.py', file('model'));
  writeFileSync(file('export.json'), JSON.stringify({ model: file('model'), int8: true }));
  await python('-m', 'trainer', 'export', '--spec', file('export.json'), '--out', folder);
  const meta = JSON.parse(readFileSync(file('onnx/meta.json'), 'utf8')) as ModelShape;
  // Nothing ends a text, so that all are as long as asked for.
  const shape = { ...meta, eos: [-1] };
  const random = createRandom('bench/decode');
  const prompts = Array.from({ length: count! }, () =>
    Array.from({ length: length! }, () => 1 + random.below(meta.vocabulary - 1)),
  );
  writeFileSync(file('prompts.json'), JSON.stringify(prompts));
  console.log(
    `${count} prompts of ${length} tokens, ${maxTokens} tokens each, ${threads} threads; load ${loadavg()[0]!.toFixed(1)}`,
  );
  const torch = JSON.parse(
    (
      await python(
        'bench/decode/torch_generate.py',
        ...[file('model'), file('prompts.json'), flags.tokens, flags.threads, flags.batches],
      )
    ).stdout,
  ) as Record<string, Measured>;
  const sessions = await Promise.all(
    ['model.onnx', 'model.int8.onnx'].map((name) =>
      InferenceSession.create(file(`onnx/${name}`), {
        intraOpNumThreads: threads!,
        extra: { session: { intra_op: { allow_spinning: '0' } } },
      }),
    ),
  );
  for (const session of sessions) await decode(session, shape, prompts.slice(0, 1), 1);
  const speed = ({ seconds }: Measured): string => `${Math.round((count! * maxTokens!) / seconds)} tokens/s`;
  for (const size of batches) {
    const [float32, int8] = [
      await decode(sessions[0]!, shape, prompts, size),
      await decode(sessions[1]!, shape, prompts, size),
    ];
    const reference = torch[size]!;
    const alike = (measured: Measured): number =>
      measured.answers.filter((answer, at) => JSON.stringify(answer) === JSON.stringify(reference.answers[at])).length;
    console.log(
      `batch ${size}: torch ${speed(reference)}, onnxruntime-node ${speed(float32)} (${(reference.seconds / float32.seconds).toFixed(2)} times, ` +
        `${alike(float32)} of ${count} answers the same), 8-bit ${speed(int8)} (${(reference.seconds / int8.seconds).toFixed(2)} times, ${alike(int8)} the same)`,
    );
  }
  console.log(`load ${loadavg()[0]!.toFixed(1)}`);
} finally {
  rmSync(folder, { recursive: true });
}
