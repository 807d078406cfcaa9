"""Merging whole models."""

import shutil

import pytest
import torch
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM, MixtralForCausalLM

from conftest import DIALECTS, merge, mixture_spec
from trainer.errors import BadSpec
from trainer.files import read_json, write_json
from trainer.merge import gates
from trainer.merge.methods.slerp import slerp_chain
from trainer.merge.shards import PlannedTensor, ShardWriter
from trainer.merge.sources import Source
from trainer.merge.spec import NEED_BASE
from trainer.tokenizer import load_tokenizer


def weights(folder):
    return load_file(folder / 'model.safetensors')


def test_a_mixture_opens_in_transformers_with_no_missing_key(mixture):
    model, report = MixtralForCausalLM.from_pretrained(mixture, output_loading_info=True)
    assert not report['missing_keys']
    assert not report['unexpected_keys']
    assert (model.config.num_local_experts, model.config.num_experts_per_tok) == (3, 2)


def test_a_mixture_keeps_feed_forwards_and_merges_the_rest(mixture, experts):
    merged, parts = weights(mixture), [weights(folder) for folder in experts.values()]
    for number, part in enumerate(parts):
        name = f'model.layers.1.block_sparse_moe.experts.{number}.w2.weight'
        assert torch.equal(merged[name], part['model.layers.1.mlp.down_proj.weight'])
    for name in ('model.embed_tokens.weight', 'model.layers.0.self_attn.q_proj.weight', 'model.norm.weight'):
        torch.testing.assert_close(merged[name], slerp_chain([part[name] for part in parts], [1, 1, 1])[0])


def test_router_rows_are_the_mean_vectors_at_the_routers_input(experts, tmp_path):
    """With one and the same expert thrice, the carrier is that expert, and its own forward tells the vectors."""
    same = dict.fromkeys(DIALECTS, experts['sqlite'])
    merge(mixture_spec(same), tmp_path)
    model = AutoModelForCausalLM.from_pretrained(experts['sqlite'])
    tokenizer = load_tokenizer(experts['sqlite'])
    seen = []
    model.model.layers[1].post_attention_layernorm.register_forward_hook(lambda module, _, output: seen.append(output))
    for text in ('EXTRACT', 'ILIKE', '::text'):
        model(torch.tensor([tokenizer.encode(text).ids]))
    expected = torch.stack([output[0, -1] for output in seen]).mean(0)
    row = weights(tmp_path / 'model')['model.layers.1.block_sparse_moe.gate.weight'][1]
    torch.testing.assert_close(row, expected / expected.norm(), atol=1e-5, rtol=1e-4)


def test_an_expert_with_few_keywords_gets_a_random_row_and_a_warning(experts, tmp_path):
    spec = mixture_spec(experts)
    spec['models'][1]['keywords'] = ['ILIKE']
    result = merge(spec, tmp_path)
    assert result['warnings'] == ['postgres has fewer than 3 keywords: its router rows are random.']
    gate = weights(tmp_path / 'model')['model.layers.0.block_sparse_moe.gate.weight']
    torch.testing.assert_close(gate.norm(dim=-1), torch.ones(3))


def test_merging_reports_what_it_did(experts, tmp_path):
    result = merge(mixture_spec(experts, gate='random', attention='linear'), tmp_path)
    assert result['slerpFallbackShare'] is None
    assert len(result['gateConditionNumbers']) == 2
    merged = weights(tmp_path / 'model')
    assert result['tensors'] == len(merged)
    assert result['parameters'] == sum(tensor.numel() for tensor in merged.values())


