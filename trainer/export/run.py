"""The export command: a model folder as ONNX, its tokenizer, and meta.json for whoever decodes with it."""

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
from safetensors import safe_open

from trainer.errors import BadSpec
from trainer.events import Events
from trainer.export import decoder, encoder_decoder
from trainer.export.quantize import quantize_weights
from trainer.fields import Fields
from trainer.files import read_json, whole_directory, write_json
from trainer.resources import peak_rss_bytes

DECODERS, ENCODER_DECODERS = ('llama', 'qwen2', 'mixtral'), ('marian',)


@dataclass(frozen=True)
class Exported:
    """Graphs by the names of their files, nodes whose products keep their precision, and meta.json.

    asked: how an encoder-decoder wants to be asked, where its training told.
    """

    graphs: dict[str, onnx.ModelProto]
    keep: list[str]
    meta: dict
    asked: dict | None = None


def run(fields: Fields, out: Path, events: Events) -> dict:
    """Write `out`/onnx with the graphs, their weights as .onnx.data, the tokenizer and meta.json.

    A decoder is model.onnx (and model.int8.onnx), an encoder-decoder encoder.onnx and decoder.onnx (and .int8.onnx).
    """
    begun = time.monotonic()
    folder = fields.path('model')
    fields.choice('format', ('onnx',), 'onnx')
    int8 = fields.boolean('int8', False)
    fields.done()
    if not (folder / 'config.json').exists():
        raise BadSpec(f'{folder} holds no config.json.', 'Give model a folder in the Hugging Face layout.')
    exported = export_model(folder, read_json(folder / 'config.json'), int8)
    with whole_directory(out / 'onnx') as partial:
        for name, graph in exported.graphs.items():
            _save(graph, partial / f'{name}.onnx')
            if int8:
                quantize_weights(partial / f'{name}.onnx', partial / f'{name}.int8.onnx', exported.keep)
        for name in ('tokenizer.json', 'tokenizer_config.json'):
            if (folder / name).exists():
                shutil.copyfile(folder / name, partial / name)
        write_json(partial / 'meta.json', exported.meta)
        if exported.asked:
            # As `dialectic models export` writes it beside a stored model: what one must know to ask it.
            described = {'id': out.resolve().name, 'kind': 'base', 'experts': [], **exported.asked}
            write_json(partial / 'dialectic.json', described)
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


def export_model(folder: Path, config: dict, int8: bool) -> Exported:
    """Raises BadSpec for a model of another kind."""
    kind = config.get('model_type')
    if kind not in (*DECODERS, *ENCODER_DECODERS):
        raise BadSpec(
            f'{folder} holds a {kind} model.', 'Export a Llama, a Qwen2, a Mixtral, or an encoder-decoder of `train`.'
        )
    read, ends = _reader(folder), _ends(folder, config)
    if kind in DECODERS:
        shape = decoder.read_shape(config)
        builder = decoder.DecoderGraph(shape, read)
        return Exported({'model': builder.build()}, builder.router_nodes, describe_decoder(shape, ends, int8))
    halves = encoder_decoder.read_shape(config)
    graphs = {
        'encoder': encoder_decoder.HalfGraph(halves, read).encoder(),
        'decoder': encoder_decoder.HalfGraph(halves, read).decoder(),
    }
    return Exported(graphs, [], describe_encoder_decoder(halves, ends, int8), config.get('dialectic'))


def describe_decoder(shape: decoder.Shape, eos: list[int], int8: bool) -> dict:
    """meta.json: what whoever decodes must know to feed the graph (export/decoder.py says what the inputs mean)."""
    return {
        'architecture': 'decoder',
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
        'files': _files('model', int8),
        'inputs': ['input_ids', 'lengths', 'past_key_values.{layer}.key', 'past_key_values.{layer}.value'],
        'outputs': [
            'logits',
            'present.{layer}.key',
            'present.{layer}.value',
            *(['router'] if shape.experts else []),
        ],
        'padding': 'right',
    }


def describe_encoder_decoder(shape: encoder_decoder.Shape, eos: list[int], int8: bool) -> dict:
    """meta.json of two graphs (export/encoder_decoder.py); all that does not stand in `encoder` is the decoder's."""
    cross = ['cross.{layer}.key', 'cross.{layer}.value']
    return {
        'architecture': 'encoder-decoder',
        'layers': shape.layers,
        'hidden': shape.hidden,
        'heads': shape.heads,
        'kvHeads': shape.heads,
        'headDim': shape.head_size,
        'vocabulary': shape.vocabulary,
        'maxPositions': shape.positions,
        'eos': eos,
        'experts': 0,
        'files': _files('decoder', int8),
        'inputs': ['input_ids', 'lengths', *cross, 'past_key_values.{layer}.key', 'past_key_values.{layer}.value'],
        'outputs': ['logits', 'present.{layer}.key', 'present.{layer}.value'],
        'encoder': {
            'layers': shape.encoder_layers,
            'files': _files('encoder', int8),
            'inputs': ['input_ids', 'lengths'],
            'outputs': cross,
            # What the encoder reads last, and the decoder first.
            'end': eos[0],
            'start': shape.start,
        },
        'padding': 'right',
    }


def _files(name: str, int8: bool) -> dict[str, str]:
    return {'float32': f'{name}.onnx', **({'int8': f'{name}.int8.onnx'} if int8 else {})}


def _ends(folder: Path, config: dict) -> list[int]:
    """The ids that end an answer, as generation_config.json or config.json say."""
    generation = folder / 'generation_config.json'
    value = read_json(generation).get('eos_token_id') if generation.exists() else None
    value = config.get('eos_token_id') if value is None else value
    if value is None:
        raise BadSpec('The model does not say which token ends a text.', 'Add eos_token_id to its config.json.')
    return value if isinstance(value, list) else [value]


def _reader(folder: Path) -> Callable[[str], np.ndarray | None]:
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
