import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openModel, type OpenModel } from '../../adapters/onnx/open-model.js';
import { specialTokens } from '../../core/prompt/special-tokens.js';
import { canTrain, makeTinyModel, rows, type TinyModel } from '../support/tiny-model.js';

describe.skipIf(!canTrain)('decoding an exported model', () => {
  let tiny: TinyModel;
  let model: OpenModel;

  beforeAll(async () => {
    tiny = await makeTinyModel();
    model = await openModel(tiny.dense);
  }, 180_000);

  afterAll(async () => {
    await model?.close();
    await tiny?.remove();
  });

  const prompts = rows.map((row) => row.prompt);

  it('gives back what the model learned, index tokens included', async () => {
    const answers = await model.generate(prompts);
    const right = answers.filter(({ text }, at) => text === rows[at]!.completion);
    expect(right.length).toBeGreaterThanOrEqual(rows.length - 1);
    expect(answers.every(({ complete }) => complete)).toBe(true);
  });

  it('answers alike in every batch size, whatever the prompts’ lengths and order', async () => {
    const alone = await model.generate(prompts, { batchSize: 1 });
    for (const batchSize of [2, 5, 12]) {
      expect(await model.generate(prompts, { batchSize })).toEqual(alone);
    }
    const turned = await model.generate([...prompts].reverse(), { batchSize: 5 });
    expect(turned.reverse()).toEqual(alone);
  });

  it('splits batches whose caches would not fit', async () => {
    const small = await openModel(tiny.dense, { cacheLimit: 1 });
    expect(await small.generate(prompts)).toEqual(await model.generate(prompts));
    await small.close();
  });

  it('reads the graph with 8-bit weights', async () => {
    const int8 = await openModel(tiny.dense, { precision: 'int8' });
    const answers = await int8.generate(prompts);
    expect(answers.filter(({ text }, at) => text === rows[at]!.completion).length).toBeGreaterThanOrEqual(
      rows.length - 2,
    );
    await int8.close();
  });

  it('stops at the token limit, at the last position and before a prompt that is too long', async () => {
    const [short] = await model.generate([prompts[1]!], { maxTokens: 3 });
    expect(short).toMatchObject({ tokens: 3, complete: false });
    const long = `sqlite |${' 7'.repeat(20)}`;
    const answers = await model.generate([long, prompts[0]!, `${long}${long}${long}`], { maxTokens: 500 });
    expect(answers[2]).toMatchObject({ text: '', complete: false });
    expect(answers[1]).toEqual((await model.generate([prompts[0]!]))[0]);
  });

  it('never answers with an index token that the prompt lacks, where asked', async () => {
    const odd = 'sqlite | count<t3> |<t3><c5>';
    const [answer] = await model.generate([odd], { onlyFromPrompt: specialTokens });
    for (const token of answer!.text.match(/<\w\d+>/g) ?? []) expect(odd).toContain(token);
  });

  it('can be stopped', async () => {
    await expect(model.generate(prompts, { signal: AbortSignal.abort() })).rejects.toThrow();
  });

  it('says what a folder lacks', async () => {
    await expect(openModel(path.join(tiny.folder, 'nowhere'))).rejects.toThrow(/has no meta\.json\. Give the folder/);
  });
});
