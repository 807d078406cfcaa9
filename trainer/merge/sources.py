"""The tensors of model folders, mapped into memory a part at a time."""

import json
from dataclasses import dataclass
from mmap import ACCESS_COPY, ALLOCATIONGRANULARITY, mmap
from pathlib import Path
from typing import BinaryIO

import torch

from trainer.errors import BadSpec
from trainer.files import read_json

# Names of the safetensors format; what is not a floating-point number cannot be merged.
DTYPES = {'F64': torch.float64, 'F32': torch.float32, 'F16': torch.float16, 'BF16': torch.bfloat16}
# Old Llama checkpoints store these constants; every reader computes them.
_COMPUTED = 'rotary_emb.inv_freq'


@dataclass(frozen=True)
class StoredTensor:
    """A tensor on disk. Only the parts that somebody holds count as memory."""

    file: BinaryIO
    offset: int
    dtype: torch.dtype
    shape: tuple[int, ...]

    @property
    def numel(self) -> int:
        return torch.Size(self.shape).numel()

    def part(self, start: int, stop: int) -> torch.Tensor:
        """Entries `start` to `stop` (in C order), flat: a view of the file, unmapped when it is dropped."""
        first = self.offset + start * self.dtype.itemsize
        aligned = first // ALLOCATIONGRANULARITY * ALLOCATIONGRANULARITY
        size = (stop - start) * self.dtype.itemsize
        view = mmap(self.file.fileno(), first - aligned + size, access=ACCESS_COPY, offset=aligned)
        return torch.frombuffer(view, dtype=self.dtype, count=stop - start, offset=first - aligned)


class Source:
    """A folder with model.safetensors or shards with an index."""

    def __init__(self, folder: Path):
        self.folder = folder
        index = folder / 'model.safetensors.index.json'
        if index.exists():
            files = sorted(set(read_json(index)['weight_map'].values()))
        elif (folder / 'model.safetensors').exists():
            files = ['model.safetensors']
        else:
            raise BadSpec(f'{folder} holds no model.safetensors.', 'Give a folder in the Hugging Face layout.')
        self._tensors: dict[str, StoredTensor] = {}
        for name in files:
            self._tensors |= _read_header(folder / name)

    @property
    def names(self) -> list[str]:
        """In the order of the shards, and within a shard of its bytes."""
        return list(self._tensors)

    def __getitem__(self, name: str) -> StoredTensor:
        return self._tensors[name]


def _read_header(path: Path) -> dict[str, StoredTensor]:
    """Eight bytes of length, then JSON: name -> dtype, shape, offsets behind it (the safetensors format)."""
    if not path.exists():
        raise BadSpec(f'{path} is missing.', 'Give a folder with every shard that its index names.')
    file = path.open('rb')
    length = int.from_bytes(file.read(8), 'little')
    size = path.stat().st_size
    try:
        header = json.loads(file.read(length)) if length <= size else {}
        header.pop('__metadata__', None)
        items = sorted(header.items(), key=lambda item: item[1]['data_offsets'])
        whole = bool(items) and items[-1][1]['data_offsets'][1] + 8 + length == size
    except (ValueError, KeyError, AttributeError):
        whole = False
    if not whole:
        raise BadSpec(f'{path} is no safetensors file, or is cut short.', 'Copy or export the model again.')
    tensors = {}
    for name, entry in items:
        if name.endswith(_COMPUTED):
            continue
        if entry['dtype'] not in DTYPES:
            raise BadSpec(
                f'{name} in {path} is stored as {entry["dtype"]}.', 'Merge models in float32, float16 or bfloat16.'
            )
        begin = 8 + length + entry['data_offsets'][0]
        tensors[name] = StoredTensor(file, begin, DTYPES[entry['dtype']], tuple(entry['shape']))
    return tensors


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
            if first[name].shape != other[name].shape:
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
