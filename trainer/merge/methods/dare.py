"""DARE: drop and rescale, then task arithmetic (Yu et al. 2024, arXiv 2311.03099)."""

import torch


def dare(
    base: torch.Tensor, tensors: list[torch.Tensor], density: float, scale: float, generator: torch.Generator
) -> torch.Tensor:
    """base + scale * sum_i m_i (x_i - base) / density, with each m_i a random mask of ones at rate `density`; float32.

    Dividing by the density keeps the expectation of every task vector.
    """
    origin = base.float()
    total = torch.zeros_like(origin)
    for tensor in tensors:
        mask = torch.rand(origin.shape, generator=generator) < density
        total += mask * (tensor.float() - origin) / density
    return origin + scale * total
