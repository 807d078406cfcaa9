"""What a batch is to a device: its tensors, moved together."""

from typing import Self

import torch


class Tensors:
    """Base of the dataclasses that hold a batch's tensors."""

    def to(self, device: torch.device) -> Self:
        """The same with every tensor on `device`; fields that are no tensors stay."""
        moved = {k: v.to(device, non_blocking=True) for k, v in vars(self).items() if isinstance(v, torch.Tensor)}
        return type(self)(**{**vars(self), **moved})
