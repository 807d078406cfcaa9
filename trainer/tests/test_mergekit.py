"""Our merges against mergekit 0.1.5, on small models: live where MERGEKIT_PYTHON names a Python that has it.

Otherwise against digests of what mergekit gave; mergekit_reference.py makes them again.
"""

import os
import subprocess
from pathlib import Path

import pytest
import torch
from safetensors.torch import load_file

from conftest import merge
from mergekit_reference import DENSITY, EXPERTS, LAMBDA, PROMPTS, SEED, WEIGHTS, digest, write_models
from trainer.files import read_json
from trainer.merge.methods.dare import dare, dare_ties

SCRIPT = Path(__file__).with_name('mergekit_reference.py')
DIGESTS = SCRIPT.with_suffix('.generated.json')
# The names of the spec's fields for each of mergekit's configurations in mergekit_reference.py.
CASES = {
    'slerp': {'method': 'slerp', 'models': EXPERTS[:2], 't': 0.3},
    'slerp-half': {'method': 'slerp', 'models': EXPERTS[:2]},
    'slerp-chain': {'method': 'slerp', 'models': EXPERTS},
    'spherical': {'method': 'slerp', 'models': EXPERTS, 'interpolation': 'spherical'},
    'linear': {'method': 'linear', 'models': EXPERTS, 'weights': WEIGHTS},
    'task-arithmetic': {'method': 'task-arithmetic', 'models': EXPERTS, 'weights': WEIGHTS, 'lambda': LAMBDA},
    'ties-all': {'method': 'ties', 'models': EXPERTS, 'density': 1.0},
    'ties': {'method': 'ties', 'models': EXPERTS, 'weights': WEIGHTS, 'density': DENSITY, 'lambda': LAMBDA},
    'mixture': {'method': 'mixture', 'models': EXPERTS, 'gateInput': 'layer'},
}


@pytest.fixture(scope='session')
def reference(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the models, and with mergekit's results where MERGEKIT_PYTHON says who can make them."""
    folder = tmp_path_factory.mktemp('mergekit')
    python = os.environ.get('MERGEKIT_PYTHON')
    if python:
        subprocess.run([python, str(SCRIPT), str(folder)], check=True, capture_output=True, text=True)
    else:
        write_models(folder / 'models')
    return folder


def assert_equal_to_mergekit(case: str, actual: dict[str, torch.Tensor], reference: Path) -> None:
    """Every entry within 1e-5; without mergekit, the digests' projections and lengths, to the same bound."""
    file = reference / f'{case}.safetensors'
    expected = load_file(file) if file.exists() else read_json(DIGESTS)[case]
    assert set(actual) == set(expected)
    for name, tensor in actual.items():
        wanted = expected[name]
        if file.exists():
            torch.testing.assert_close(tensor, wanted, atol=1e-5, rtol=0, msg=lambda text, name=name: f'{name}: {text}')
        else:
            assert digest(tensor) == pytest.approx(wanted, abs=1e-5), name


def merged(case: str, reference: Path, out: Path, **changes: object) -> dict[str, torch.Tensor]:
    spec = {**CASES[case], **changes}
    weights = spec.pop('weights', {})
    models = [
        {'path': str(reference / 'models' / name), 'name': name, 'keywords': PROMPTS[name]}
        | ({'weight': weights[name]} if weights else {})
        for name in spec['models']
    ]
    merge({**spec, 'models': models, 'base': str(reference / 'models' / 'base')}, out)
    return load_file(out / 'model' / 'model.safetensors')


@pytest.mark.parametrize('case', CASES)
def test_a_merge_is_mergekits(case, reference, tmp_path):
    assert_equal_to_mergekit(case, merged(case, reference, tmp_path), reference)


@pytest.mark.parametrize(('case', 'method'), [('dare', dare), ('dare-ties', dare_ties)])
def test_dare_draws_the_same_entries_from_the_same_seed(case, method, reference):
    models = [load_file(reference / 'models' / name / 'model.safetensors') for name in ('base', *EXPERTS)]
    actual = {}
    for name, origin in models[0].items():
        generators = []
        for number in range(len(EXPERTS)):
            # mergekit draws for one model after the other; ours has a generator a model.
            generators.append(torch.Generator().manual_seed(SEED))
            torch.rand(number * origin.numel(), generator=generators[-1])
        tensors = [model[name] for model in models[1:]]
        actual[name] = method(origin, tensors, list(WEIGHTS.values()), DENSITY, LAMBDA, generators)
    assert_equal_to_mergekit(case, actual, reference)


def test_by_default_the_routers_rows_are_not_mergekits_but_everything_else_is(reference, tmp_path):
    """Ours are made where the router reads, behind the attention and the norm; mergekit's where the layer reads."""
    ours = merged('mixture', reference, tmp_path / 'router', gateInput='router')
    theirs = merged('mixture', reference, tmp_path / 'layer')
    differ = {name for name, tensor in ours.items() if not torch.allclose(tensor, theirs[name], atol=1e-5)}
    assert differ == {f'model.layers.{layer}.block_sparse_moe.gate.weight' for layer in range(2)}


def test_one_step_merges_the_attention_that_takes_mergekit_three(reference, tmp_path):
    """mergekit's mixture copies the attention of one model; three runs before it are what our one does."""
    mixture = merged('mixture', reference, tmp_path)
    attention = {name: tensor for name, tensor in mixture.items() if 'block_sparse_moe' not in name}
    chain = {name: value for name, value in read_json(DIGESTS)['slerp-chain'].items() if '.mlp.' not in name}
    assert {name: digest(tensor) for name, tensor in attention.items()} == {
        name: pytest.approx(value, abs=1e-5) for name, value in chain.items()
    }
