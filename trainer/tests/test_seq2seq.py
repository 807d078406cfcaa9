"""The encoder-decoder: what it learns, how it answers, and that stopping and padding change nothing."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import onnxruntime
import pytest
import torch
import yaml
from safetensors.torch import load_file
from tokenizers import Tokenizer
from transformers import MarianMTModel

from conftest import ROOT, train, write_rows
from trainer.device import choose_device
from trainer.errors import BadSpec
from trainer.events import Events
from trainer.export.run import run as run_export
from trainer.fields import Fields
from trainer.seq2seq.batches import batches_of_epoch, collate, pad_right
from trainer.seq2seq.loss import answer_logits
from trainer.seq2seq.model import build_encoder_decoder
from trainer.seq2seq.predict import answer, open_encoder_decoder
from trainer.seq2seq.predict import run as run_predict
from trainer.seq2seq.rows import encode_pairs
from trainer.seq2seq.spec import Architecture, noam_peak, read_seq2seq_spec
from trainer.seq2seq.tokenizer import UNKNOWN, read_pieces, word_tokenizer, wordpiece_tokenizer
from trainer.tokenizer import EOS, PAD, save_tokenizer
from trainer.train.schedule import rate_factor

PAIRS = [
    ('How many singers do we have?', 'select count ( * ) from singer'),
    ('Names of singers older than 20.', 'select name from singer where age > value'),
    ('What is the oldest age?', 'select max ( age ) from singer'),
    ('List every stadium by capacity', 'select name from stadium order by capacity desc'),
    (
        'Which singers sang in 2014?',
        'select t1 . name from singer as t1 join concert as t2 on t1 . singer_id = t2 . id',
    ),
    ('Stadiums that hold at least 500', 'select name from stadium where capacity >= value'),
    ('Countries with more than 2 singers', 'select country from singer group by country having count ( * ) > value'),
    ('The youngest singer', 'select name from singer order by age limit value'),
]
ROWS = [{'id': f'q{n}', 'prompt': prompt, 'completion': sql} for n, (prompt, sql) in enumerate(PAIRS)]
ARCHITECTURE = {'layers': 1, 'hidden': 32, 'heads': 4, 'feedForward': 64, 'dropout': 0.0, 'maxPositions': 64}


def spec_of(file: Path, **recipe: object) -> dict:
    usual = {'method': 'seq2seq', 'architecture': ARCHITECTURE, 'batchSize': 4, 'steps': 8}
    return {'train': str(file), 'recipe': {**usual, **recipe}}


@pytest.fixture(scope='module')
def pairs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_rows(tmp_path_factory.mktemp('pairs') / 'pairs.jsonl', ROWS)


@pytest.fixture(scope='module')
def model(pairs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model that knows eight pairs by heart."""
    out = tmp_path_factory.mktemp('learned')
    train(spec_of(pairs, steps=160, batchSize=8, warmup=60), out)
    return out / 'model'


@pytest.mark.parametrize('tokenizer', ['word', 'wordpiece'])
def test_eight_pairs_are_learned_to_exact_match(tokenizer, pairs, model, tmp_path):
    if tokenizer == 'wordpiece':
        train(spec_of(pairs, steps=160, batchSize=8, warmup=60, tokenizer=tokenizer, vocabulary=300), tmp_path)
        model = tmp_path / 'model'
    result = run_predict(Fields({'model': str(model), 'rows': str(pairs)}, ''), tmp_path, Events(sys.stderr))
    predicted = [json.loads(line) for line in (tmp_path / 'predictions.jsonl').read_text().splitlines()]
    assert [(line['id'], line['sql']) for line in predicted] == [(row['id'], row['completion']) for row in ROWS]
    assert all(line['tokens'] == line['foretold'] > 4 for line in predicted)
    assert result['tokenAccuracy'] == 1.0


