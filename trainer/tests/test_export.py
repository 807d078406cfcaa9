"""The ONNX export answers as transformers does, alone and in batches, in Python and in Node."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch

from conftest import ROOT, make_rows
from trainer.bases.folder import load_model
from trainer.errors import BadSpec
from trainer.events import Events
from trainer.export.run import run
from trainer.fields import Fields
from trainer.files import read_json
from trainer.tokenizer import load_tokenizer

LENGTH = 24
PROMPTS = [row['prompt'] for row in make_rows(9, seed=11)] + ['<c0>a<c1>b<c2>', 'x' * 40 + ' naïve 日本 🎉 12.50']
MANY = [f'{row["prompt"]} {place}' for place, row in enumerate(make_rows(200, seed=12))]


@pytest.fixture(scope='module', params=['base', 'mixture'])
def model(request) -> Path:
    return request.getfixturevalue(request.param)


@pytest.fixture(scope='module')
def exported(model, tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp('exported')
    run(Fields({'model': str(model), 'format': 'onnx'}, ''), out, Events(sys.stderr))
    return out / 'onnx'


class Decoder:
    """Greedy decoding with onnxruntime, as decode.mjs does it."""

    def __init__(self, folder: Path, file: str = 'model.onnx'):
        self.meta = read_json(folder / 'meta.json')
        self.session = onnxruntime.InferenceSession(folder / file)
        self.names = [output.name for output in self.session.get_outputs()]

    def first(self, texts: list[list[int]]) -> dict[str, np.ndarray]:
        longest = max(map(len, texts))
        empty = np.zeros((len(texts), self.meta['kvHeads'], 0, self.meta['headDim']), np.float32)
        caches = {f'past_key_values.{n}.{part}': empty for n in range(self.meta['layers']) for part in ('key', 'value')}
        ids = np.array([text + [7] * (longest - len(text)) for text in texts])
        return self.call({'input_ids': ids, 'lengths': np.array([len(text) for text in texts], np.int32), **caches})

    def call(self, feeds: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        return dict(zip(self.names, self.session.run(None, feeds), strict=True))

    def answer(self, texts: list[list[int]]) -> list[list[int]]:
        outputs, lengths = self.first(texts), np.array([len(text) for text in texts], np.int32)
        chosen = [outputs['logits'].argmax(-1)]
        for _ in range(LENGTH - 1):
            lengths = lengths + 1
            past = {n.replace('present', 'past_key_values'): v for n, v in outputs.items() if n.startswith('present')}
            outputs = self.call({'input_ids': chosen[-1][:, None], 'lengths': lengths, **past})
            chosen.append(outputs['logits'].argmax(-1))
        return [until_end(row, self.meta['eos']) for row in np.stack(chosen, 1).tolist()]


def until_end(tokens: list[int], ends: list[int]) -> list[int]:
    return next((tokens[: place + 1] for place, token in enumerate(tokens) if token in ends), tokens)


@torch.no_grad()
def answer_by_transformers(folder: Path, texts: list[list[int]], ends: list[int]) -> list[list[int]]:
    """Texts of one length at a time, so that nothing is padded."""
    model = load_model(folder).eval()
    answers: dict[int, list[int]] = {}
    for length in sorted({len(text) for text in texts}):
        places = [place for place, text in enumerate(texts) if len(text) == length]
        ids = torch.tensor([texts[place] for place in places])
        output = model.generate(
            ids,
            attention_mask=torch.ones_like(ids),
            max_new_tokens=LENGTH,
            do_sample=False,
            eos_token_id=ends,
            pad_token_id=0,
        )
        answers |= dict(zip(places, output[:, length:].tolist(), strict=True))
    return [until_end(answers[place], ends) for place in range(len(texts))]


def encoded(folder: Path, prompts: list[str] = PROMPTS) -> list[list[int]]:
    return [encoding.ids for encoding in load_tokenizer(folder).encode_batch(prompts)]


def test_logits_and_routing_are_those_of_transformers(model, exported):
    texts = encoded(model)
    outputs = Decoder(exported).first(texts)
    reference = load_model(model).eval()
    for row, text in enumerate(texts):
        with torch.no_grad():
            expected = reference(torch.tensor([text]), output_router_logits='router' in outputs)
        np.testing.assert_allclose(outputs['logits'][row], expected.logits[0, -1], atol=1e-4)
        if 'router' in outputs:
            chances = torch.stack(expected.router_logits).softmax(-1)
            best = chances.topk(2).values.sum(-1)
            weights = outputs['router'][:, row, : len(text)]
            np.testing.assert_allclose(weights.max(-1), chances.max(-1).values / best, atol=1e-4)
            assert ((weights > 0).sum(-1) == 2).all()


def test_a_batch_answers_as_its_texts_do_alone_and_as_transformers(model, exported):
    decoder, texts = Decoder(exported), encoded(model)
    together = decoder.answer(texts)
    assert together == [decoder.answer([text])[0] for text in texts]
    assert together == answer_by_transformers(model, texts, decoder.meta['eos'])


def test_node_answers_alike(model, exported, node, tmp_path):
    requests, answers = tmp_path / 'requests.json', tmp_path / 'answers.json'
    prompts = PROMPTS + MANY
    requests.write_text(json.dumps({'prompts': prompts, 'maxTokens': LENGTH, 'batchSize': 8}))
    script = Path(__file__).with_name('decode.mjs')
    environment = {**os.environ, 'DIALECTIC_ROOT': str(ROOT)}
    subprocess.run([node, script, exported, requests, answers], check=True, env=environment)
    got = read_json(answers)
    texts = encoded(model, prompts)
    assert got['promptIds'] == texts
    assert got['answers'] == answer_by_transformers(model, texts, read_json(exported / 'meta.json')['eos'])
    if 'router' in got:
        tokens = len(got['promptIds'][0]) + len(got['answers'][0]) - 1
        assert np.array(got['router'][0]).shape == (tokens, 2, 3)


def test_8_bit_weights_stay_close(model, tmp_path):
    run(Fields({'model': str(model), 'format': 'onnx', 'int8': True}, ''), tmp_path, Events(sys.stderr))
    folder, texts = tmp_path / 'onnx', encoded(model)
    assert read_json(folder / 'meta.json')['files']['int8'] == 'model.int8.onnx'
    rounded, exact = (Decoder(folder, file).first(texts)['logits'] for file in ('model.int8.onnx', 'model.onnx'))
    assert 0 < np.abs(rounded - exact).max() < 0.05 * np.abs(exact).max()


def test_8_bit_weights_answer_nearly_all_prompts_alike(model, tmp_path):
    run(Fields({'model': str(model), 'format': 'onnx', 'int8': True}, ''), tmp_path, Events(sys.stderr))
    texts = encoded(model, MANY)
    rounded, exact = (Decoder(tmp_path / 'onnx', file).answer(texts) for file in ('model.int8.onnx', 'model.onnx'))
    alike = sum(one == other for one, other in zip(rounded, exact, strict=True))
    print(f'{alike} of {len(texts)} answers alike')
    assert alike >= 0.9 * len(texts)


def test_a_folder_without_a_model_is_refused(tmp_path):
    with pytest.raises(BadSpec, match=r'holds no config.json'):
        run(Fields({'model': str(tmp_path)}, ''), tmp_path / 'out', Events(sys.stderr))
