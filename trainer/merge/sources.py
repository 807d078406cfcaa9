"""The tensors of model folders, one at a time, and a writer that holds one shard at most."""

from pathlib import Path

import torch
from safetensors import safe_open
from safetensors.torch import save_file

from trainer.errors import BadSpec
from trainer.files import read_json, write_json

SHARD_BYTES = 1 << 30


class Source:
    """A folder with model.safetensors or shards with an index. Tensors are read when asked for."""

    def __init__(self, folder: Path):
        self.folder = folder
        index = folder / 'model.safetensors.index.json'
        if index.exists():
            self._files = dict(read_json(index)['weight_map'])
        elif (folder / 'model.safetensors').exists():
            with safe_open(folder / 'model.safetensors', 'pt') as file:
                self._files = dict.fromkeys(file.keys(), 'model.safetensors')
        else:
            raise BadSpec(f'{folder} holds no model.safetensors.', 'Give a folder in the Hugging Face layout.')

    @property
    def names(self) -> list[str]:
        return sorted(self._files)

    def shape(self, name: str) -> tuple[int, ...]:
        with safe_open(self.folder / self._files[name], 'pt') as file:
            return tuple(file.get_slice(name).get_shape())

    def read(self, name: str) -> torch.Tensor:
        with safe_open(self.folder / self._files[name], 'pt') as file:
            return file.get_tensor(name)


def check_alike(sources: list[Source]) -> None:
    """Raises BadSpec unless all sources have the same tensors, shapes and tokenizer."""
    first = sources[0]
    for other in sources[1:]:
        odd = sorted(set(first.names) ^ set(other.names))
        if odd:
            raise BadSpec(
                f'{other.folder} and {first.folder} differ in the tensor {odd[0]}.',
                'Merge models that were fine-tuned from one base.',
            )
        for name in first.names:
            if first.shape(name) != other.shape(name):
                raise BadSpec(
                    f'{name} has other shapes in {other.folder} and in {first.folder}.',
                    'Merge models that were fine-tuned from one base.',
                )
        if _vocabulary(first.folder) != _vocabulary(other.folder):
            raise BadSpec(
                f'{other.folder} and {first.folder} have different tokenizers.',
                'Train every expert with the tokenizer of the base.',
            )


def _vocabulary(folder: Path) -> object:
    tokenizer = read_json(folder / 'tokenizer.json') if (folder / 'tokenizer.json').exists() else {}
    return tokenizer.get('model'), tokenizer.get('added_tokens')


class ShardWriter:
    """Collects tensors and writes a shard whenever `shard_bytes` are together."""

    def __init__(self, folder: Path, shard_bytes: int = SHARD_BYTES):
        self._folder = folder
        self._limit = shard_bytes
        self._pending: dict[str, torch.Tensor] = {}
        self._pending_bytes = 0
        self._shards: list[list[str]] = []
        self.bytes = 0
        self.tensors = 0
        self.parameters = 0

    def add(self, name: str, tensor: torch.Tensor) -> None:
        if self._pending and self._pending_bytes + tensor.nbytes > self._limit:
            self._flush()
        self._pending[name] = tensor.contiguous()
        self._pending_bytes += tensor.nbytes
        self.bytes += tensor.nbytes
        self.tensors += 1
        self.parameters += tensor.numel()

    def finish(self) -> None:
        """Write what is left; name the shards, and index them when there are several."""
        self._flush()
        count = len(self._shards)
        names = [f'model-{number:05d}-of-{count:05d}.safetensors' for number in range(1, count + 1)]
        if count == 1:
            names = ['model.safetensors']
        for number, name in enumerate(names):
            (self._folder / _temporary(number)).rename(self._folder / name)
        if count > 1:
            weight_map = {tensor: names[number] for number, shard in enumerate(self._shards) for tensor in shard}
            index = {'metadata': {'total_size': self.bytes}, 'weight_map': weight_map}
            write_json(self._folder / 'model.safetensors.index.json', index)

    def _flush(self) -> None:
        if self._pending:
            path = self._folder / _temporary(len(self._shards))
            save_file(self._pending, path, metadata={'format': 'pt'})
            self._shards.append(list(self._pending))
            self._pending, self._pending_bytes = {}, 0


def _temporary(number: int) -> str:
    return f'shard-{number}.safetensors'
