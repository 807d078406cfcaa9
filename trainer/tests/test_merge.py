"""Merging whole models."""

import shutil

import pytest
import torch
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM, MixtralForCausalLM

from conftest import DIALECTS, merge, mixture_spec
from trainer.errors import BadSpec
from trainer.files import read_json, write_json
from trainer.merge.methods.slerp import slerp_chain
from trainer.merge.sources import ShardWriter, Source
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
        torch.testing.assert_close(merged[name], slerp_chain([part[name] for part in parts])[0])


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


@pytest.mark.parametrize('method', ['slerp', 'linear', 'task-arithmetic', 'ties', 'dare'])
def test_dense_methods_give_a_model_back_that_was_merged_with_itself(method, base, experts, tmp_path):
    models = [{'path': str(experts['sqlite']), 'name': name} for name in ('first', 'second')]
    spec = {'method': method, 'models': models}
    if method in ('task-arithmetic', 'ties', 'dare'):
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
    writer = ShardWriter(tmp_path, shard_bytes=900)
    for name, tensor in tensors.items():
        writer.add(name, tensor)
    writer.finish()
    assert len(list(tmp_path.glob('model-*-of-00003.safetensors'))) == 3
    source = Source(tmp_path)
    assert source.names == sorted(tensors)
    assert all(torch.equal(source.read(name), tensor) for name, tensor in tensors.items())
