"""A model folder's shards, written as the parts of the tensors come: nothing is collected in memory."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import torch

from trainer.files import write_json
from trainer.merge.sources import DTYPES

SHARD_BYTES = 1 << 30
_NAMES = {dtype: name for name, dtype in DTYPES.items()}


@dataclass(frozen=True)
class PlannedTensor:
    name: str
    dtype: torch.dtype
    shape: tuple[int, ...]

    @property
    def bytes(self) -> int:
        return torch.Size(self.shape).numel() * self.dtype.itemsize


class ShardWriter:
    """Knows all tensors beforehand, so every shard begins with its final header and each tensor has its place."""

    def __init__(self, folder: Path, tensors: Iterable[PlannedTensor], shard_bytes: int = SHARD_BYTES):
        self._unwritten = {tensor.name: tensor for tensor in tensors}
        self.tensors = len(self._unwritten)
        self.bytes = sum(tensor.bytes for tensor in self._unwritten.values())
        self.parameters = sum(torch.Size(tensor.shape).numel() for tensor in self._unwritten.values())
        shards = _divide(self._unwritten.values(), shard_bytes)
        count = len(shards)
        self._files: list[BinaryIO] = []
        self._places: dict[str, tuple[BinaryIO, int]] = {}
        weight_map = {}
        for number, shard in enumerate(shards, 1):
            name = 'model.safetensors' if count == 1 else f'model-{number:05d}-of-{count:05d}.safetensors'
            file = (folder / name).open('wb')
            self._files.append(file)
            for tensor, offset in _write_header(file, shard):
                self._places[tensor] = file, offset
                weight_map[tensor] = name
        if count > 1:
            index = {'metadata': {'total_size': self.bytes}, 'weight_map': weight_map}
            write_json(folder / 'model.safetensors.index.json', index)

    def write(self, name: str, parts: Iterable[torch.Tensor]) -> None:
        """`parts` are flat and follow each other; they are converted to the planned dtype."""
        planned = self._unwritten.pop(name)
        file, offset = self._places[name]
        file.seek(offset)
        for part in parts:
            file.write(memoryview(part.to(planned.dtype).contiguous().view(torch.uint8).numpy()))
        if file.tell() != offset + planned.bytes:
            raise ValueError(f'{name} has {file.tell() - offset} bytes instead of {planned.bytes}')

    def finish(self) -> None:
        """Close the shards. Raises ValueError when a planned tensor was never written."""
        self.close()
        if self._unwritten:
            raise ValueError(f'{next(iter(self._unwritten))} was planned, but never written')

    def close(self) -> None:
        for file in self._files:
            file.close()


def _divide(tensors: Iterable[PlannedTensor], shard_bytes: int) -> list[list[PlannedTensor]]:
    shards: list[list[PlannedTensor]] = [[]]
    size = 0
    for tensor in tensors:
        if shards[-1] and size + tensor.bytes > shard_bytes:
            shards.append([])
            size = 0
        shards[-1].append(tensor)
        size += tensor.bytes
    return shards


def _write_header(file: BinaryIO, shard: list[PlannedTensor]) -> list[tuple[str, int]]:
    """Write the header of the safetensors format; returns each tensor's place in the file."""
    header: dict[str, object] = {'__metadata__': {'format': 'pt'}}
    begins = []
    end = 0
    for tensor in shard:
        begins.append(end)
        end += tensor.bytes
        offsets = [begins[-1], end]
        header[tensor.name] = {'dtype': _NAMES[tensor.dtype], 'shape': list(tensor.shape), 'data_offsets': offsets}
    text = json.dumps(header, separators=(',', ':')).encode()
    # Readers map the numbers as they lie, so they begin at a multiple of eight.
    text += b' ' * (-len(text) % 8)
    file.write(len(text).to_bytes(8, 'little') + text)
    return [(tensor.name, 8 + len(text) + begin) for tensor, begin in zip(shard, begins, strict=True)]
