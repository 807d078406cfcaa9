"""Task arithmetic (Ilharco et al. 2023, arXiv 2212.04089)."""

import torch


def task_arithmetic(
    base: torch.Tensor, tensors: list[torch.Tensor], weights: list[float], scale: float
) -> torch.Tensor:
    """base + scale * sum_i w_i (x_i - base), tensors of one shape; float32."""
    origin = base.float()
    total = torch.zeros_like(origin)
    for tensor, weight in zip(tensors, weights, strict=True):
        total.add_(tensor.float() - origin, alpha=weight)
    return origin + scale * total