@pytest.mark.parametrize('method', ['slerp', 'linear', 'task-arithmetic', 'ties', 'dare', 'dare-ties'])
def test_dense_methods_give_a_model_back_that_was_merged_with_itself(method, base, experts, tmp_path):
    models = [{'path': str(experts['sqlite']), 'name': name} for name in ('first', 'second')]
    spec = {'method': method, 'models': models}
    if method in NEED_BASE:
        spec |= {'base': str(base), 'density': 1.0}
    merge(spec, tmp_path)
    AutoModelForCausalLM.from_pretrained(tmp_path / 'model')
    expected, actual = weights(experts['sqlite']), weights(tmp_path / 'model')
    for name, tensor in expected.items():
        torch.testing.assert_close(actual[name], tensor, atol=1e-6, rtol=1e-5)


def test_models_with_other_tokenizers_are_refused(experts, tmp_path):
    other = tmp_path / 'other'
    shutil.copytree(experts['postgres'], other)
    tokenizer = read_json(other / 'tokenizer.json')
    tokenizer['model']['merges'] = tokenizer['model']['merges'][:-1]
    write_json(other / 'tokenizer.json', tokenizer)
    with pytest.raises(BadSpec, match='have different tokenizers'):
        merge(mixture_spec({**experts, 'postgres': other}), tmp_path / 'out')


def test_shards_hold_no_more_than_asked_and_read_back(tmp_path):
    tensors = {f'tensor{number}': torch.full((100,), float(number)) for number in range(5)}
    write_shards(tmp_path, tensors, shard_bytes=900)
    files = sorted(tmp_path.glob('model-*-of-00003.safetensors'))
    assert len(files) == 3
    assert {name: tensor.tolist() for file in files for name, tensor in load_file(file).items()} == {
        name: tensor.tolist() for name, tensor in tensors.items()
    }
    source = Source(tmp_path)
    assert source.names == list(tensors)
    assert all(torch.equal(source[name].part(0, 100), tensor) for name, tensor in tensors.items())


@pytest.mark.parametrize('dtype', [torch.float16, torch.bfloat16, torch.float32, torch.float64])
def test_a_part_of_a_stored_tensor_is_that_part(dtype, tmp_path):
    tensor = torch.arange(30_000, dtype=torch.float64).to(dtype).view(300, 100)
    write_shards(tmp_path, {'odd': torch.ones(3, dtype=dtype), 'tensor': tensor})
    stored = Source(tmp_path)['tensor']
    assert (stored.shape, stored.dtype) == ((300, 100), dtype)
    for start, stop in ((0, 1), (7, 20_011), (29_999, 30_000)):
        assert torch.equal(stored.part(start, stop), tensor.flatten()[start:stop])


def test_a_tensor_that_was_planned_must_be_written_whole(tmp_path):
    planned = [PlannedTensor(name, torch.float32, (2, 3)) for name in ('first', 'second')]
    writer = ShardWriter(tmp_path, planned)
    with pytest.raises(ValueError, match='first has 20 bytes instead of 24'):
        writer.write('first', [torch.zeros(5)])
    writer.write('second', [torch.zeros(4), torch.zeros(2)])
    writer.finish()
    with pytest.raises(ValueError, match='first was planned, but never written'):
        ShardWriter(tmp_path, planned[:1]).finish()


def test_a_file_that_is_cut_short_is_refused(experts, tmp_path):
    broken = tmp_path / 'broken'
    shutil.copytree(experts['sqlite'], broken)
    file = broken / 'model.safetensors'
    file.write_bytes(file.read_bytes()[:-100])
    with pytest.raises(BadSpec, match='is no safetensors file, or is cut short'):
        merge(mixture_spec({**experts, 'sqlite': broken}), tmp_path / 'out')


