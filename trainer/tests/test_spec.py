"""What a wrong spec is told."""

import json

import pytest

from trainer.errors import BadSpec, MissingDevice
from trainer.fields import Fields, read_spec
from trainer.merge.spec import read_merge_spec
from trainer.train.recipe import read_train_spec


@pytest.fixture
def spec(tmp_path):
    (tmp_path / 'train.jsonl').write_text('{"prompt": "a", "completion": "b"}\n')
    return {'recipe': {}, 'train': str(tmp_path / 'train.jsonl')}


@pytest.mark.parametrize(
    ('recipe', 'message', 'remedy'),
    [
        ({'learningRate': 'fast'}, 'recipe.learningRate must be a number above 0, not "fast".', 'a number above 0'),
        ({'learningRate': 0}, 'recipe.learningRate must be a number above 0, not 0.', 'a number above 0'),
        ({'batchSize': 2.5}, 'recipe.batchSize must be a whole number of at least 1, not 2.5.', 'a whole number'),
        (
            {'method': 'magic'},
            'recipe.method must be one of full, lora, seq2seq, not "magic".',
            'one of full, lora, seq2seq',
        ),
        ({'learningrate': 1}, 'recipe.learningrate is not a field of this spec.', 'learningRate'),
        ({'method': 'lora'}, 'recipe.method is lora, but there is no base to adapt.', 'Set base'),
        ({'earlyStopping': {}}, 'recipe.earlyStopping needs validation rows.', 'Set validation'),
    ],
)
def test_a_wrong_recipe_is_told_which_field_and_what_instead(spec, recipe, message, remedy):
    with pytest.raises(BadSpec) as failure:
        read_train_spec(Fields({**spec, 'recipe': recipe}, ''))
    assert failure.value.message == message
    assert remedy in failure.value.remedy


def test_a_path_that_does_not_exist_is_named(spec):
    with pytest.raises(BadSpec, match=r'train names /nowhere/rows.jsonl, which does not exist'):
        read_train_spec(Fields({**spec, 'train': '/nowhere/rows.jsonl'}, ''))


def test_a_missing_recipe_is_named(spec):
    with pytest.raises(BadSpec, match='recipe is missing'):
        read_train_spec(Fields({'train': spec['train']}, ''))


@pytest.mark.parametrize('text', ['{"recipe": }', 'recipe: {full', '"recipe'])
def test_a_spec_that_is_neither_json_nor_yaml_is_refused(text, tmp_path):
    (tmp_path / 'spec.yaml').write_text(text)
    with pytest.raises(BadSpec, match='is neither JSON nor YAML'):
        read_spec(tmp_path / 'spec.yaml')


def test_paths_of_a_file_are_relative_to_it_and_numbers_are_numbers(spec, tmp_path, monkeypatch):
    (tmp_path / 'recipe.yaml').write_text('base: scratch\nrecipe: {learningRate: 1e-4}\ntrain: train.jsonl\n')
    monkeypatch.chdir('/')
    read = read_train_spec(read_spec(tmp_path / 'recipe.yaml'))
    assert (read.base, read.train) == (None, tmp_path / 'train.jsonl')
    assert read.recipe.learning_rate == 1e-4


def test_defaults_depend_on_the_method(spec, tmp_path):
    assert read_train_spec(Fields(spec, '')).recipe.learning_rate == 2e-3
    assert read_train_spec(Fields({**spec, 'base': str(tmp_path)}, '')).recipe.learning_rate == 3e-4


@pytest.mark.parametrize(
    ('changes', 'message'),
    [
        ({'models': []}, 'models names 0 model'),
        ({'method': 'ties'}, 'The method ties needs the base'),
        ({'topK': 3}, 'topK is 3, but there are 2 experts'),
        ({'t': 1.5}, 't is a share between two models'),
        ({'density': 2}, 'density is 2, more than everything'),
        ({'order': ['a', 'a']}, 'order does not list every model once'),
    ],
)
def test_a_wrong_merge_is_told_what_is_wrong(tmp_path, changes, message):
    models = [{'path': str(tmp_path), 'name': name} for name in ('a', 'b')]
    with pytest.raises(BadSpec, match=message):
        read_merge_spec(Fields({'method': 'mixture', 'models': models, **changes}, ''))


def test_models_are_numbered_in_the_order_given(tmp_path):
    models = [{'path': str(tmp_path), 'name': name} for name in 'abc']
    spec = read_merge_spec(
        Fields(json.loads(json.dumps({'method': 'slerp', 'models': models, 'order': ['c', 'a', 'b']})), '')
    )
    assert [model.name for model in spec.models] == ['c', 'a', 'b']


def test_a_gpu_that_is_not_there_is_refused():
    import torch

    from trainer.device import choose_device

    if torch.cuda.is_available():
        assert choose_device('cuda', 'auto').name == 'cuda'
        return
    with pytest.raises(MissingDevice, match='no usable NVIDIA GPU'):
        choose_device('cuda', 'auto')
