"""The command line: exit codes, events, preemption."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
import torch
from processes import Running
from safetensors.torch import load_file

from conftest import ARCHITECTURE, DIALECTS, ROOT, SPECIAL_TOKENS, train


def command(*arguments: str, python: str = sys.executable) -> tuple[int, list[dict]]:
    environment = {**os.environ, 'PYTHONPATH': str(ROOT)}
    done = subprocess.run([python, '-m', 'trainer', *arguments], env=environment, capture_output=True, text=True)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


def test_a_bad_spec_ends_with_code_2_and_one_event(tmp_path):
    code, events = command('train', '--spec', str(tmp_path / 'absent.json'), '--out', str(tmp_path))
    assert code == 2
    assert [event['event'] for event in events] == ['error']
    assert events[0]['kind'] == 'BadSpec'
    assert events[0]['remedy'] == 'Give --spec the path of a JSON or YAML file.'


def test_a_python_without_torch_ends_with_code_4_and_the_remedy(tmp_path):
    bare = Path(sys.base_prefix) / 'bin' / 'python3'
    if not bare.exists() or subprocess.run([bare, '-c', 'import torch'], capture_output=True).returncode == 0:
        pytest.skip('there is no Python without torch on this machine')
    code, events = command('train', '--spec', 'x', '--out', str(tmp_path), python=str(bare))
    assert code == 4
    assert 'torch is not installed' in events[0]['message']
    assert 'npm run setup' in events[0]['remedy']


def test_a_recipe_for_a_gpu_ends_with_code_6_and_the_remedy_where_there_is_none(rows, tmp_path):
    if torch.cuda.is_available():
        pytest.skip('this machine has a GPU')
    (tmp_path / 'spec.json').write_text(json.dumps({'recipe': {'device': 'cuda'}, 'train': str(rows['train'])}))
    running = Running(['train', '--spec', str(tmp_path / 'spec.json'), '--out', str(tmp_path)], tmp_path / 'events')
    (event,) = running.events()
    assert running.wait() == 6
    assert event['kind'] == 'MissingDevice'
    assert 'start a gpu worker on a machine with one' in event['remedy']


def recipe_of(kind: str, rows, base, mixture) -> dict:
    """Ten steps of training from scratch, of adapters with dropout, or of a mixture's routers and attention."""
    recipe = {'steps': 10, 'batchSize': 8, 'seed': 3, 'checkpointEverySteps': 2, 'evaluateEverySteps': 3}
    data = {'train': str(rows['train']), 'validation': str(rows['validation']), 'specialTokens': SPECIAL_TOKENS}
    if kind == 'full':
        return {**data, 'recipe': {**recipe, 'architecture': ARCHITECTURE, 'earlyStopping': {'patience': 9}}}
    if kind == 'lora':
        return {**data, 'base': str(base), 'recipe': {**recipe, 'method': 'lora', 'loraDropout': 0.1}}
    tuning = {**recipe, 'trainable': 'router+attention', 'packTo': 200}
    return {**data, 'base': str(mixture), 'recipe': tuning, 'routerLossWeight': 0.5, 'experts': list(DIALECTS)}


@pytest.mark.parametrize('ending', [signal.SIGTERM, signal.SIGKILL], ids=['stopped', 'killed'])
@pytest.mark.parametrize('kind', ['full', 'lora', 'mixture'])
def test_a_run_ended_at_a_random_step_and_resumed_ends_with_the_same_weights(
    kind, ending, rows, base, mixture, tmp_path
):
    spec = recipe_of(kind, rows, base, mixture)
    whole = train(spec, tmp_path / 'whole')

    (tmp_path / 'spec.json').write_text(json.dumps(spec))
    arguments = ['train', '--spec', str(tmp_path / 'spec.json'), '--out', str(tmp_path / 'parts')]
    running = Running(arguments, tmp_path / 'events')
    wanted, seen = random.randint(1, 4), []
    for event in running.events():
        seen.append(event)
        if sum(event['event'] == 'checkpoint' for event in seen) == wanted:
            time.sleep(random.uniform(0, 0.05))
            running.kill(ending)
            break
    code = running.wait()
    # A process that was quick enough to end is no failure of resuming from its last checkpoint.
    assert code in ({0, 3} if ending == signal.SIGTERM else {0, -signal.SIGKILL})
    if code == 3:
        assert not (tmp_path / 'parts' / 'model').exists()
        assert list(running.events())[-1]['kind'] == 'Preempted'

    parts = train(spec, tmp_path / 'parts', tmp_path / 'parts' / 'checkpoints')
    assert parts['steps'] == whole['steps'] == 10
    for curve in ('lossCurve', 'validationCurve', 'exactMatchCurve', 'learningRateCurve'):
        assert parts[curve] == whole[curve]
    expected = load_file(tmp_path / 'whole' / 'model' / 'model.safetensors')
    actual = load_file(tmp_path / 'parts' / 'model' / 'model.safetensors')
    assert max((expected[name] - actual[name]).abs().max() for name in expected) <= 1e-6
    assert len(list((tmp_path / 'parts' / 'checkpoints').glob('step-*'))) <= 2
