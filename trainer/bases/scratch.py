"""A Llama with random weights: the base of a model trained from scratch."""

from dataclasses import dataclass

import torch
from transformers import LlamaConfig, LlamaForCausalLM

from trainer.errors import BadSpec
from trainer.fields import Fields


@dataclass(frozen=True)
class Architecture:
    layers: int
    hidden: int
    heads: int
    kv_heads: int
    feed_forward: int
    max_positions: int
    vocabulary: int


def read_architecture(fields: Fields | None) -> Architecture:
    """The architecture with its defaults: about 3 million parameters."""
    fields = fields or Fields({}, 'recipe.architecture')
    hidden = fields.integer('hidden', 256, minimum=8)
    heads = fields.integer('heads', 4, minimum=1)
    architecture = Architecture(
        layers=fields.integer('layers', 4, minimum=1),
        hidden=hidden,
        heads=heads,
        kv_heads=fields.integer('kvHeads', max(1, heads // 2), minimum=1),
        feed_forward=fields.integer('feedForward', hidden * 43 // 16, minimum=8),
        max_positions=fields.integer('maxPositions', 512, minimum=16),
        vocabulary=fields.integer('vocabulary', 2048, minimum=1),
    )
    fields.done()
    if hidden % heads or (hidden // heads) % 8:
        raise BadSpec(
            f'recipe.architecture.hidden ({hidden}) over heads ({heads}) is not a multiple of 8.',
            'Choose hidden and heads so that hidden / heads is 32 or 64.',
        )
    if heads % architecture.kv_heads:
        raise BadSpec(
            f'recipe.architecture.heads ({heads}) is not a multiple of kvHeads ({architecture.kv_heads}).',
            'Choose kvHeads as a divisor of heads.',
        )
    return architecture


def build_llama(architecture: Architecture, vocabulary: int, pad: int, eos: int, seed: int) -> LlamaForCausalLM:
    """A Llama with tied embeddings; the same seed gives the same weights."""
    torch.manual_seed(seed)
    config = LlamaConfig(
        vocab_size=vocabulary,
        hidden_size=architecture.hidden,
        intermediate_size=architecture.feed_forward,
        num_hidden_layers=architecture.layers,
        num_attention_heads=architecture.heads,
        num_key_value_heads=architecture.kv_heads,
        max_position_embeddings=architecture.max_positions,
        rms_norm_eps=1e-5,
        tie_word_embeddings=True,
        bos_token_id=None,
        eos_token_id=eos,
        pad_token_id=pad,
    )
    model = LlamaForCausalLM(config)
    _scale_residual_outputs(model, architecture.layers)
    return model


@torch.no_grad()
def _scale_residual_outputs(model: LlamaForCausalLM, layers: int) -> None:
    """Shrink what each layer adds to the residual stream by sqrt(2 layers) (GPT-2: Radford et al. 2019, 2.3)."""
    for layer in model.model.layers:
        layer.self_attn.o_proj.weight.div_((2 * layers) ** 0.5)
        layer.mlp.down_proj.weight.div_((2 * layers) ** 0.5)
