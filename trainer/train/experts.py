"""The feed-forward of a mixture, computed the way that is fastest for few small experts.

transformers sends each token to its experts one expert at a time. Here all experts are computed for all tokens in two
matrix products, and the experts that a token was not routed to get the weight 0: the same function, the same gradient.
"""

import torch
import torch.nn.functional as F
from torch import nn


def route(logits: torch.Tensor, top_k: int) -> torch.Tensor:
    """Router logits [N, E] to weights [N, E]: softmax, the `top_k` largest renormalised to sum 1, the others 0.

    Source: Mixtral of Experts (Jiang et al. 2024), section 2.1, as implemented in transformers' MixtralTopKRouter.
    """
    probabilities = logits.float().softmax(-1)
    values, indices = probabilities.topk(top_k, dim=-1)
    values = values / values.sum(-1, keepdim=True)
    return torch.zeros_like(probabilities).scatter(-1, indices, values)


def mixture_feed_forward(block: nn.Module, hidden: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """The output [..., d] of a MixtralSparseMoeBlock and its router logits [..., E]."""
    flat = hidden.reshape(-1, hidden.shape[-1])
    logits = F.linear(flat, block.gate.weight)
    weights = route(logits, block.gate.top_k).to(flat.dtype)
    experts = block.experts
    count, double, width = experts.gate_up_proj.shape
    gate_up = F.linear(flat, experts.gate_up_proj.reshape(count * double, width)).view(-1, count, 2, double // 2)
    inner = F.silu(gate_up[:, :, 0]) * gate_up[:, :, 1] * weights[:, :, None]
    # sum over experts of down_e(inner_e), as one product with the experts' down projections side by side
    down = experts.down_proj.permute(1, 0, 2).reshape(width, -1)
    output = F.linear(inner.flatten(1), down)
    return output.view(hidden.shape), logits.view(*hidden.shape[:-1], count)
