"""The command line: exit codes, events, preemption."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from safetensors.torch import load_file

from conftest import ARCHITECTURE, ROOT, SPECIAL_TOKENS, train


def command(*arguments: str, python: str = sys.executable) -> tuple[int, list[dict]]:
    environment = {**os.environ, 'PYTHONPATH': str(ROOT)}
    done = subprocess.run([python, '-m', 'trainer', *arguments], env=environment, capture_output=True, text=True)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


def test_a_bad_spec_ends_with_code_2_and_one_event(tmp_path):
    code, events = command('train', '--spec', str(tmp_path / 'absent.json'), '--out', str(tmp_path))
    assert code == 2
    assert [event['event'] for event in events] == ['error']
    assert events[0]['kind'] == 'BadSpec'
    assert events[0]['remedy'] == 'Give --spec the path of a JSON file.'


def test_a_python_without_torch_ends_with_code_4_and_the_remedy(tmp_path):
    bare = Path(sys.base_prefix) / 'bin' / 'python3'
    if not bare.exists() or subprocess.run([bare, '-c', 'import torch'], capture_output=True).returncode == 0:
        pytest.skip('there is no Python without torch on this machine')
    code, events = command('train', '--spec', 'x', '--out', str(tmp_path), python=str(bare))
    assert code == 4
    assert 'torch is not installed' in events[0]['message']
    assert 'npm run setup' in events[0]['remedy']


@pytest.mark.parametrize('method', ['full', 'lora'])
def test_a_run_killed_and_resumed_ends_with_the_same_weights(method, rows, base, tmp_path):
    recipe = {'method': method, 'steps': 10, 'batchSize': 8, 'seed': 3, 'checkpointEverySteps': 4}
    if method == 'lora':
        recipe['loraDropout'] = 0.1
    spec = {
        'recipe': {**recipe, 'evaluateEverySteps': 3},
        'specialTokens': SPECIAL_TOKENS,
        'train': str(rows['train']),
        'validation': str(rows['validation']),
    }
    if method == 'full':
        spec['recipe']['architecture'] = ARCHITECTURE
    else:
        spec['base'] = str(base)
    whole = train(spec, tmp_path / 'whole')

    (tmp_path / 'spec.json').write_text(json.dumps(spec))
    environment = {**os.environ, 'PYTHONPATH': str(ROOT)}
    arguments = ['train', '--spec', str(tmp_path / 'spec.json'), '--out', str(tmp_path / 'parts')]
    process = subprocess.Popen(
        [sys.executable, '-m', 'trainer', *arguments], env=environment, stdout=subprocess.PIPE, text=True
    )
    events = []
    for line in process.stdout:
        events.append(json.loads(line))
        if events[-1]['event'] in ('checkpoint', 'evaluation'):
            process.send_signal(signal.SIGTERM)
            break
    events += [json.loads(line) for line in process.stdout]
    assert process.wait() == 3
    assert events[-1]['kind'] == 'Preempted'
    stopped = max(event['step'] for event in events if event['event'] == 'checkpoint')
    assert stopped < 10
    assert not (tmp_path / 'parts' / 'model').exists()

    parts = train(spec, tmp_path / 'parts', tmp_path / 'parts' / 'checkpoints')
    assert parts['steps'] == whole['steps'] == 10
    assert parts['lossCurve'] == whole['lossCurve']
    expected = load_file(tmp_path / 'whole' / 'model' / 'model.safetensors')
    actual = load_file(tmp_path / 'parts' / 'model' / 'model.safetensors')
    assert max((expected[name] - actual[name]).abs().max() for name in expected) <= 1e-6
    assert len(list((tmp_path / 'parts' / 'checkpoints').iterdir())) <= 2
