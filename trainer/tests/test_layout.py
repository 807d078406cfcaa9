"""The mixture's folder is Mixtral's, for those who read it: transformers, llama.cpp's converter, vLLM."""

import json
import re

import pytest
import torch
import yaml
from gguf import MODEL_ARCH, TensorNameMap
from safetensors.torch import load_file
from transformers import AutoModelForCausalLM, LlamaConfig, LlamaForCausalLM, MixtralConfig, MixtralForCausalLM
from transformers.core_model_loading import revert_weight_conversion

from conftest import DIALECTS, ROOT, merge, mixture_spec
from trainer.fields import Fields
from trainer.merge.mixture import mixture_config, plan_mixture
from trainer.merge.spec import read_merge_spec
from trainer.tokenizer import load_tokenizer

# config.json of CodeLlama-7b-hf.
CODE_LLAMA_7B = {
    **{'model_type': 'llama', 'architectures': ['LlamaForCausalLM'], 'hidden_size': 4096, 'intermediate_size': 11008},
    **{'num_hidden_layers': 32, 'num_attention_heads': 32, 'num_key_value_heads': 32, 'vocab_size': 32016},
    **{'max_position_embeddings': 16384, 'rms_norm_eps': 1e-5, 'rope_theta': 1_000_000, 'hidden_act': 'silu'},
    **{'bos_token_id': 1, 'eos_token_id': 2, 'tie_word_embeddings': False, 'torch_dtype': 'bfloat16'},
}


class Shapes:
    """The tensors of a model that is nowhere: names, types and shapes, as a source of them has."""

    folder = 'CodeLlama-7b-hf'

    def __init__(self, config: dict):
        with torch.device('meta'):
            self._tensors = LlamaForCausalLM(LlamaConfig(**config)).bfloat16().state_dict()
        self.names = list(self._tensors)

    def __getitem__(self, name: str) -> torch.Tensor:
        return self._tensors[name]


@pytest.fixture(scope='module')
def planned(tmp_path_factory):
    """The tensors of a mixture of three CodeLlama-7B, and its config.json."""
    models = [{'path': str(tmp_path_factory.mktemp(name)), 'name': name} for name in DIALECTS]
    spec = read_merge_spec(Fields({'method': 'mixture', 'models': models}, ''))
    config = mixture_config(CODE_LLAMA_7B, spec)
    return plan_mixture(config, spec, Shapes(CODE_LLAMA_7B)), json.loads(json.dumps(config))


def test_a_mixture_of_7b_experts_has_the_files_that_transformers_would_write(planned):
    tensors, config = planned
    with torch.device('meta'):
        model = MixtralForCausalLM(MixtralConfig(**config))
    on_disk = {
        name: tuple(tensor.shape) for name, tensor in revert_weight_conversion(model, model.state_dict()).items()
    }
    assert {tensor.name: tuple(tensor.shape) for tensor in tensors} == on_disk
    assert {tensor.dtype for tensor in tensors} == {torch.bfloat16}
    assert sum(tensor.bytes for tensor in tensors) == 2 * sum(parameter.numel() for parameter in model.parameters())
    assert model.config.rope_parameters['rope_theta'] == 1_000_000
    assert (model.config.num_local_experts, model.config.num_experts_per_tok) == (3, 2)


def test_every_tensor_has_a_name_in_gguf(planned):
    """llama.cpp's converter stacks the experts' w1, w2, w3 of a layer and looks the stack up without a number."""
    names = TensorNameMap(MODEL_ARCH.LLAMA, 32)
    found = set()
    for tensor in planned[0]:
        stacked = re.sub(r'\.experts\.\d+\.', '.experts.', tensor.name)
        found.add(names.get_name(stacked, try_suffixes=('.weight',)))
    assert None not in found
    a_layer = {name.removeprefix('blk.7.') for name in found if name.startswith('blk.7.')}
    assert a_layer >= {f'ffn_{part}.weight' for part in ('gate_inp', 'gate_exps', 'down_exps', 'up_exps')}


def test_a_mixture_of_one_expert_thrice_answers_as_the_expert(experts, tmp_path):
    """Whichever two are chosen, their shares come to one: nothing is lost on the way through the files."""
    merge(mixture_spec(dict.fromkeys(DIALECTS, experts['sqlite'])), tmp_path)
    ids = torch.tensor([load_tokenizer(experts['sqlite']).encode('<c0>sqlite singer<c1>how many<c2>SELECT').ids])
    with torch.no_grad():
        expected, actual = (
            AutoModelForCausalLM.from_pretrained(folder)(ids).logits
            for folder in (experts['sqlite'], tmp_path / 'model')
        )
    torch.testing.assert_close(actual, expected, atol=1e-4, rtol=1e-4)


