"""Several processes train the model that one would."""

import json
import signal

import pytest
from processes import Running
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM

from conftest import ARCHITECTURE, SPECIAL_TOKENS, train
from trainer.launch import places
from trainer.train.batches import Group
from trainer.train.rows import Row
from trainer.train.team import Team


def spec_of(rows, base=None, **changes) -> dict:
    recipe = {'steps': 6, 'batchSize': 8, 'checkpointEverySteps': 3}
    return {
        **({'architecture': ARCHITECTURE} if base is None else {'base': str(base)}),
        'recipe': {**recipe, 'evaluateEverySteps': 3, 'earlyStopping': {'patience': 9}, **changes},
        'train': str(rows['train']),
        'validation': str(rows['validation']),
        'specialTokens': SPECIAL_TOKENS,
    }


def largest_difference(first, second) -> float:
    one, other = (load_file(out / 'model' / 'model.safetensors') for out in (first, second))
    assert one.keys() == other.keys()
    return max((one[name] - other[name]).abs().max().item() for name in one)


@pytest.mark.parametrize(('sharding', 'method'), [('none', 'full'), ('full', 'full'), ('full', 'lora')])
def test_two_processes_learn_what_one_does_and_either_resumes_the_other(sharding, method, rows, request, tmp_path):
    start = {'base': request.getfixturevalue('base')} if method == 'lora' else {}
    how = {'method': method, 'gradientCheckpointing': method == 'lora', 'packTo': 200}
    alone = train(spec_of(rows, **start, method=method), tmp_path / 'alone')
    spec = spec_of(rows, **start, **how, processes=2, sharding=sharding)
    (tmp_path / 'spec.json').write_text(json.dumps(spec))
    arguments = ['train', '--spec', str(tmp_path / 'spec.json'), '--out', str(tmp_path / 'both')]
    together = together_by_hand(arguments, tmp_path)
    assert together['processes'] == 2
    for curve in ('lossCurve', 'validationCurve'):
        for (step, loss), (other_step, other) in zip(alone[curve], together[curve], strict=True):
            assert step == other_step
            assert other == pytest.approx(loss, abs=1e-4)
    assert largest_difference(tmp_path / 'alone', tmp_path / 'both') < 1e-3
    assert type(AutoModelForCausalLM.from_pretrained(tmp_path / 'both' / 'model')).__name__ == 'LlamaForCausalLM'

    checkpoint = tmp_path / 'both' / 'checkpoints' / 'step-0000003'
    again = [*arguments[:-1], str(tmp_path / 'again'), '--resume', str(checkpoint)]
    assert together_by_hand(again, tmp_path)['lossCurve'] == together['lossCurve']
    assert largest_difference(tmp_path / 'both', tmp_path / 'again') <= 1e-6
    train(spec_of(rows, **start, **how), tmp_path / 'one', checkpoint)
    assert largest_difference(tmp_path / 'both', tmp_path / 'one') < 1e-3


def together_by_hand(arguments: list[str], folder) -> dict:
    """Both processes as a launcher starts them. Gives the first one's result."""
    both = [Running(arguments, folder / f'events-{place["RANK"]}', place) for place in places(2)]
    assert [running.wait() for running in both] == [0, 0]
    first, second = (list(running.events()) for running in both)
    assert second == []
    return first[-1]['result']


def test_a_recipe_starts_its_processes_itself_and_a_signal_checkpoints_all(rows, tmp_path):
    spec = spec_of(rows, processes=2, sharding='full', steps=2000, checkpointEverySteps=1000)
    (tmp_path / 'spec.json').write_text(json.dumps(spec))
    arguments = ['train', '--spec', str(tmp_path / 'spec.json'), '--out', str(tmp_path / 'out')]
    running = Running(arguments, tmp_path / 'events')
    for event in running.events():
        if event['event'] == 'progress':
            running.kill(signal.SIGTERM)
            break
    assert running.wait() == 3
    events = list(running.events())
    assert events[-1]['kind'] == 'Preempted'
    assert [event['event'] for event in events].count('error') == 1
    (checkpoint,) = [event for event in events if event['event'] == 'checkpoint']
    assert load_file(f'{checkpoint["path"]}/weights.safetensors')['model.norm.weight'].shape == (64,)


def test_every_group_of_a_batch_is_some_process_s_and_the_work_is_even():
    groups = [Group((Row(tuple(range(length)), (1, 2)),), 0) for length in (9, 3, 30, 12, 7, 22, 5)]
    parts = [Team(rank, 3).share(groups) for rank in range(3)]
    assert sorted(group.length for part in parts for group in part) == sorted(group.length for group in groups)
    loads = [sum(group.length for group in part) for part in parts]
    assert max(loads) - min(loads) <= 9
    assert Team().share(groups) is groups
