"""The learning rate of every step."""

import math


def warmup_steps(warmup: float, steps: int) -> int:
    """`warmup` is a number of steps, or a share of all steps when it is below 1."""
    return round(warmup * steps) if warmup < 1 else int(warmup)


def rate_factor(schedule: str, step: int, steps: int, warmup: int) -> float:
    """What the peak learning rate is multiplied by at `step` (from 0): linear warm-up, then the schedule down to 0.

    noam has no end: with the peak (d · warmup)^-0.5 it is d^-0.5 · min(s^-0.5, s · warmup^-1.5), steps s counted from 1
    (Vaswani et al. 2017, equation 3).
    """
    if schedule == 'noam':
        return min((step + 1) / max(1, warmup), (max(1, warmup) / (step + 1)) ** 0.5)
    if step < warmup:
        return (step + 1) / (warmup + 1)
    done = (step - warmup) / max(1, steps - warmup)
    if schedule == 'cosine':
        return 0.5 * (1 + math.cos(math.pi * done))
    return 1 - done if schedule == 'linear' else 1.0
