"""The describe command: what this machine and this installation can do."""

import importlib.metadata
import platform

import torch

from trainer.device import available_cores, bfloat16_is_fast, choose_device

_PACKAGES = ('torch', 'transformers', 'tokenizers', 'peft', 'accelerate', 'safetensors', 'gguf', 'onnx', 'onnxruntime')


def run() -> dict:
    """Versions, devices and what `auto` resolves to."""
    device = choose_device('auto', 'auto')
    return {
        'python': platform.python_version(),
        'packages': {name: _version(name) for name in _PACKAGES},
        'cores': available_cores(),
        'gpus': [torch.cuda.get_device_name(index) for index in range(torch.cuda.device_count())],
        'device': device.name,
        'precision': device.precision,
        'bfloat16IsFast': bfloat16_is_fast(device.name),
    }


def _version(package: str) -> str | None:
    try:
        return importlib.metadata.version(package)
    except importlib.metadata.PackageNotFoundError:
        return None
