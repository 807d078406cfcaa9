"""The export command: a model folder as ONNX, its tokenizer, and meta.json for whoever decodes with it."""

import shutil
import time
from pathlib import Path

import numpy as np
import onnx
from safetensors import safe_open

from trainer.errors import BadSpec
from trainer.events import Events
from trainer.export.decoder import DecoderGraph, Shape, read_shape
from trainer.export.quantize import quantize_weights
from trainer.fields import Fields
from trainer.files import read_json, whole_directory, write_json
from trainer.resources import peak_rss_bytes

LAYOUTS = ('llama', 'qwen2', 'mixtral')


def run(fields: Fields, out: Path, events: Events) -> dict:
    """Write `out`/onnx with model.onnx, model.onnx.data, the tokenizer and meta.json (and model.int8.onnx)."""
    begun = time.monotonic()
    folder = fields.path('model')
    fields.choice('format', ('onnx',), 'onnx')
    int8 = fields.boolean('int8', False)
    fields.done()
    if not (folder / 'config.json').exists():
        raise BadSpec(f'{folder} holds no config.json.', 'Give model a folder in the Hugging Face layout.')
    config = read_json(folder / 'config.json')
    if config.get('model_type') not in LAYOUTS:
        raise BadSpec(f'{folder} holds a {config.get("model_type")} model.', 'Export a Llama, a Qwen2 or a Mixtral.')
    shape = read_shape(config)
    builder = DecoderGraph(shape, _reader(folder))
    with whole_directory(out / 'onnx') as partial:
        _save(builder.build(), partial / 'model.onnx')
        if int8:
            quantize_weights(partial / 'model.onnx', partial / 'model.int8.onnx', builder.router_nodes)
        for name in ('tokenizer.json', 'tokenizer_config.json'):
            if (folder / name).exists():
                shutil.copyfile(folder / name, partial / name)
        write_json(partial / 'meta.json', describe_model(shape, _ends(folder, config), int8))
        size = sum(file.stat().st_size for file in partial.iterdir())
    return {
        'model': str(out / 'onnx'),
        'format': 'onnx',
        'int8': int8,
        'bytes': size,
        'peakRssBytes': peak_rss_bytes(),
        'seconds': round(time.monotonic() - begun, 2),
        'cpuSeconds': round(time.process_time(), 2),
    }


def describe_model(shape: Shape, eos: list[int], int8: bool) -> dict:
    """meta.json: what a decoder must know to feed the graph (export/decoder.py says what the inputs mean)."""
    return {
        'layers': shape.layers,
        'hidden': shape.hidden,
        'heads': shape.heads,
        'kvHeads': shape.kv_heads,
        'headDim': shape.head_size,
        'vocabulary': shape.vocabulary,
        'maxPositions': shape.positions,
        'eos': eos,
        'experts': shape.experts,
        'topK': shape.top_k,
        'files': {'float32': 'model.onnx', **({'int8': 'model.int8.onnx'} if int8 else {})},
        'inputs': ['input_ids', 'lengths', 'past_key_values.{layer}.key', 'past_key_values.{layer}.value'],
        'outputs': [
            'logits',
            'present.{layer}.key',
            'present.{layer}.value',
            *(['router'] if shape.experts else []),
        ],
        'padding': 'right',
    }


def _ends(folder: Path, config: dict) -> list[int]:
    """The ids that end an answer, as generation_config.json or config.json say."""
    generation = folder / 'generation_config.json'
    value = read_json(generation).get('eos_token_id') if generation.exists() else None
    value = config.get('eos_token_id') if value is None else value
    if value is None:
        raise BadSpec('The model does not say which token ends a text.', 'Add eos_token_id to its config.json.')
    return value if isinstance(value, list) else [value]


def _reader(folder: Path):
    """Reads one tensor at a time as float32 from one file or shards; None where there is no such tensor."""
    index = folder / 'model.safetensors.index.json'
    files = dict(read_json(index)['weight_map']) if index.exists() else {}

    def read(name: str) -> np.ndarray | None:
        file = folder / files.get(name, 'model.safetensors')
        if not file.exists() or (files and name not in files):
            return None
        with safe_open(file, 'np') as tensors:
            if name not in tensors.keys():  # noqa: SIM118 (the file is no mapping)
                return None
            return tensors.get_tensor(name).astype(np.float32)

    return read


def _save(model: onnx.ModelProto, path: Path) -> None:
    onnx.save_model(
        model,
        path,
        save_as_external_data=True,
        all_tensors_to_one_file=True,
        location=path.name + '.data',
        size_threshold=1024,
    )
