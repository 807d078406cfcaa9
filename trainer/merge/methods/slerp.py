"""Spherical linear interpolation (Shoemake 1985, Animating rotation with quaternion curves), of two and in a chain."""

import math

import torch

from trainer.merge.methods.gram import gram
from trainer.merge.methods.linear import weighted_sum

# Above this cosine the arc is straight: the line is taken, which differs by less than a ten-thousandth of the length.
COLLINEAR = 0.9995


def slerp(t: float, first: torch.Tensor, second: torch.Tensor) -> tuple[torch.Tensor, bool]:
    """The point at share `t` of the arc from `first` to `second`, tensors of one shape taken as vectors.

    sin((1-t) o) / sin o * first + sin(t o) / sin o * second, with o the angle between the two. Returns the tensor in
    float32 and whether linear interpolation was used instead, because the two are (anti)parallel or one is zero.
    """
    coefficients, straight = chain_coefficients(gram([[first, second]]), [1 - t, t])
    return weighted_sum([first, second], coefficients), straight > 0


def slerp_chain(tensors: list[torch.Tensor], weights: list[float]) -> tuple[torch.Tensor, int]:
    """Merge tensors pairwise: the i-th joins the result so far at share w_i / (w_1 + ... + w_i).

    With equal weights these are the shares 1/2, 1/3, ... Returns the tensor and how many steps fell back to a line.
    The result depends on the order; `spherical_mean` does not.
    """
    coefficients, straight = chain_coefficients(gram([tensors]), weights)
    return weighted_sum(tensors, coefficients), straight


def chain_coefficients(products: torch.Tensor, weights: list[float]) -> tuple[list[float], int]:
    """What each tensor counts in the chain, from the inner products [n, n]; and the steps that are lines.

    Every step is a linear combination of tensors, so the length and the angles of what has been merged so far follow
    from the products, and the tensors themselves are read twice only, however many there are.
    """
    count = len(weights)
    merged = torch.zeros(count, dtype=torch.float64)
    merged[0] = 1.0
    straight = 0
    for place in range(1, count):
        t = weights[place] / sum(weights[: place + 1])
        cosine = cosine_of(merged @ products @ merged, products[place, place], products[place] @ merged)
        line = abs(cosine) > COLLINEAR
        straight += line
        angle = math.acos(cosine) if not line else 0.0
        keep, join = (1 - t, t) if line else (math.sin(share * angle) / math.sin(angle) for share in (1 - t, t))
        merged *= keep
        merged[place] = join
    return merged.tolist(), straight


def cosine_of(first: torch.Tensor, second: torch.Tensor, product: torch.Tensor) -> float:
    """From two squared lengths and the inner product; 1 where a vector is zero, for which every way is a line."""
    scale = math.sqrt(max(0.0, first.item()) * max(0.0, second.item()))
    return min(1.0, max(-1.0, product.item() / scale)) if scale > 0 else 1.0
