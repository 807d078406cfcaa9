"""What mergekit 0.1.5 makes of small models, for comparison with our own merges (test_mergekit.py).

    python trainer/tests/mergekit_reference.py out          with a Python that has mergekit and the trainer's packages

writes the models that are merged (out/models), mergekit's results (out/<case>.safetensors) and their digests
(out/digests.json). The digests are committed as mergekit_reference.generated.json: comparing needs no mergekit.
"""

import json
import math
import sys
from pathlib import Path
from zlib import crc32

import torch
from safetensors.torch import load_file, save_file
from transformers import LlamaConfig, LlamaForCausalLM

sys.path.insert(0, str(Path(__file__).parents[2]))
from trainer.tokenizer import save_tokenizer, train_tokenizer

VOCABULARY = 260
SHAPE = {'hidden_size': 16, 'intermediate_size': 24, 'num_hidden_layers': 2, 'num_attention_heads': 4}
EXPERTS = ('sqlite', 'postgres', 'bigquery')
PROMPTS = {
    'sqlite': ['STRFTIME', 'GLOB', 'JULIANDAY(year)'],
    'postgres': ['EXTRACT', 'ILIKE', 'value::text'],
    'bigquery': ['SAFE_CAST', 'UNNEST', 'STRUCT(1, 2)'],
}
WEIGHTS = {'sqlite': 1.0, 'postgres': 2.0, 'bigquery': 3.0}
LAMBDA = 0.7
DENSITY = 0.4
SEED = 7
_PROJECTIONS = 4


def write_models(folder: Path) -> None:
    """A base and three experts near it, each tensor of the same length in all; numbers from a formula, not a library's
    random numbers, so that they are the same everywhere."""
    config = LlamaConfig(vocab_size=VOCABULARY, num_key_value_heads=2, max_position_embeddings=64, **SHAPE)
    config.architectures, config.dtype = ['LlamaForCausalLM'], 'float32'
    with torch.device('meta'):
        shapes = {name: tensor.shape for name, tensor in LlamaForCausalLM(config).state_dict().items()}
    tokenizer = train_tokenizer([], VOCABULARY, [])
    for model in ('base', *EXPERTS):
        out = folder / model
        out.mkdir(parents=True)
        tensors = {}
        for name, shape in shapes.items():
            vector = _noise(f'base {name}', shape)
            if model != 'base':
                vector = vector + 0.5 * _noise(f'{model} {name}', shape)
            tensors[name] = (0.1 * math.sqrt(vector.numel()) * vector / vector.norm()).float()
        save_file(tensors, out / 'model.safetensors', metadata={'format': 'pt'})
        config.save_pretrained(out)
        save_tokenizer(tokenizer, out, None, tokenizer.token_to_id('</s>'))


def _noise(seed: str, shape: torch.Size) -> torch.Tensor:
    places = torch.arange(shape.numel(), dtype=torch.float64) + crc32(seed.encode()) % 10_007
    return ((torch.sin(places * 12.9898) * 43758.5453) % 1 - 0.5).view(shape)


def digest(tensor: torch.Tensor) -> list[float]:
    """Projections on fixed vectors of length one, and the length: they change as the entries do, no faster."""
    flat = tensor.double().flatten()
    along = [(_noise(f'projection {number}', flat.shape) * flat).sum() for number in range(_PROJECTIONS)]
    scale = math.sqrt(flat.numel() / 12)
    return [round(value.item(), 7) for value in [*(value / scale for value in along), flat.norm()]]


def dense_cases(models: Path) -> dict[str, dict]:
    """mergekit's configuration of each case."""

    def entries(weights: dict[str, float], **parameters: float) -> list[dict]:
        return [
            {'model': str(models / name), 'parameters': {'weight': weight, **parameters}}
            for name, weight in weights.items()
        ]

    equal = dict.fromkeys(EXPERTS, 1.0)
    base = {'base_model': str(models / 'base')}
    pair = {'base_model': str(models / 'sqlite'), 'models': entries({'sqlite': 1.0, 'postgres': 1.0})}
    return {
        'slerp': {'merge_method': 'slerp', **pair, 'parameters': {'t': 0.3}},
        'slerp-half': {'merge_method': 'slerp', **pair, 'parameters': {'t': 0.5}},
        'spherical': {'merge_method': 'karcher', 'models': entries(equal), 'parameters': {'max_iter': 50, 'tol': 1e-9}},
        'linear': {'merge_method': 'linear', 'models': entries(WEIGHTS)},
        'task-arithmetic': {
            **{'merge_method': 'task_arithmetic', **base, 'models': entries(WEIGHTS)},
            'parameters': {'lambda': LAMBDA},
        },
        'ties-all': {'merge_method': 'ties', **base, 'models': entries(equal, density=1.0)},
        'ties': {
            **{'merge_method': 'ties', **base, 'models': entries(WEIGHTS, density=DENSITY)},
            'parameters': {'lambda': LAMBDA, 'normalize': True},
        },
    }


