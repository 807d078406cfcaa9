"""What training does with a base, a tokenizer, early stopping and a router."""

import pytest
import torch
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM, AutoTokenizer

from conftest import DIALECTS, SPECIAL_TOKENS, make_rows, train, write_rows
from trainer.bases.folder import load_model
from trainer.errors import BadSpec
from trainer.files import read_json
from trainer.tokenizer import load_tokenizer
from trainer.train.batches import batches_in_order, collate
from trainer.train.forward import answer_hidden
from trainer.train.loss import router_loss
from trainer.train.rows import encode_rows
from trainer.train.schedule import rate_factor, warmup_steps


def test_the_result_opens_in_transformers_and_special_tokens_are_single(base):
    tokenizer = AutoTokenizer.from_pretrained(base)
    AutoModelForCausalLM.from_pretrained(base)
    assert [len(tokenizer(token, add_special_tokens=False).input_ids) for token in SPECIAL_TOKENS] == [1, 1, 1]
    assert len(tokenizer('2024', add_special_tokens=False).input_ids) == 4
    assert (base / 'README.md').read_text().startswith('---\nlibrary_name: transformers')
    assert read_json(base / 'config.json')['rope_theta'] == 10000.0


def test_fine_tuning_adds_special_tokens_that_the_base_lacks(base, rows, tmp_path):
    before = read_json(base / 'config.json')['vocab_size']
    spec = {
        'recipe': {'steps': 1, 'batchSize': 4},
        'base': str(base),
        'specialTokens': [*SPECIAL_TOKENS, '<c3>'],
        'train': str(rows['train']),
    }
    train(spec, tmp_path)
    assert read_json(tmp_path / 'model' / 'config.json')['vocab_size'] == before + 1


def test_early_stopping_keeps_the_best_weights(base, rows, tmp_path):
    recipe = {
        'steps': 40,
        'batchSize': 8,
        'learningRate': 0.3,
        'evaluateEverySteps': 2,
        'earlyStopping': {'patience': 2},
    }
    spec = {'recipe': recipe, 'base': str(base), 'train': str(rows['sqlite']), 'validation': str(rows['validation'])}
    result = train(spec, tmp_path)
    assert result['stoppedEarly']
    assert result['steps'] < 60
    assert result['validationLoss'] == pytest.approx(min(loss for _, loss in result['validationCurve']), abs=1e-4)


def test_early_stopping_on_exact_match_keeps_the_most_exact_weights(base, rows, tmp_path):
    """The rate is so high that the model is soon worse, by its answers too."""
    recipe = {'steps': 16, 'batchSize': 8, 'learningRate': 0.02, 'evaluateEverySteps': 4}
    recipe['earlyStopping'] = {'metric': 'exactMatch', 'patience': 2}
    spec = {'recipe': recipe, 'base': str(base), 'train': str(rows['sqlite']), 'validation': str(rows['sqlite'])}
    result = train(spec, tmp_path)
    assert result['exactMatch'] == pytest.approx(max(share for _, share in result['exactMatchCurve']), abs=1e-4)
    steps = [step for step, _ in result['exactMatchCurve']]
    assert [step for step, _ in result['validationCurve']] == steps
    best = max(result['exactMatchCurve'], key=lambda point: point[1])[0]
    assert not result['stoppedEarly'] or result['steps'] >= best + 2 * 4


def test_what_a_run_costs_is_told_along_the_steps(base, rows, tmp_path):
    spec = {'recipe': {'steps': 3, 'batchSize': 4}, 'base': str(base), 'train': str(rows['train'])}
    result = train(spec, tmp_path)
    for curve in ('lossCurve', 'learningRateCurve', 'speedCurve', 'memoryCurve'):
        assert [step for step, _ in result[curve]] == [1, 2, 3]
        assert all(value > 0 for _, value in result[curve])


def test_training_the_router_alone_changes_nothing_else(mixture, rows, tmp_path):
    spec = {
        'recipe': {'steps': 2, 'batchSize': 8, 'trainable': 'router', 'learningRate': 1e-2},
        'base': str(mixture),
        'train': str(rows['train']),
    }
    train(spec, tmp_path)
    before, after = (load_file(folder / 'model.safetensors') for folder in (mixture, tmp_path / 'model'))
    changed = {name for name in before if not torch.equal(before[name], after[name])}
    assert changed == {f'model.layers.{layer}.block_sparse_moe.gate.weight' for layer in (0, 1)}


def test_the_router_loss_teaches_the_routers_the_dialect(mixture, rows, tmp_path):
    experts = list(DIALECTS)
    spec = {
        'recipe': {'steps': 60, 'batchSize': 16, 'learningRate': 3e-3},
        'base': str(mixture),
        'train': str(rows['train']),
        'routerLossWeight': 1.0,
        'experts': experts,
    }
    train(spec, tmp_path)
    assert loss_of_routers(tmp_path / 'model', experts) < 0.8 * loss_of_routers(mixture, experts)


@torch.no_grad()
def loss_of_routers(folder, experts) -> float:
    sample, _ = encode_rows(make_rows(20, seed=9), load_tokenizer(folder), 1, 256, experts)
    (groups,) = batches_in_order(sample, len(sample), 4)
    batch = collate(groups, 0)
    return router_loss(answer_hidden(load_model(folder), batch), batch.experts).item()


def test_rows_that_do_not_fit_are_counted(base, rows, tmp_path):
    long = {'prompt': 'word ' * 600, 'completion': 'SELECT 1', 'dialect': 'sqlite'}
    file = write_rows(tmp_path / 'rows.jsonl', [*make_rows(8), long])
    result = train({'recipe': {'steps': 1}, 'base': str(base), 'train': str(file)}, tmp_path / 'out')
    assert (result['rows'], result['rowsTooLong']) == (8, 1)


def test_resuming_with_other_rows_is_refused(base, rows, tmp_path):
    spec = {'recipe': {'steps': 2, 'checkpointEverySteps': 1}, 'base': str(base), 'train': str(rows['sqlite'])}
    train(spec, tmp_path)
    with pytest.raises(BadSpec, match='was written with another training rows'):
        train({**spec, 'train': str(rows['postgres'])}, tmp_path, tmp_path)


def test_the_rate_warms_up_and_comes_down():
    factors = [rate_factor('cosine', step, 100, warmup_steps(0.1, 100)) for step in range(100)]
    assert factors.index(max(factors)) == 10
    assert max(factors) == 1.0
    assert factors[-1] < 0.001
    assert rate_factor('linear', 55, 100, 10) == pytest.approx(0.5)
    assert rate_factor('constant', 99, 100, 10) == 1.0
