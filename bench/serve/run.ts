/**
 * How fast `dialectic serve` answers: latency and tokens a second by the number of askers, beside the same prompts decoded in closed
 * batches and one by one without any server; with `soak` its memory over time, with `overload` what becomes of too many askers.
 *
 *     npx tsx bench/serve/run.ts [load|soak|overload] [--model <exported folder>] [--askers 1,8,32] [--prompts 96] [--tokens 32]
 *                                [--seconds 300] [--threads 1]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openModel } from '../../adapters/onnx/open-model.js';
import { askAll, askOnce, percentile, type Asked, type Target } from './askers.js';
import { makeModel, randomPrompts } from './make-model.js';
import { startServer, type ServerProcess } from './server-process.js';

const { values: flags, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    model: { type: 'string' },
    askers: { type: 'string', default: '1,8,32' },
    prompts: { type: 'string', default: '96' },
    tokens: { type: 'string', default: '32' },
    seconds: { type: 'string', default: '300' },
    threads: { type: 'string', default: '1' },
  },
});
const [count, maxTokens, seconds, threads] = [flags.prompts, flags.tokens, flags.seconds, flags.threads].map(
  Number,
) as [number, number, number, number];
const load = (): string => loadavg()[0]!.toFixed(1);
const ms = (value: number): string => `${Math.round(value)} ms`;
const spread = (values: number[]): string => [0.5, 0.9, 0.99].map((share) => ms(percentile(values, share))).join(' / ');

/** What decoding some prompts took: tokens a second of the clock, and milliseconds of processor time a token, which neighbours change less. */
interface Rate {
  tokens: number;
  cpuMs: number;
}

const rateOf = (tokens: number, passed: number, cpuSeconds: number): Rate => ({
  tokens: tokens / passed,
  cpuMs: (1000 * cpuSeconds) / tokens,
});
const tell = ({ tokens, cpuMs }: Rate): string =>
  `${Math.round(tokens)} tokens/s, ${cpuMs.toFixed(2)} ms of processor a token`;

/** The same prompts without a server: in closed batches of this size, in this process. */
async function closedBatches(folder: string, prompts: string[], batchSize: number): Promise<Rate> {
  const model = await openModel(folder, { threads });
  await model.generate(prompts.slice(0, 1), { maxTokens });
  const [begun, cpu] = [performance.now(), process.cpuUsage()];
  const answers = await model.generate(prompts, { maxTokens, batchSize });
  const passed = (performance.now() - begun) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  await model.close();
  return rateOf(
    answers.reduce((sum, { tokens }) => sum + tokens, 0),
    passed,
    (user + system) / 1e6,
  );
}

async function measureLoad(folder: string): Promise<void> {
  const prompts = randomPrompts(count, 'bench/serve/asked');
  console.log(`${count} prompts, at most ${maxTokens} tokens each, ${threads} threads; load ${load()}`);
  const serial = await closedBatches(folder, prompts, 1);
  console.log(`one by one without a server: ${tell(serial)}`);
  for (const askers of flags.askers.split(',').map(Number)) {
    const limit = await closedBatches(folder, prompts, askers);
    const server = await startServer(folder, ['--threads', String(threads)]);
    const target = { ...server, maxTokens };
    await askAll(target, prompts.slice(0, 8), 8);
    const before = server.cpuSeconds();
    const { asked, seconds: passed } = await askAll(target, prompts, askers);
    const cpu = server.cpuSeconds() - before;
    await server.stop();
    const rate = rateOf(
      asked.reduce((sum, { tokens }) => sum + tokens, 0),
      passed,
      cpu,
    );
    console.log(
      `${askers} askers: ${tell(rate)}; closed batches of ${askers}: ${tell(limit)}\n` +
        `  rate ${(rate.tokens / limit.tokens).toFixed(2)} of closed batches, ${(rate.tokens / serial.tokens).toFixed(2)} of one by one; ` +
        `processor time ${(rate.cpuMs / limit.cpuMs).toFixed(2)} and ${(rate.cpuMs / serial.cpuMs).toFixed(2)} times theirs\n` +
        `  p50 / p90 / p99: first token ${spread(asked.map(({ first }) => first))}, whole answer ${spread(asked.map(({ total }) => total))}; load ${load()}`,
    );
  }
}

/** Eight askers of whom every tenth hangs up, for a while; memory as a line fitted to what came after the first quarter. */
async function soak(server: ServerProcess): Promise<void> {
  const until = performance.now() + seconds * 1000;
  const prompts = randomPrompts(500, 'bench/serve/soak');
  function* endless(): Generator<string> {
    for (let place = 0; performance.now() < until; place += 1) yield prompts[place % prompts.length]!;
  }
  const samples: { minute: number; server: number; decoder: number }[] = [];
  const sampling = (async () => {
    for (let second = 0; second < seconds; second += 2) {
      samples.push({ minute: second / 60, ...server.memory() });
      await sleep(2_000);
    }
  })();
  const target: Target = { ...server, maxTokens };
  const { asked, seconds: passed } = await askAll(target, endless(), 8, (place) => (place % 10 === 0 ? 4 : Infinity));
  await sampling;
  const late = samples.slice(Math.floor(samples.length / 4));
  const answered = asked.filter(({ status }) => status === 200).length;
  console.log(
    `${asked.length} requests in ${Math.round(passed)} s, ${answered} answered, every tenth hung up; load ${load()}`,
  );
  for (const part of ['server', 'decoder'] as const) {
    const values = late.map((sample) => sample[part]);
    const slope = slopeOf(
      late.map(({ minute }) => minute),
      values,
    );
    console.log(
      `${part}: ${samples[0]![part].toFixed(0)} MiB at the start, ${Math.min(...values).toFixed(0)} to ${Math.max(...values).toFixed(0)} MiB after warm-up, ${slope.toFixed(2)} MiB a minute`,
    );
  }
}

/** Least squares. */
function slopeOf(x: number[], y: number[]): number {
  const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [mx, my] = [mean(x), mean(y)];
  const cross = x.reduce((sum, value, at) => sum + (value - mx) * (y[at]! - my), 0);
  return cross / x.reduce((sum, value) => sum + (value - mx) ** 2, 0);
}

/** Ten times as many askers as there are places, all at once. */
async function overload(server: ServerProcess): Promise<void> {
  const target = { ...server, maxTokens };
  const { asked } = await askAll(target, randomPrompts(240, 'bench/serve/overload'), 240);
  const by = (status: number): Asked[] => asked.filter((one) => one.status === status);
  const refused = by(429);
  const told = refused.filter(({ retryAfter }) => Number(retryAfter) >= 1).length;
  console.log(
    `240 at once for 8 + 16 places: ${by(200).length} answered, ${refused.length} refused with 429, ${told} of them told when to come again, ` +
      `${asked.length - by(200).length - refused.length} otherwise; refused within ${spread(refused.map(({ total }) => total))}`,
  );
  const after = await askOnce(target, 'sqlite | count<t0>');
  const health = await fetch(`${server.url}/health`);
  console.log(`afterwards: an answer with ${after.status}, health ${health.status}`);
}

const folder = mkdtempSync(join(tmpdir(), 'dialectic-serve-'));
try {
  const model = flags.model ?? (await makeModel(folder));
  const [mode = 'load'] = positionals;
  if (mode === 'load') await measureLoad(model);
  else {
    const bounds = mode === 'overload' ? ['--max-batch', '8', '--max-queue', '16'] : [];
    const server = await startServer(model, ['--threads', String(threads), ...bounds]);
    await (mode === 'soak' ? soak(server) : overload(server));
    console.log(`the server ended with exit code ${await server.stop()}`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
