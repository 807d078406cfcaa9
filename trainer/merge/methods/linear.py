"""Weighted mean of weights (model soups: Wortsman et al. 2022, arXiv 2203.05482)."""

import torch


def linear(tensors: list[torch.Tensor], weights: list[float]) -> torch.Tensor:
    """sum_i w_i x_i / sum_i w_i over tensors of one shape; float32."""
    total = sum(weights)
    return weighted_sum(tensors, [weight / total for weight in weights])


def weighted_sum(tensors: list[torch.Tensor], coefficients: list[float]) -> torch.Tensor:
    """sum_i c_i x_i over tensors of one shape; float32."""
    result = tensors[0].float() * coefficients[0]
    for tensor, coefficient in zip(tensors[1:], coefficients[1:], strict=True):
        result.add_(tensor.float(), alpha=coefficient)
    return result
