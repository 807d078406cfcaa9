"""DARE: drop and rescale, then another method (Yu et al. 2024, arXiv 2311.03099)."""

import torch

from trainer.merge.methods.ties import disjoint_mean


def dare(
    base: torch.Tensor,
    tensors: list[torch.Tensor],
    weights: list[float],
    density: float,
    scale: float,
    generators: list[torch.Generator],
) -> torch.Tensor:
    """Task arithmetic over thinned task vectors: base + scale * sum_i w_i thinned(x_i - base); float32."""
    origin = base.float()
    total = torch.zeros_like(origin)
    for tensor, weight, generator in zip(tensors, weights, generators, strict=True):
        total.add_(drop_and_rescale(tensor.float() - origin, density, generator), alpha=weight)
    return origin + scale * total


def dare_ties(
    base: torch.Tensor,
    tensors: list[torch.Tensor],
    weights: list[float],
    density: float,
    scale: float,
    generators: list[torch.Generator],
) -> torch.Tensor:
    """TIES with thinning in place of trimming: base + scale * disjoint mean of the thinned task vectors; float32."""
    origin = base.float()
    vectors = [
        drop_and_rescale(tensor.float() - origin, density, generator)
        for tensor, generator in zip(tensors, generators, strict=True)
    ]
    return origin + scale * disjoint_mean(vectors, weights)


def drop_and_rescale(vector: torch.Tensor, density: float, generator: torch.Generator) -> torch.Tensor:
    """Each entry stays with probability `density`, divided by it, so that the expectation is the vector itself."""
    return vector * (torch.rand(vector.shape, generator=generator) < density) / density
