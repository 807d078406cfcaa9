"""Where the numbers are crunched: the device, the precision, the threads."""

import os
from dataclasses import dataclass
from pathlib import Path

import torch

from trainer.errors import MissingDevice
from trainer.resources import rss_bytes

# Without one of these a bfloat16 product on a CPU is emulated, about a hundred times slower than float32.
_CPU_BFLOAT16_FLAGS = ('avx512_bf16', 'amx_bf16')


@dataclass(frozen=True)
class Device:
    """`precision` is what products are computed in; weights and optimizer states are float32 always."""

    name: str
    precision: str
    threads: int

    @property
    def torch_device(self) -> torch.device:
        return torch.device(self.name)

    def memory_bytes(self) -> int:
        """What the GPU holds at most so far; on a CPU, what the process holds now."""
        return torch.cuda.max_memory_allocated() if self.name == 'cuda' else rss_bytes()

    def autocast(self) -> torch.autocast:
        return torch.autocast(self.name, dtype=torch.bfloat16, enabled=self.precision == 'bfloat16')


def choose_device(device: str, precision: str) -> Device:
    """Resolve 'auto' and refuse what this machine cannot do well.

    auto device: cuda when there is one. auto precision: bfloat16 on a GPU that has it, float32 everywhere else.
    """
    has_cuda = torch.cuda.is_available()
    if device == 'cuda' and not has_cuda:
        raise MissingDevice(
            'recipe.device is cuda, but this machine has no usable NVIDIA GPU.',
            'Set recipe.device to auto or cpu, or start a gpu worker on a machine with one.',
        )
    name = 'cuda' if has_cuda and device != 'cpu' else 'cpu'
    if precision == 'bfloat16' and not bfloat16_is_fast(name):
        raise MissingDevice(
            f'recipe.precision is bfloat16, but the {name} of this machine has no instructions for it.',
            'Set recipe.precision to auto or float32.',
        )
    if precision == 'auto':
        precision = 'bfloat16' if name == 'cuda' and bfloat16_is_fast(name) else 'float32'
    return Device(name, precision, torch.get_num_threads())


def bfloat16_is_fast(name: str) -> bool:
    if name == 'cuda':
        return torch.cuda.is_bf16_supported(including_emulation=False)
    flags = Path('/proc/cpuinfo')
    return flags.exists() and any(flag in flags.read_text() for flag in _CPU_BFLOAT16_FLAGS)


def available_cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, 'sched_getaffinity') else (os.cpu_count() or 1)


def settle_threads() -> None:
    """Use every core this process may run on, and treat denormal numbers, slow on CPUs, as zero."""
    if 'OMP_NUM_THREADS' not in os.environ:
        torch.set_num_threads(available_cores())
    torch.set_flush_denormal(True)
