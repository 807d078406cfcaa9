"""Inner products of tensors: all that interpolation on a sphere needs to know of them."""

from collections.abc import Iterable

import torch


def gram(parts: Iterable[list[torch.Tensor]]) -> torch.Tensor:
    """The inner products [n, n], float64, of n tensors taken as vectors.

    The tensors come in parts: each item holds the same flat part of all n. Products are summed in float32 within a
    part and in float64 over the parts; the coefficients made of them are smooth in the cosines, so that is plenty.
    """
    sums: torch.Tensor | None = None
    for part in parts:
        vectors = [tensor.flatten().float() for tensor in part]
        products = torch.zeros(len(vectors), len(vectors), dtype=torch.float64)
        for i, first in enumerate(vectors):
            for j, second in enumerate(vectors[: i + 1]):
                products[i, j] = products[j, i] = torch.dot(first, second).double()
        sums = products if sums is None else sums + products
    if sums is None:
        raise ValueError('there are no parts')
    return sums
