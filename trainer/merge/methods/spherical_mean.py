"""The weighted Karcher (Fréchet) mean on the sphere.

Karcher 1977, Riemannian center of mass and mollifier smoothing; computed by the iteration of Buss and Fillmore 2001,
Spherical averages and applications to spherical splines and interpolation (ACM Transactions on Graphics 20, A1).
"""

import math

import torch

from trainer.merge.methods.gram import gram
from trainer.merge.methods.linear import weighted_sum
from trainer.merge.methods.slerp import COLLINEAR, cosine_of

_STEPS = 100
_CLOSE_ENOUGH = 1e-12


def spherical_mean(tensors: list[torch.Tensor], weights: list[float]) -> tuple[torch.Tensor, bool]:
    """The mean of n tensors of one shape, taken as vectors, in float32; and whether it is the linear mean after all.

    Its direction minimises the weighted sum of squared angles to the tensors' directions, so it does not depend on
    their order. It is given as coefficients of the unit vectors, which are applied to the tensors as they are: for two
    tensors that is SLERP at t = w_2 / (w_1 + w_2), lengths included, and tensors of one length keep it.
    Linear is what parallel tensors, a zero tensor, and directions that cancel out (no mean exists) are given.
    """
    coefficients, straight = spherical_coefficients(gram([tensors]), weights)
    return weighted_sum(tensors, coefficients), straight


def spherical_coefficients(products: torch.Tensor, weights: list[float]) -> tuple[list[float], bool]:
    """What each tensor counts, from the inner products [n, n]; and whether these are the linear mean's."""
    count = len(weights)
    shares = torch.tensor(weights, dtype=torch.float64) / sum(weights)
    cosines = torch.tensor(
        [[cosine_of(products[i, i], products[j, j], products[i, j]) for j in range(count)] for i in range(count)],
        dtype=torch.float64,
    )
    linear = shares.tolist(), True
    if (cosines.abs() > COLLINEAR).all():
        return linear
    # The mean is `mean` @ unit vectors throughout; their inner products are the cosines.
    mean = shares.clone()
    for _ in range(_STEPS):
        length = math.sqrt(max(0.0, (mean @ cosines @ mean).item()))
        if length < 1e-6:
            return linear
        mean /= length
        towards = (cosines @ mean).clamp(-1, 1)
        angles = torch.acos(towards)
        stretch = torch.where(angles > 1e-9, angles / torch.sin(angles).clamp(min=1e-12), 1.0)
        # The mean of the logarithms angle / sin angle * (unit - cos angle * mean), then its exponential.
        tangent = shares * stretch
        tangent -= (tangent @ towards) * mean
        step = math.sqrt(max(0.0, (tangent @ cosines @ tangent).item()))
        if step < _CLOSE_ENOUGH:
            break
        mean = math.cos(step) * mean + math.sin(step) / step * tangent
    return mean.tolist(), False