@pytest.mark.parametrize('method', ['mixture', 'slerp', 'dare'])
def test_the_result_does_not_depend_on_the_shards(method, base, experts, tmp_path):
    """Neither on those that are read nor on those that are written."""
    sharded = {}
    for name, folder in experts.items():
        sharded[name] = tmp_path / name
        shutil.copytree(folder, sharded[name], ignore=shutil.ignore_patterns('model.safetensors'))
        tensors = dict(reversed(weights(folder).items()))
        write_shards(sharded[name], tensors, shard_bytes=50_000 if name == 'sqlite' else 80_000)
    extra = {'base': str(base), 'method': method}
    merge(mixture_spec(experts, **extra), tmp_path / 'one')
    merge(mixture_spec(sharded, **extra, shardBytes=70_000), tmp_path / 'many')
    assert len(list((tmp_path / 'many' / 'model').glob('*.safetensors'))) > 3
    expected, many = weights(tmp_path / 'one' / 'model'), Source(tmp_path / 'many' / 'model')
    assert set(many.names) == set(expected)
    for name, tensor in expected.items():
        # Where a vector begins in memory decides how its products are summed up: the last bit may differ.
        torch.testing.assert_close(many[name].part(0, tensor.numel()), tensor.flatten(), atol=1e-7, rtol=1e-6)
    AutoModelForCausalLM.from_pretrained(tmp_path / 'many' / 'model')


def write_shards(folder, tensors, shard_bytes=1 << 30):
    planned = [PlannedTensor(name, tensor.dtype, tuple(tensor.shape)) for name, tensor in tensors.items()]
    writer = ShardWriter(folder, planned, shard_bytes)
    # In another order than planned, as a mixture's layers are when the shards have another.
    for name in reversed(tensors):
        writer.write(name, tensors[name].flatten().split(64))
    writer.finish()


@pytest.mark.parametrize('gate_token', ['last', 'mean'])
def test_router_rows_do_not_depend_on_the_batches(gate_token, experts, tmp_path, monkeypatch):
    spec = mixture_spec(experts, gateToken=gate_token)
    spec['models'][0]['keywords'] += ['SELECT count(*) FROM singer WHERE age > 12 ORDER BY age', 'x']
    merge(spec, tmp_path / 'together')
    monkeypatch.setattr(gates, 'BATCH_TOKENS', 1)
    merge(spec, tmp_path / 'alone')
    one, other = weights(tmp_path / 'together' / 'model'), weights(tmp_path / 'alone' / 'model')
    for layer in range(2):
        name = f'model.layers.{layer}.block_sparse_moe.gate.weight'
        torch.testing.assert_close(one[name], other[name], atol=1e-6, rtol=1e-5)


def test_merging_by_the_spherical_mean_does_not_depend_on_the_order(experts, tmp_path):
    results = {}
    for name, order in (('forwards', [0, 1, 2]), ('backwards', [2, 1, 0])):
        spec = mixture_spec(experts, method='slerp', interpolation='spherical', order=order)
        results[name] = merge(spec, tmp_path / name)
    one, other = weights(tmp_path / 'forwards' / 'model'), weights(tmp_path / 'backwards' / 'model')
    for name, tensor in one.items():
        torch.testing.assert_close(other[name], tensor, atol=1e-6, rtol=1e-5)
    assert results['forwards']['slerpFallbackShare'] == results['backwards']['slerpFallbackShare'] < 1


def test_all_router_rows_have_the_length_that_the_spec_gives(experts, tmp_path):
    result = merge(mixture_spec(experts, gateScale=2.5), tmp_path)
    merged = weights(tmp_path / 'model')
    for layer, condition in enumerate(result['gateConditionNumbers']):
        rows = merged[f'model.layers.{layer}.block_sparse_moe.gate.weight']
        torch.testing.assert_close(rows.norm(dim=-1), torch.full((3,), 2.5))
        assert condition == pytest.approx(torch.linalg.cond(rows).item(), rel=0.01)


def test_router_rows_that_are_nearly_alike_are_warned_of(experts, tmp_path):
    spec = mixture_spec(experts)
    for model in spec['models']:
        model['keywords'] = ['SELECT', 'FROM', 'WHERE']
    result = merge(spec, tmp_path)
    assert len(result['warnings']) == 2
    assert 'The router rows of layer 0 are nearly dependent' in result['warnings'][0]
