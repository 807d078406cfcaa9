"""Weighted mean of weights (model soups: Wortsman et al. 2022, arXiv 2203.05482)."""

import torch


def linear(tensors: list[torch.Tensor], weights: list[float]) -> torch.Tensor:
    """sum_i w_i x_i / sum_i w_i over tensors of one shape; computed in float64, returned in float32."""
    total = sum(weights)
    return sum(weight / total * tensor.double() for weight, tensor in zip(weights, tensors, strict=True)).float()
