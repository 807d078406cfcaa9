"""The merge command: several models of one base into one."""

import shutil
import time
from pathlib import Path

import torch

from trainer.bases.folder import read_config
from trainer.device import settle_threads
from trainer.events import Events
from trainer.fields import Fields
from trainer.files import whole_directory, write_json
from trainer.merge.combine import Combiner
from trainer.merge.mixture import mixture_config, write_mixture
from trainer.merge.sources import ShardWriter, Source, check_alike
from trainer.merge.spec import MergeSpec, read_merge_spec
from trainer.model_card import write_model_card
from trainer.resources import peak_rss_bytes
from trainer.tokenizer import load_tokenizer

_COPIED = ('tokenizer.json', 'tokenizer_config.json', 'generation_config.json', 'chat_template.jinja')


def run(fields: Fields, out: Path, events: Events) -> dict:
    """Merge and write `out`/model. Returns what the done event reports."""
    begun = time.monotonic()
    spec = read_merge_spec(fields)
    settle_threads()
    config = read_config(spec.models[0].path)
    sources = [Source(model.path) for model in spec.models]
    base = Source(spec.base) if spec.base else None
    check_alike([*sources, base] if base else sources)
    combiner = Combiner(spec)
    dtype = sources[0].read(sources[0].names[0]).dtype
    conditions: list[float] | None = None
    warnings: list[str] = []
    with whole_directory(out / 'model') as partial:
        writer = ShardWriter(partial)
        if spec.method == 'mixture':
            config = mixture_config(config, spec)
            tokenizer = load_tokenizer(spec.models[0].path)
            gates = write_mixture(spec, config, sources, tokenizer, combiner, writer, dtype)
            conditions, warnings = gates.condition_numbers, gates.warnings
        else:
            _write_dense(spec, sources, base, combiner, writer, dtype, events)
        writer.finish()
        write_json(partial / 'config.json', config)
        for name in _COPIED:
            if (spec.models[0].path / name).exists():
                shutil.copyfile(spec.models[0].path / name, partial / name)
        _card(partial, spec, writer.parameters)
    return {
        'method': spec.method,
        'inputs': [{'name': model.name, 'path': str(model.path)} for model in spec.models],
        'model': str(out / 'model'),
        'out': str(out / 'model'),
        'tensors': writer.tensors,
        'bytes': writer.bytes,
        'parameters': writer.parameters,
        'slerpFallbackShare': combiner.slerp_fallback_share,
        'gateConditionNumbers': conditions,
        'warnings': warnings,
        'peakRssBytes': peak_rss_bytes(),
        'seconds': round(time.monotonic() - begun, 2),
        'cpuSeconds': round(time.process_time(), 2),
    }


def _write_dense(
    spec: MergeSpec,
    sources: list[Source],
    base: Source | None,
    combiner: Combiner,
    writer: ShardWriter,
    dtype: torch.dtype,
    events: Events,
) -> None:
    names = sources[0].names
    for number, name in enumerate(names, 1):
        origin = base.read(name) if base else None
        writer.add(name, combiner.combine(spec.method, [source.read(name) for source in sources], origin).to(dtype))
        if number == len(names) or number % 50 == 0:
            events.emit('progress', stage='merge', step=number, steps=len(names))


def _card(folder: Path, spec: MergeSpec, parameters: int) -> None:
    names = ', '.join(model.name for model in spec.models)
    facts = {'method': spec.method, 'merged from': names, 'parameters': parameters, 'seed': spec.seed}
    if spec.method == 'mixture':
        facts |= {'attention': spec.attention, 'gate': spec.gate, 'experts a token': spec.top_k}
    write_model_card(folder, 'Text-to-SQL model', ['Merged by Dialectic from experts that share one base.'], facts)
