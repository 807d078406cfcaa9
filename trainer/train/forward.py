"""The hidden vectors that answers are predicted from, and nothing else.

This walks the modules of transformers' Llama, Qwen2 and Mixtral (so their parameters, adapters and files stay theirs)
with savings that change no number: rows of a group share their beginning (batches.py), the last layer computes only the
positions that predict an answer token, and a mixture's experts only the tokens routed to them (experts.py).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import torch
import torch.nn.functional as F
from torch import nn
from torch.distributed.fsdp import FSDPModule
from torch.utils.checkpoint import checkpoint

from trainer.train.batches import Batch
from trainer.train.experts import mixture_feed_forward


@dataclass
class Hidden:
    """vectors: [answer tokens, d]. routers: of each layer, logits [G, positions, E] and which positions are real."""

    vectors: torch.Tensor
    routers: list[tuple[torch.Tensor, torch.Tensor]]


def answer_hidden(
    model: nn.Module, batch: Batch, check: Callable[[], None] = lambda: None, save_memory: bool = False
) -> Hidden:
    """Hidden vectors before lm_head, of the positions that predict answer tokens, in the order of `batch.labels`.

    `check` is called between layers and may raise, to stop early. `save_memory` recomputes layers in the backward pass.
    """
    body = model.model
    hidden = body.embed_tokens(batch.tokens)
    rotary = body.rotary_emb(hidden, batch.positions)
    routers = []
    last = len(body.layers) - 1
    for index, layer in enumerate(body.layers):
        check()
        queries = batch.queries if index == last else None
        # A sharded layer is called as a module: that gathers its weights, and its forward is `run_layer`, too.
        run = layer if isinstance(layer, FSDPModule) else partial(run_layer, layer)
        hidden, logits = run(hidden, rotary, batch.visible, queries, save_memory)
        if logits is not None:
            routers.append((logits, batch.filled if queries is None else batch.asked))
    return Hidden(body.norm(hidden[batch.asked]), routers)


def run_layer(layer: nn.Module, *arguments) -> tuple[torch.Tensor, torch.Tensor | None]:
    """One decoder layer; the last of the arguments says whether to recompute it in the backward pass."""
    *rest, save_memory = arguments
    return checkpoint(_layer, layer, *rest, use_reentrant=False) if save_memory else _layer(layer, *rest)


def _layer(
    layer: nn.Module,
    hidden: torch.Tensor,
    rotary: tuple[torch.Tensor, torch.Tensor],
    visible: torch.Tensor | None,
    queries: torch.Tensor | None,
) -> tuple[torch.Tensor, torch.Tensor | None]:
    """One decoder layer, [G, L, d] to [G, L, d]; with `queries` [G, Q], to [G, Q, d], of those positions only."""
    normed = _normalize(layer.input_layernorm, hidden)
    hidden = (hidden if queries is None else _take(hidden, queries)) + _attend(
        layer.self_attn, normed, rotary, visible, queries
    )
    normed = _normalize(layer.post_attention_layernorm, hidden)
    if hasattr(layer.mlp, 'experts'):
        output, logits = mixture_feed_forward(layer.mlp, normed)
        return hidden + output, logits
    return hidden + layer.mlp(normed), None


def _attend(
    attention: nn.Module,
    hidden: torch.Tensor,
    rotary: tuple[torch.Tensor, torch.Tensor],
    visible: torch.Tensor | None,
    queries: torch.Tensor | None,
) -> torch.Tensor:
    size = attention.head_dim
    cosine, sine = (part[:, :, None] for part in rotary)
    key = _rotate(attention.k_proj(hidden).unflatten(-1, (-1, size)), cosine, sine)
    value = attention.v_proj(hidden).unflatten(-1, (-1, size))
    if queries is not None:
        length = hidden.shape[1]
        hidden = _take(hidden, queries)
        cosine, sine = (_take(part[:, :, 0], queries)[:, :, None] for part in (cosine, sine))
        if visible is None:
            visible = (torch.arange(length, device=queries.device) <= queries[:, :, None])[:, None]
        else:
            visible = _take(visible[:, 0], queries)[:, None]
    query = _rotate(attention.q_proj(hidden).unflatten(-1, (-1, size)), cosine, sine)
    attended = F.scaled_dot_product_attention(
        query.transpose(1, 2),
        key.transpose(1, 2),
        value.transpose(1, 2),
        attn_mask=visible,
        is_causal=visible is None,
        scale=attention.scaling,
        enable_gqa=attention.num_key_value_groups > 1,
    )
    return attention.o_proj(attended.transpose(1, 2).flatten(-2))


def _rotate(heads: torch.Tensor, cosine: torch.Tensor, sine: torch.Tensor) -> torch.Tensor:
    """Rotary position embedding of [G, L, heads, size], halves paired as in transformers' Llama."""
    first, second = heads.chunk(2, -1)
    half = heads.shape[-1] // 2
    cosine, sine = cosine[..., :half], sine[..., :half]
    return torch.cat((first * cosine - second * sine, second * cosine + first * sine), -1)


def _normalize(norm: nn.Module, hidden: torch.Tensor) -> torch.Tensor:
    return F.rms_norm(hidden, norm.weight.shape, norm.weight, norm.variance_epsilon)


def _take(values: torch.Tensor, queries: torch.Tensor) -> torch.Tensor:
    """values [G, L, n] at places [G, Q]: [G, Q, n]."""
    return values.gather(1, queries[:, :, None].expand(-1, -1, values.shape[-1]))
