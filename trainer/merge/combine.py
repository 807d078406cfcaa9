"""One tensor of every model into one, by the method of the spec, a part at a time."""

from collections.abc import Iterator
from hashlib import sha256

import torch

from trainer.merge.methods.dare import dare, dare_ties
from trainer.merge.methods.gram import gram
from trainer.merge.methods.linear import linear, weighted_sum
from trainer.merge.methods.slerp import chain_coefficients
from trainer.merge.methods.spherical_mean import spherical_coefficients
from trainer.merge.methods.task_arithmetic import task_arithmetic
from trainer.merge.methods.ties import threshold_of, ties
from trainer.merge.sources import StoredTensor
from trainer.merge.spec import MergeSpec

# Entries of a part: with the parts of a few models it fits a processor's cache.
PART = 1 << 18


class Combiner:
    """Applies a method and counts how often SLERP was a straight line after all."""

    def __init__(self, spec: MergeSpec):
        self._spec = spec
        self._weights = [model.weight for model in spec.models]
        self._steps = 0
        self._straight = 0

    @property
    def slerp_fallback_share(self) -> float | None:
        """Share of interpolation steps that were linear; None when there was no step.

        A chain has a step fewer than models a tensor, a spherical mean has one.
        """
        return self._straight / self._steps if self._steps else None

    def combine(
        self, method: str, name: str, tensors: list[StoredTensor], base: StoredTensor | None = None
    ) -> Iterator[torch.Tensor]:
        """The merged tensor, float32, in flat parts. `base` is needed by the methods that add task vectors.

        Nothing but a part of each tensor is in memory. `name` seeds what is random in a method, so that the result
        depends neither on the shards nor on the order of reading.
        """
        weights, scale, density = self._weights, self._spec.scale, self._spec.density
        if method == 'first':
            yield from (part.float() for (part,) in parts_of(tensors[:1]))
        elif method == 'linear':
            yield from (linear(group, weights) for group in parts_of(tensors))
        elif method == 'slerp':
            coefficients = self._on_the_sphere(gram(parts_of(tensors)))
            yield from (weighted_sum(group, coefficients) for group in parts_of(tensors))
        elif method == 'task-arithmetic':
            for origin, *group in parts_of([base, *tensors]):
                yield task_arithmetic(origin, group, weights, scale)
        elif method == 'ties':
            thresholds = [threshold_of(lambda tensor=tensor: _differences(base, tensor), density) for tensor in tensors]
            for origin, *group in parts_of([base, *tensors]):
                yield ties(origin, group, weights, thresholds, scale)
        else:
            merge = dare if method == 'dare' else dare_ties
            generators = [_generator(f'{self._spec.seed} {model.name} {name}') for model in self._spec.models]
            for origin, *group in parts_of([base, *tensors]):
                yield merge(origin, group, weights, density, scale, generators)

    def whole(
        self, method: str, name: str, tensors: list[StoredTensor], base: StoredTensor | None = None
    ) -> torch.Tensor:
        """The merged tensor in one piece, float32."""
        merged = torch.empty(tensors[0].numel)
        end = 0
        for part in self.combine(method, name, tensors, base):
            merged[end : end + len(part)] = part
            end += len(part)
        return merged.view(tensors[0].shape)

    def _on_the_sphere(self, products: torch.Tensor) -> list[float]:
        spec = self._spec
        if spec.interpolation == 'spherical':
            coefficients, straight = spherical_coefficients(products, self._weights)
            self._steps += 1
        else:
            shares = self._weights if spec.t is None else [1 - spec.t, spec.t]
            coefficients, straight = chain_coefficients(products, shares)
            self._steps += len(shares) - 1
        self._straight += straight
        return coefficients


def parts_of(tensors: list[StoredTensor]) -> Iterator[list[torch.Tensor]]:
    """The same part of every tensor, one part after the other."""
    count = tensors[0].numel
    for start in range(0, count, PART):
        yield [tensor.part(start, min(start + PART, count)) for tensor in tensors]


def _differences(base: StoredTensor, tensor: StoredTensor) -> Iterator[torch.Tensor]:
    for origin, part in parts_of([base, tensor]):
        yield part.float() - origin.float()


def _generator(text: str) -> torch.Generator:
    return torch.Generator().manual_seed(int.from_bytes(sha256(text.encode()).digest()[:8], 'little', signed=True))
