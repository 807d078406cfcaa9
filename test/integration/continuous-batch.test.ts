import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openModel, type OpenModel } from '../../adapters/onnx/open-model.js';
import { OverloadedError, PromptLengthError } from '../../adapters/onnx/serving/errors.js';
import { openServingModel, type ServingModel, type ServingOptions } from '../../adapters/onnx/serving/serving-model.js';
import { specialTokens } from '../../core/prompt/special-tokens.js';
import { createRandom } from '../../core/sampling/random.js';
import { canTrain, makeTinyModel, rows, type TinyModel } from '../support/tiny-model.js';

describe.skipIf(!canTrain)('continuous batches', () => {
  let tiny: TinyModel;

  beforeAll(async () => {
    tiny = await makeTinyModel({ mixture: true });
  }, 240_000);

  afterAll(async () => {
    await tiny?.remove();
  });

  /** Learned prompts, and unlearned ones whose answers go on for long. */
  const prompts = [
    ...rows.map(({ prompt }) => prompt),
    ...[1, 3, 5, 8].map((n) => `sqlite |${' total'.repeat(n)}<t0>`),
  ];

  async function withModel<T>(folder: string, options: ServingOptions, work: (model: ServingModel) => Promise<T>) {
    const model = await openServingModel(folder, options);
    try {
      return await work(model);
    } finally {
      await model.close();
    }
  }

  for (const kind of ['dense', 'mixture'] as const) {
    describe(`of a ${kind} model`, () => {
      let alone: OpenModel;
      let expected: Awaited<ReturnType<OpenModel['generate']>>;
      const options = { onlyFromPrompt: specialTokens, tokenRouting: true, maxTokens: 40 };

      beforeAll(async () => {
        alone = await openModel(tiny[kind]);
        expected = await alone.generate(prompts, { ...options, batchSize: 1 });
      });
      afterAll(() => alone?.close());

      const bounds: ServingOptions[] = [
        { maxBatch: 5 },
        { maxBatch: 32, prefillTokens: 1 },
        { maxBatch: 8, cacheLimit: 200_000 },
        { cacheLimit: 1 },
      ];
      it.each(bounds)('gives each the answer that it gets alone, whoever comes and goes meanwhile: %j', (limits) =>
        withModel(tiny[kind], limits, async (model) => {
          const random = createRandom(`${kind} ${JSON.stringify(limits)}`);
          const requests = Array.from({ length: 80 }, async () => {
            const place = random.below(prompts.length);
            const [wait, patience] = [random.below(150), random.chance(0.3) ? random.below(40) : null];
            await sleep(wait);
            const gone = new AbortController();
            let told = '';
            const asked = model.ask(
              { prompt: prompts[place]!, stream: true, ...options },
              { signal: gone.signal, onText: (text) => (told += text) },
            );
            if (patience !== null) void sleep(patience).then(() => gone.abort(new Error('gone')));
            try {
              const { promptTokens, ...answer } = await asked;
              expect(answer).toEqual(expected[place]);
              expect(told).toBe(answer.text);
              expect(promptTokens).toBeGreaterThan(3);
              return 'answered';
            } catch (error) {
              if ((error as Error).message !== 'gone') throw error;
              return 'gone';
            }
          });
          const ends = await Promise.all(requests);
          expect(ends.filter((end) => end === 'answered').length).toBeGreaterThan(40);
          // Whoever has gone left no place taken.
          await model.ask({ prompt: prompts[0]! });
          expect(model.load).toEqual({ running: 0, waiting: 0, slots: 0 });
        }),
      );

      it('answers lists as a model does that is asked list by list', () =>
        withModel(tiny[kind], { maxBatch: 4, maxQueue: 0 }, async (model) => {
          const tooLong = `sqlite |${' 7'.repeat(80)}`;
          const list = [...prompts, tooLong, prompts[0]!];
          const plain = (answers: { text: string; complete?: boolean }[]) =>
            answers.map(({ text, complete }) => ({ text, complete }));
          const given = await model.generate(list, { onlyFromPrompt: specialTokens });
          expect(plain(given)).toEqual(plain(await alone.generate(list, { onlyFromPrompt: specialTokens })));
          const sampling = { temperature: 1.5, topP: 0.9, seed: 3 };
          const drawn = await model.generate(list, { sampling });
          expect(plain(drawn)).toEqual(plain(await alone.generate(list, { sampling })));
          expect(plain(drawn)).not.toEqual(plain(given));
        }));
    });
  }

  it('joins askers into one batch and reports it', () =>
    withModel(tiny.dense, { maxBatch: 8 }, async (model) => {
      const seen: number[] = [];
      const sampling = { temperature: 2, topP: 1, seed: 1 };
      const asks = Array.from({ length: 12 }, (_, place) =>
        model.ask({ prompt: prompts[0]!, sampling, place }, { onRead: () => seen.push(model.load.running) }),
      );
      await Promise.all(asks);
      expect(Math.max(...seen)).toBeGreaterThan(4);
      expect(Math.max(...seen)).toBeLessThanOrEqual(8);
    }));

  it('refuses whoever finds the queue full, and what it cannot read', () =>
    withModel(tiny.dense, { maxBatch: 2, maxQueue: 3 }, async (model) => {
      const ends = await Promise.allSettled(Array.from({ length: 9 }, () => model.ask({ prompt: prompts[0]! })));
      const refused = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason as OverloadedError] : []));
      expect(refused).toHaveLength(4);
      expect(refused[0]).toBeInstanceOf(OverloadedError);
      expect(refused[0]!.retryAfterSeconds).toBeGreaterThanOrEqual(1);
      await expect(model.ask({ prompt: ' 7'.repeat(90) })).rejects.toThrow(PromptLengthError);
      await expect(model.ask({ prompt: '' })).rejects.toThrow('The prompt is empty.');
    }));

  it('tells those who wait when its process is killed, and starts another', async () => {
    const deaths: string[] = [];
    await withModel(tiny.dense, { onDeath: (why) => deaths.push(why) }, async (model) => {
      const sampling = { temperature: 2, topP: 1, seed: 1 };
      const asked = model.ask({ prompt: prompts[0]!, sampling }, { onRead: () => process.kill(model.pid!, 'SIGKILL') });
      await expect(asked).rejects.toThrow('The process that decodes has ended.');
      expect(deaths).toEqual(['It ended by SIGKILL']);
      await expect(model.ask({ prompt: prompts[0]! })).rejects.toThrow('is being started again');
      while (!model.ready) await sleep(50);
      expect((await model.ask({ prompt: prompts[0]! })).text).toContain('SELECT');
    });
  });
});