def test_the_model_opens_in_transformers(model):
    from transformers import AutoModelForSeq2SeqLM, AutoTokenizer

    opened, report = AutoModelForSeq2SeqLM.from_pretrained(model, output_loading_info=True)
    assert not report['missing_keys'] and not report['unexpected_keys']
    question = AutoTokenizer.from_pretrained(model)('The youngest singer</s>', return_tensors='pt')
    written = opened.generate(question.input_ids, max_new_tokens=20, do_sample=False)
    assert AutoTokenizer.from_pretrained(model).decode(written[0], skip_special_tokens=True) == PAIRS[7][1]


def test_greedy_answers_are_the_same_with_and_without_the_cache(model):
    # The untrained questions make the model answer at length.
    network, tokenizer = open_encoder_decoder(model)
    asked = [{'prompt': f'{a} {b}', 'completion': ''} for a, _ in PAIRS for b, _ in PAIRS[:3]]
    rows, _ = encode_pairs(asked, tokenizer, 64)
    device = choose_device('cpu', 'float32')
    cached, uncached = (answer(network, tokenizer, rows, device, 8, 40, cache=cache) for cache in (True, False))
    assert cached == uncached
    assert len(set(cached)) > 4


def test_padding_changes_neither_logits_nor_answers(model):
    network, tokenizer = open_encoder_decoder(model)
    rows, _ = encode_pairs(ROWS, tokenizer, 64)
    pad, start = tokenizer.token_to_id(PAD), network.config.decoder_start_token_id
    with torch.no_grad():
        together = answer_logits(network, collate(rows, pad, start))
        alone = torch.cat([answer_logits(network, collate([row], pad, start)) for row in rows])
    torch.testing.assert_close(together, alone, rtol=0, atol=1e-5)
    device = choose_device('cpu', 'float32')
    assert answer(network, tokenizer, rows, device, 8, 40) == answer(network, tokenizer, rows, device, 1, 40)


def test_an_exported_model_says_how_it_is_asked(tmp_path):
    rows = [{**row, 'promptForm': 'masked-schema', 'dialect': 'sqlite'} for row in ROWS]
    train(spec_of(write_rows(tmp_path / 'rows.jsonl', rows), steps=1), tmp_path / 'asked')
    run_export(Fields({'model': str(tmp_path / 'asked' / 'model')}, ''), tmp_path / 'asked', Events(sys.stderr))
    described = json.loads((tmp_path / 'asked' / 'onnx' / 'dialectic.json').read_text())
    assert described == {
        **{'id': 'asked', 'kind': 'base', 'experts': []},
        **{'promptForm': 'masked-schema', 'dialects': ['sqlite']},
    }
    mixed = write_rows(tmp_path / 'mixed.jsonl', [*rows, *ROWS])
    with pytest.raises(BadSpec, match=r'several prompt forms: masked, masked-schema'):
        train(spec_of(mixed, steps=1), tmp_path / 'mixed')


@pytest.mark.parametrize('tied', [False, True])
def test_the_exported_graphs_give_the_logits_of_transformers(tied, tmp_path):
    tokenizer = word_tokenizer(text for pair in PAIRS for text in pair)
    network = random_network(tokenizer, tied)
    save_network(network, tokenizer, tmp_path / 'model')
    run_export(Fields({'model': str(tmp_path / 'model'), 'int8': True}, ''), tmp_path, Events(sys.stderr))
    rows, _ = encode_pairs(ROWS, tokenizer, 64)
    source, read = pad_right([row.prompt for row in rows], tokenizer.token_to_id(PAD))
    answer = torch.randint(4, tokenizer.get_vocab_size(), (len(rows), 9), generator=torch.manual_seed(5))
    answer[:, 0] = network.config.decoder_start_token_id
    with torch.no_grad():
        expected = network(input_ids=source, attention_mask=read.long(), decoder_input_ids=answer).logits.numpy()
    exact = logits_of_graphs(tmp_path / 'onnx', 'float32', source.numpy(), read.sum(1).numpy(), answer.numpy())
    rounded = logits_of_graphs(tmp_path / 'onnx', 'int8', source.numpy(), read.sum(1).numpy(), answer.numpy())
    np.testing.assert_allclose(exact, expected, atol=1e-4)
    assert 0 < np.abs(rounded - exact).max() < 0.1 * np.abs(exact).max()


