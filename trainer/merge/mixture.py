"""Several experts into one Mixtral: attention merged, feed-forwards kept side by side, a router between them."""

import torch
from tokenizers import Tokenizer

from trainer.errors import BadSpec
from trainer.merge.combine import Combiner
from trainer.merge.gates import Carrier, Gates
from trainer.merge.sources import ShardWriter, Source
from trainer.merge.spec import MergeSpec

# Mixtral's names on disk, which transformers 4 and 5 and vLLM read.
_EXPERT_NAMES = {'gate_proj': 'w1', 'down_proj': 'w2', 'up_proj': 'w3'}


def mixture_config(config: dict, spec: MergeSpec) -> dict:
    """config.json of the mixture. Raises BadSpec for what Mixtral has no place for."""
    if config.get('model_type') != 'llama' or config.get('attention_bias') or config.get('mlp_bias'):
        raise BadSpec('A mixture takes experts with the Llama layout without biases.', 'Merge models of that layout.')
    result = {
        key: value for key, value in config.items() if key not in ('mlp_bias', 'attention_bias', 'pretraining_tp')
    }
    rotary = config.get('rope_parameters') or {}
    return {
        **result,
        'architectures': ['MixtralForCausalLM'],
        'model_type': 'mixtral',
        'num_local_experts': len(spec.models),
        'num_experts_per_tok': spec.top_k,
        'sliding_window': None,
        'output_router_logits': False,
        'router_aux_loss_coef': 0.001,
        # transformers 4 and vLLM read rope_theta, and would take Mixtral's default of a million without it.
        'rope_theta': config.get('rope_theta') or rotary.get('rope_theta', 10000.0),
    }


def write_mixture(
    spec: MergeSpec,
    config: dict,
    sources: list[Source],
    tokenizer: Tokenizer,
    combiner: Combiner,
    writer: ShardWriter,
    dtype: torch.dtype,
) -> Gates:
    """Write all tensors, a layer at a time. Returns the gates, for their condition numbers and warnings."""
    gates = Gates(spec, config)

    def merged(name: str) -> torch.Tensor:
        return combiner.combine(spec.attention, [source.read(name) for source in sources])

    embeddings = merged('model.embed_tokens.weight')
    writer.add('model.embed_tokens.weight', embeddings.to(dtype))
    keywords = [model.keywords if good else [] for model, good in zip(spec.models, gates.by_keyword, strict=True)]
    carrier = Carrier(config, embeddings, tokenizer, keywords) if gates.needs_carrier else None
    del embeddings

    for index in range(config['num_hidden_layers']):
        prefix = f'model.layers.{index}.'
        names = [name for name in sources[0].names if name.startswith(prefix)]
        dense: dict[str, torch.Tensor] = {}
        for name in names:
            if '.mlp.' not in name:
                dense[name.removeprefix(prefix)] = tensor = merged(name)
                writer.add(name, tensor.to(dtype))
                continue
            tensors = [source.read(name) for source in sources]
            place = _EXPERT_NAMES[name.split('.')[-2]]
            for expert, tensor in enumerate(tensors):
                writer.add(f'{prefix}block_sparse_moe.experts.{expert}.{place}.weight', tensor.to(dtype).clone())
            if carrier:
                dense[name.removeprefix(prefix)] = combiner.combine(spec.attention, tensors)
        vectors = carrier.step(index, dense, spec.gate_token) if carrier else None
        writer.add(f'{prefix}block_sparse_moe.gate.weight', gates.rows(index, vectors).to(dtype))

    for name in sources[0].names:
        if not name.startswith('model.layers.') and name != 'model.embed_tokens.weight':
            writer.add(name, merged(name).to(dtype))
    return gates
