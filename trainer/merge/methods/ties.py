"""TIES: trim, elect sign, merge (Yadav et al. 2023, arXiv 2306.01708, algorithm 1)."""

import torch


def ties(base: torch.Tensor, tensors: list[torch.Tensor], density: float, scale: float) -> torch.Tensor:
    """base + scale * disjoint mean of the trimmed task vectors; tensors of one shape; float32.

    Trimmed: of each task vector the share `density` of largest magnitude stays, a tensor at a time (the paper trims
    over the whole model). Elected: per entry the sign with the larger total. Disjoint mean: over entries of that sign.
    """
    origin = base.float()
    trimmed = torch.stack([trim(tensor.float() - origin, density) for tensor in tensors])
    elected = trimmed.sum(0).sign()
    agrees = (trimmed.sign() == elected) & (elected != 0)
    mean = (trimmed * agrees).sum(0) / agrees.sum(0).clamp(min=1)
    return origin + scale * mean


def trim(vector: torch.Tensor, density: float) -> torch.Tensor:
    """Keep the round(density * n) entries of largest magnitude, zero the others."""
    flat = vector.flatten()
    keep = round(density * flat.numel())
    kept = torch.zeros_like(flat)
    if keep:
        places = flat.abs().topk(keep, sorted=False).indices
        kept[places] = flat[places]
    return kept.view(vector.shape)