def random_network(tokenizer: Tokenizer, tied: bool) -> MarianMTModel:
    """All its parameters random: biases and norms too, which training begins at 0 and 1."""
    architecture = Architecture(2, 32, 4, 64, 0.1, 64, tied)
    network = build_encoder_decoder(architecture, tokenizer, seed=3).eval()
    with torch.no_grad():
        for parameter in network.parameters():
            if parameter.ndim == 1:
                parameter += 0.3 * torch.randn(parameter.shape)
        network.final_logits_bias += torch.randn(network.final_logits_bias.shape)
    return network


def save_network(network: MarianMTModel, tokenizer: Tokenizer, folder: Path) -> None:
    network.save_pretrained(folder)
    save_tokenizer(tokenizer, folder, None, tokenizer.token_to_id(EOS))


def logits_of_graphs(
    folder: Path, precision: str, source: np.ndarray, lengths: np.ndarray, answer: np.ndarray
) -> np.ndarray:
    """Logits [B, T, V] of the answer's tokens one call after the other, with the caches; pads are other tokens."""
    meta = json.loads((folder / 'meta.json').read_text())
    files = (meta['encoder']['files'][precision], meta['files'][precision])
    encoder, decoder = (onnxruntime.InferenceSession(folder / file) for file in files)
    scrambled = np.where(np.arange(source.shape[1]) < lengths[:, None], source, 7)
    fixed = {'lengths': lengths.astype(np.int32)}
    fixed |= called(encoder, {'input_ids': scrambled, **fixed})
    empty = np.zeros((len(source), meta['kvHeads'], 0, meta['headDim']), np.float32)
    past = {f'past_key_values.{n}.{part}': empty for n in range(meta['layers']) for part in ('key', 'value')}
    logits = []
    for tokens in answer.T:
        outputs = called(decoder, {'input_ids': tokens[:, None], **fixed, **past})
        logits.append(outputs.pop('logits'))
        past = {name.replace('present', 'past_key_values'): value for name, value in outputs.items()}
    return np.stack(logits, 1)


