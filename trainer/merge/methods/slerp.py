"""Spherical linear interpolation (Shoemake 1985, Animating rotation with quaternion curves)."""

import torch

# Above this cosine the sine in the denominator is too small; the arc is straight there, so the line is taken.
COLLINEAR = 0.9995


def slerp(t: float, first: torch.Tensor, second: torch.Tensor) -> tuple[torch.Tensor, bool]:
    """The point at share `t` of the arc from `first` to `second`, tensors of one shape taken as vectors.

    sin((1-t) o) / sin o * first + sin(t o) / sin o * second, with o the angle between the two. Returns the tensor in
    float32 and whether linear interpolation was used instead, because the two are (anti)parallel or one is zero.
    """
    a, b = first.double(), second.double()
    scale = a.norm() * b.norm()
    cosine = (a * b).sum() / scale if scale > 0 else torch.ones((), dtype=a.dtype)
    if cosine.abs() > COLLINEAR:
        return ((1 - t) * a + t * b).float(), True
    angle = torch.acos(cosine)
    arc = (torch.sin((1 - t) * angle) * a + torch.sin(t * angle) * b) / torch.sin(angle)
    return arc.float(), False


def slerp_chain(tensors: list[torch.Tensor], t: float | None = None) -> tuple[torch.Tensor, int, int]:
    """Merge any number of tensors pairwise: the i-th (from 2) joins the result so far at share 1/i, so all weigh alike.

    `t` overrides the share, for two tensors. Returns the tensor, the number of steps, and how many fell back to a line.
    """
    merged, fallbacks = tensors[0].float(), 0
    for count, tensor in enumerate(tensors[1:], 2):
        merged, straight = slerp(1 / count if t is None else t, merged, tensor)
        fallbacks += straight
    return merged, len(tensors) - 1, fallbacks