def test_transformers_computes_what_the_files_say(mixture):
    """The logits of AutoModelForCausalLM against Mixtral's equations, written out over the tensors of the folder."""
    model = AutoModelForCausalLM.from_pretrained(mixture).eval()
    ids = torch.tensor([load_tokenizer(mixture).encode('<c0>postgres concert<c1>count concert of year 7<c2>').ids])
    tensors = load_file(mixture / 'model.safetensors')
    with torch.no_grad():
        assert_same = torch.testing.assert_close
        assert_same(_logits(tensors, model.config, ids[0]), model(ids).logits[0], atol=1e-4, rtol=1e-4)


def _logits(tensors: dict[str, torch.Tensor], config: MixtralConfig, ids: torch.Tensor) -> torch.Tensor:
    def norm(x: torch.Tensor, name: str) -> torch.Tensor:
        return x / (x.pow(2).mean(-1, keepdim=True) + config.rms_norm_eps).sqrt() * tensors[name]

    count, width = len(ids), config.hidden_size // config.num_attention_heads
    turns = torch.arange(count)[:, None] / config.rope_parameters['rope_theta'] ** (torch.arange(0, width, 2) / width)
    cos, sin = turns.cos()[:, None], turns.sin()[:, None]

    def rotate(x: torch.Tensor) -> torch.Tensor:
        first, second = x.chunk(2, dim=-1)
        return torch.cat([first * cos - second * sin, second * cos + first * sin], dim=-1)

    hidden = tensors['model.embed_tokens.weight'][ids]
    for layer in range(config.num_hidden_layers):
        at = f'model.layers.{layer}.'
        x = norm(hidden, f'{at}input_layernorm.weight')
        q, k, v = (
            (x @ tensors[f'{at}self_attn.{part}_proj.weight'].T).view(count, -1, width).transpose(0, 1)
            if part == 'v'
            else rotate((x @ tensors[f'{at}self_attn.{part}_proj.weight'].T).view(count, -1, width)).transpose(0, 1)
            for part in 'qkv'
        )
        k, v = (part.repeat_interleave(len(q) // len(part), 0) for part in (k, v))
        scores = (q @ k.transpose(1, 2) / width**0.5).masked_fill(torch.ones(count, count).triu(1).bool(), -torch.inf)
        joined = (scores.softmax(-1) @ v).transpose(0, 1).reshape(count, -1)
        hidden = hidden + joined @ tensors[f'{at}self_attn.o_proj.weight'].T
        x = norm(hidden, f'{at}post_attention_layernorm.weight')
        shares, chosen = (x @ tensors[f'{at}block_sparse_moe.gate.weight'].T).softmax(-1).topk(2)
        shares = shares / shares.sum(-1, keepdim=True)
        for expert in range(config.num_local_experts):
            w1, w2, w3 = (tensors[f'{at}block_sparse_moe.experts.{expert}.w{part}.weight'] for part in (1, 2, 3))
            share = (shares * (chosen == expert)).sum(-1, keepdim=True)
            hidden = hidden + share * ((torch.nn.functional.silu(x @ w1.T) * (x @ w3.T)) @ w2.T)
    last = norm(hidden, 'model.norm.weight')
    return last @ tensors.get('lm_head.weight', tensors['model.embed_tokens.weight']).T


@pytest.mark.parametrize('example', sorted((ROOT / 'examples' / 'merge').glob('*.yaml')), ids=lambda path: path.stem)
def test_an_example_merges_as_it_is(example, base, experts, tmp_path):
    spec = yaml.safe_load(example.read_text(encoding='utf-8'))
    assert spec['method'] == example.stem
    spec['models'] = [{**model, 'path': str(experts[model['name']])} for model in spec['models']]
    if 'base' in spec:
        spec['base'] = str(base)
    assert merge(spec, tmp_path)['warnings'] == []
    _, report = AutoModelForCausalLM.from_pretrained(tmp_path / 'model', output_loading_info=True)
    assert not report['missing_keys']
    assert not report['unexpected_keys']