def run_dense(configuration: dict, out: Path) -> dict[str, torch.Tensor]:
    from mergekit.config import MergeConfiguration
    from mergekit.merge import run_merge
    from mergekit.options import MergeOptions

    configuration = MergeConfiguration.model_validate({**configuration, 'dtype': 'float32'})
    run_merge(configuration, str(out), MergeOptions(copy_tokenizer=True, write_model_card=False, quiet=True))
    return load_file(out / 'model.safetensors')


def run_dare(name: str, models: Path) -> dict[str, torch.Tensor]:
    """mergekit's method on a tensor at a time, after the same seed: in a whole merge it draws in another order.

    mergekit rescales so that the sum of magnitudes stays; the paper divides by the density, which here is a factor.
    """
    from mergekit.merge_methods.base import TensorGroup
    from mergekit.merge_methods.registry import get

    folders = [models / expert for expert in ('base', *EXPERTS)]
    tensors = [load_file(folder / 'model.safetensors') for folder in folders]
    parameters = {'rescale': False, 'int8_mask': False, 'lambda': LAMBDA / DENSITY, 'normalize': name == 'dare_ties'}
    parameters |= {'weight': WEIGHTS, 'density': dict.fromkeys(EXPERTS, DENSITY)}
    merged = {}
    for key in tensors[0]:
        torch.manual_seed(SEED)
        group = TensorGroup.from_tensors([model[key] for model in tensors], ids=('base', *EXPERTS), base_index=0)
        merged[key] = get(name).merge_group(group, **parameters)
    return merged


def run_mixture(models: Path, attention: Path, out: Path) -> dict[str, torch.Tensor]:
    """mergekit-moe with gates from the last token's hidden states; `attention` is the folder that gives the rest.

    mergekit computes hidden states in bfloat16; here in float32, so that rounding does not hide a difference.
    """
    import mergekit.moe.router as router
    from mergekit.moe.config import MoEMergeConfig
    from mergekit.options import MergeOptions
    from mergekit.scripts.moe import build

    class InFloat32:
        @staticmethod
        def from_pretrained(path: str, **_: object) -> LlamaForCausalLM:
            return LlamaForCausalLM.from_pretrained(path, dtype=torch.float32)

    router.AutoModelForCausalLM = InFloat32
    experts = [{'source_model': str(models / name), 'positive_prompts': PROMPTS[name]} for name in EXPERTS]
    configuration = {'base_model': str(attention), 'gate_mode': 'hidden', 'dtype': 'float32', 'experts': experts}
    build(MoEMergeConfig.model_validate(configuration), str(out), MergeOptions(quiet=True), device='cpu')
    return _one_by_one(load_file(out / 'model.safetensors'))


def _one_by_one(tensors: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """mergekit 0.1.5 stacks the experts as transformers 5 does in memory; Mixtral's files hold them one by one."""
    result = {}
    for name, tensor in tensors.items():
        place = name.replace('.mlp.', '.block_sparse_moe.')
        if name.endswith('.experts.gate_up_proj'):
            for number, expert in enumerate(tensor):
                for part, half in zip(('w1', 'w3'), expert.chunk(2), strict=True):
                    result[place.replace('gate_up_proj', f'{number}.{part}.weight')] = half.contiguous()
        elif name.endswith('.experts.down_proj'):
            for number, expert in enumerate(tensor):
                result[place.replace('down_proj', f'{number}.w2.weight')] = expert.contiguous()
        else:
            result[place] = tensor
    return result


def main(out: Path) -> None:
    models = out / 'models'
    write_models(models)
    results = {
        name: run_dense(configuration, out / 'runs' / name) for name, configuration in dense_cases(models).items()
    }
    third = {'merge_method': 'slerp', 'base_model': str(out / 'runs' / 'slerp-half'), 'parameters': {'t': 1 / 3}}
    pair = [{'model': str(out / 'runs' / 'slerp-half')}, {'model': str(models / 'bigquery')}]
    chain = out / 'runs' / 'slerp-chain'
    results['slerp-chain'] = run_dense({**third, 'models': pair}, chain)
    results['dare'] = run_dare('dare_linear', models)
    results['dare-ties'] = run_dare('dare_ties', models)
    results['mixture'] = run_mixture(models, chain, out / 'runs' / 'mixture')
    for name, tensors in results.items():
        save_file({key: tensor.contiguous() for key, tensor in tensors.items()}, out / f'{name}.safetensors')
    digests = {
        name: {key: digest(tensor) for key, tensor in sorted(tensors.items())} for name, tensors in results.items()
    }
    (out / 'digests.json').write_text(json.dumps(digests, indent=1) + '\n', encoding='utf-8')


if __name__ == '__main__':
    main(Path(sys.argv[1]))