def called(session: onnxruntime.InferenceSession, feeds: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    names = [output.name for output in session.get_outputs()]
    return dict(zip(names, session.run(None, feeds), strict=True))


def test_a_run_killed_and_resumed_ends_with_the_same_weights(pairs, tmp_path):
    architecture = {**ARCHITECTURE, 'dropout': 0.2}
    spec = spec_of(pairs, architecture=architecture, checkpointEverySteps=3, evaluateEverySteps=4, warmup=10, steps=12)
    spec['validation'] = str(pairs)
    whole = train(spec, tmp_path / 'whole')

    (tmp_path / 'spec.json').write_text(json.dumps(spec))
    arguments = ['-m', 'trainer', 'train', '--spec', str(tmp_path / 'spec.json'), '--out', str(tmp_path / 'parts')]
    environment = {**os.environ, 'PYTHONPATH': str(ROOT)}
    process = subprocess.Popen([sys.executable, *arguments], env=environment, stdout=subprocess.PIPE, text=True)
    for line in process.stdout:
        if json.loads(line)['event'] == 'checkpoint':
            process.send_signal(signal.SIGTERM)
            break
    process.stdout.read()
    assert process.wait() == 3
    assert not (tmp_path / 'parts' / 'model').exists()

    parts = train(spec, tmp_path / 'parts', tmp_path / 'parts' / 'checkpoints')
    assert parts['lossCurve'] == whole['lossCurve']
    expected, actual = (load_file(tmp_path / run / 'model' / 'model.safetensors') for run in ('whole', 'parts'))
    assert max((expected[name] - actual[name]).abs().max() for name in expected) <= 1e-6


def test_early_stopping_keeps_the_best_weights(pairs, tmp_path):
    others = [{**row, 'completion': PAIRS[-1 - n][1]} for n, row in enumerate(ROWS)]
    spec = spec_of(pairs, steps=200, batchSize=8, warmup=30, evaluateEverySteps=10, earlyStopping={'patience': 2})
    spec['validation'] = str(write_rows(tmp_path / 'others.jsonl', others))
    result = train(spec, tmp_path)
    assert result['stoppedEarly'] and result['steps'] < 200
    assert result['validationLoss'] == pytest.approx(min(loss for _, loss in result['validationCurve']), abs=1e-4)


def test_an_epoch_holds_every_row_once_and_is_repeatable(model):
    _, tokenizer = open_encoder_decoder(model)
    rows, _ = encode_pairs(ROWS * 9, tokenizer, 64)
    first, again, next_epoch = (batches_of_epoch(rows, 4, 0, epoch) for epoch in (0, 0, 1))
    assert first == again != next_epoch
    assert sorted(id(row) for batch in first for row in batch) == sorted(map(id, rows))


@pytest.mark.parametrize('step', [1, 57, 3999, 4000, 4001, 20000])
def test_the_rate_is_that_of_vaswani(step):
    width, warmup = 128, 4000
    formula = width**-0.5 * min(step**-0.5, step * warmup**-1.5)
    assert noam_peak(width, warmup) * rate_factor('noam', step - 1, 99999, warmup) == pytest.approx(formula, rel=1e-12)


def test_pieces_that_the_rows_do_not_use_change_no_cut(tmp_path):
    letters = [chr(letter) for letter in range(ord('a'), ord('z') + 1)]
    pieces = ['[PAD]', '[unused0]', '[UNK]', 'sing', '##ers', 'unseen', '(', '*', ')', '>', '=', '_', 'count', 'select']
    file = tmp_path / 'vocab.txt'
    file.write_text('\n'.join([*pieces, *letters, *(f'##{letter}' for letter in letters)]))
    texts = ['Singers?', 'select count ( * ) singer_id >= b_c']
    tokenizer = wordpiece_tokenizer(texts, read_pieces(file), 0)
    encoding = tokenizer.encode(texts[1])
    assert encoding.tokens[:6] == ['select', 'count', '(', '*', ')', 'sing']
    assert tokenizer.decode(encoding.ids) == texts[1]
    assert tokenizer.token_to_id('unseen') is None
    assert tokenizer.token_to_id('[PAD]') is None


def test_a_word_that_no_row_has_is_unknown():
    tokenizer = word_tokenizer(['count singer_id', 'age >= 20 ?'])
    assert tokenizer.encode('COUNT singers >= singer_id').tokens == ['count', UNKNOWN, '>=', 'singer_id']
    assert tokenizer.decode(tokenizer.encode('count singer_id >= 20').ids) == 'count singer_id >= 20'


@pytest.mark.parametrize(
    ('changes', 'message'),
    [
        ({'architecture': {'hidden': 100}}, 'is not a multiple of heads'),
        ({'warmup': 0.1}, 'the schedule noam counts steps'),
        ({'tokenizer': 'bytes'}, 'recipe.tokenizer must be one of word, wordpiece'),
        ({'earlyStopping': {}}, 'recipe.earlyStopping needs validation rows'),
        ({'layers': 6}, 'recipe.layers is not a field'),
    ],
)
def test_a_wrong_recipe_is_told_what_is_wrong(changes, message, pairs):
    with pytest.raises(BadSpec, match=message):
        read_seq2seq_spec(Fields(spec_of(pairs, **changes), ''))


@pytest.mark.parametrize('name', ['seq2seq', 'seq2seq-gpu'])
def test_the_example_recipes_are_read_whole(name, pairs):
    recipe = yaml.safe_load((ROOT / 'examples' / 'recipes' / f'{name}.yaml').read_text(encoding='utf-8'))
    read = read_seq2seq_spec(
        Fields(
            {
                **recipe,
                'train': str(pairs),
                'validation': str(pairs),
                'wordPieces': recipe.get('wordPieces') and str(pairs),
            },
            '',
        )
    )
    assert (read.architecture.heads, read.recipe.schedule, read.recipe.warmup) == (8, 'noam', 4000)


def test_predicting_with_another_model_is_refused(pairs, tmp_path):
    with pytest.raises(BadSpec, match='holds no encoder-decoder'):
        run_predict(Fields({'model': str(tmp_path), 'rows': str(pairs)}, ''), tmp_path, Events(sys.stderr))
