"""TIES: trim, elect sign, merge (Yadav et al. 2023, arXiv 2306.01708, algorithm 1)."""

from collections.abc import Callable, Iterable

import torch

# The bits of a float32 without its sign, as a number, grow with it; they are counted in halves.
_HALF = 16


def ties(
    base: torch.Tensor, tensors: list[torch.Tensor], weights: list[float], thresholds: list[float], scale: float
) -> torch.Tensor:
    """base + scale * disjoint mean of the trimmed task vectors; tensors of one shape; float32.

    Trimmed: of the i-th task vector stays what is at least `thresholds[i]` in magnitude. The paper trims over the
    whole model; here, as in mergekit, a tensor at a time, so that one tensor is enough to know.
    """
    origin = base.float()
    vectors = [trim(tensor.float() - origin, least) for tensor, least in zip(tensors, thresholds, strict=True)]
    return origin + scale * disjoint_mean(vectors, weights)


def trim(vector: torch.Tensor, threshold: float) -> torch.Tensor:
    return vector.where(vector.abs() >= threshold, 0)


def disjoint_mean(vectors: list[torch.Tensor], weights: list[float]) -> torch.Tensor:
    """Per entry the weighted mean over the vectors that have the elected sign: that of the larger weighted total.

    Zero where nothing is elected. With equal weights this is the paper's; float32.
    """
    stacked = torch.stack([weight * vector for weight, vector in zip(weights, vectors, strict=True)])
    elected = stacked.sum(0).sign()
    agrees = (stacked.sign() == elected) & (elected != 0)
    shares = torch.tensor(weights).view(-1, *[1] * (stacked.dim() - 1))
    voters = (agrees * shares).sum(0)
    return (stacked * agrees).sum(0) / voters.where(voters != 0, 1)


def threshold_of(parts: Callable[[], Iterable[torch.Tensor]], density: float) -> float:
    """The k-th largest magnitude of a vector of n entries, k = density * n rounded down, but at least one.

    `parts` gives the vector in float32 parts, afresh each time it is called. Two counts of the magnitudes' bits find
    the exact value without holding the vector. Entries of that very magnitude stay, all of them.
    """
    high = _counts(bits >> _HALF for bits in map(_bits, parts()))
    keep = max(1, int(density * int(high.sum())))
    above, bin_high = _descend(high, keep)
    low = _counts(bits[bits >> _HALF == bin_high] & 0xFFFF for bits in map(_bits, parts()))
    _, bin_low = _descend(low, keep - above)
    return torch.tensor(bin_high << _HALF | bin_low, dtype=torch.int32).view(torch.float32).item()


def _bits(part: torch.Tensor) -> torch.Tensor:
    return part.flatten().abs().view(torch.int32)


def _counts(values: Iterable[torch.Tensor]) -> torch.Tensor:
    total = torch.zeros(1 << _HALF, dtype=torch.int64)
    for value in values:
        total += torch.bincount(value, minlength=1 << _HALF)
    return total


def _descend(counts: torch.Tensor, keep: int) -> tuple[int, int]:
    """The bin that holds the `keep`-th entry from the top, and how many entries lie above it."""
    from_top = counts.flip(0).cumsum(0)
    place = int((from_top < keep).sum())
    above = int(from_top[place - 1]) if place else 0
    return above, len(counts) - 1 - place
