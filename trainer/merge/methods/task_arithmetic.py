"""Task arithmetic (Ilharco et al. 2023, arXiv 2212.04089)."""

import torch


def task_arithmetic(base: torch.Tensor, tensors: list[torch.Tensor], scale: float) -> torch.Tensor:
    """base + scale * sum_i (x_i - base), tensors of one shape; float32."""
    origin = base.double()
    return (origin + scale * sum(tensor.double() - origin for tensor in tensors)).float()
