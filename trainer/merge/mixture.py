"""Several experts into one Mixtral: attention merged, feed-forwards kept side by side, a router between them."""

from collections.abc import Iterator

import torch
from tokenizers import Tokenizer

from trainer.errors import BadSpec
from trainer.events import Events
from trainer.merge.combine import Combiner, parts_of
from trainer.merge.gates import Carrier, Gates
from trainer.merge.shards import PlannedTensor, ShardWriter
from trainer.merge.sources import Source
from trainer.merge.spec import MergeSpec

# Mixtral's names on disk, which transformers 4 and 5, vLLM and llama.cpp's converter read.
_EXPERT_NAMES = {'gate_proj': 'w1', 'down_proj': 'w2', 'up_proj': 'w3'}
_EMBEDDINGS = 'model.embed_tokens.weight'


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


def plan_mixture(config: dict, spec: MergeSpec, source: Source) -> list[PlannedTensor]:
    """The mixture's tensors, in the order in which they are written: a layer after the other."""
    planned = []
    for name in _names(config, source):
        stored = source[name]
        for _, place in _places(name, len(spec.models)):
            planned.append(PlannedTensor(place, stored.dtype, stored.shape))
        if name.endswith('.post_attention_layernorm.weight'):
            layer = name.removesuffix('post_attention_layernorm.weight')
            shape = (len(spec.models), config['hidden_size'])
            planned.append(PlannedTensor(f'{layer}block_sparse_moe.gate.weight', stored.dtype, shape))
    return planned


def write_mixture(
    spec: MergeSpec,
    config: dict,
    sources: list[Source],
    tokenizer: Tokenizer,
    combiner: Combiner,
    writer: ShardWriter,
    events: Events,
) -> Gates:
    """Write all tensors, a layer at a time. Returns the gates, for their condition numbers and warnings."""
    gates = Gates(spec, config)
    carrier: Carrier | None = None
    layers = config['num_hidden_layers']

    def write(name: str) -> None:
        tensors = [source[name] for source in sources]
        if '.mlp.' not in name:
            writer.write(name, combiner.combine(spec.attention, name, tensors))
            return
        for expert, place in _places(name, len(tensors)):
            writer.write(place, (part for (part,) in parts_of([tensors[expert]])))

    names = _names(config, sources[0])
    for name in names:
        if not name.startswith('model.layers.') and name != _EMBEDDINGS:
            write(name)
    if gates.needs_carrier:
        embeddings = combiner.whole(spec.attention, _EMBEDDINGS, [source[_EMBEDDINGS] for source in sources])
        writer.write(_EMBEDDINGS, [embeddings.flatten()])
        texts = [model.keywords if good else [] for model, good in zip(spec.models, gates.by_keyword, strict=True)]
        carrier = Carrier(config, embeddings, tokenizer, texts)
        del embeddings
    else:
        write(_EMBEDDINGS)
    for index in range(layers):
        prefix = f'model.layers.{index}.'
        dense: dict[str, torch.Tensor] = {}
        for name in (name for name in names if name.startswith(prefix)):
            if not carrier:
                write(name)
                continue
            tensors = [source[name] for source in sources]
            merged = combiner.whole(spec.attention, name, tensors)
            dense[name.removeprefix(prefix)] = merged
            if '.mlp.' in name:
                write(name)
            else:
                writer.write(name, [merged.flatten()])
        vectors = carrier.step(index, dense, spec.gate_token, spec.gate_input) if carrier else None
        writer.write(f'{prefix}block_sparse_moe.gate.weight', [gates.rows(index, vectors).flatten()])
        events.emit('progress', stage='merge', step=index + 1, steps=layers)
    return gates


def _names(config: dict, source: Source) -> list[str]:
    """Outer tensors first, then the layers by their number, whichever order the shards have."""
    by_layer: dict[int, list[str]] = {}
    for name in source.names:
        number = int(name.split('.')[2]) if name.startswith('model.layers.') else -1
        by_layer.setdefault(number, []).append(name)
    if set(by_layer) - {-1} != set(range(config['num_hidden_layers'])):
        raise BadSpec(f'{source.folder} does not hold the layers that its config.json counts.', 'Export it again.')
    return [name for number in sorted(by_layer) for name in by_layer[number]]


def _places(name: str, experts: int) -> Iterator[tuple[int, str]]:
    """What a tensor of the experts is called in the mixture: once, or once an expert."""
    if '.mlp.' not in name:
        yield 0, name
        return
    prefix, projection, _ = name.rsplit('.', 2)
    for expert in range(experts):
        place = f'block_sparse_moe.experts.{expert}.{_EXPERT_NAMES[projection]}.weight'
        yield expert, f'{prefix.removesuffix("mlp")}{place}'
