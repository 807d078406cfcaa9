"""One tensor of every model into one, by the method of the spec."""

import torch

from trainer.merge.methods.dare import dare
from trainer.merge.methods.linear import linear
from trainer.merge.methods.slerp import slerp_chain
from trainer.merge.methods.task_arithmetic import task_arithmetic
from trainer.merge.methods.ties import ties
from trainer.merge.spec import MergeSpec


class Combiner:
    """Applies a method and counts how often SLERP was a straight line after all."""

    def __init__(self, spec: MergeSpec):
        self._spec = spec
        self._weights = [model.weight for model in spec.models]
        self._generator = torch.Generator().manual_seed(spec.seed)
        self._steps = 0
        self._fallbacks = 0

    @property
    def slerp_fallback_share(self) -> float | None:
        """Share of pairwise SLERP steps that fell back to linear interpolation; None when there was no step."""
        return self._fallbacks / self._steps if self._steps else None

    def combine(self, method: str, tensors: list[torch.Tensor], base: torch.Tensor | None = None) -> torch.Tensor:
        """The merged tensor, float32. `base` is needed by the methods that add task vectors."""
        spec = self._spec
        if method == 'first':
            return tensors[0].float()
        if method == 'linear':
            return linear(tensors, self._weights)
        if method == 'slerp':
            merged, steps, fallbacks = slerp_chain(tensors, spec.t)
            self._steps += steps
            self._fallbacks += fallbacks
            return merged
        if method == 'task-arithmetic':
            return task_arithmetic(base, tensors, spec.scale)
        if method == 'ties':
            return ties(base, tensors, spec.density, spec.scale)
        return dare(base, tensors, spec.density, spec.scale, self._generator)
