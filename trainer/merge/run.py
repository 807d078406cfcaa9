"""The merge command: several models of one base into one."""

import shutil
import time
from pathlib import Path

from trainer.bases.config import read_config
from trainer.device import settle_threads
from trainer.events import Events
from trainer.fields import Fields
from trainer.files import whole_directory, write_json
from trainer.merge.combine import Combiner
from trainer.merge.shards import PlannedTensor, ShardWriter
from trainer.merge.sources import Source, check_alike
from trainer.merge.spec import MergeSpec, read_merge_spec
from trainer.model_card import write_model_card
from trainer.resources import peak_rss_bytes
from trainer.tokenizer import load_tokenizer

_COPIED = (
    *('tokenizer.json', 'tokenizer_config.json', 'tokenizer.model', 'special_tokens_map.json', 'added_tokens.json'),
    *('generation_config.json', 'chat_template.jinja'),
)


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
    gates = None
    mixture = spec.method == 'mixture'
    if mixture:
        # Only the gates need transformers, and importing it takes longer than many a dense merge.
        from trainer.merge.mixture import mixture_config, plan_mixture, write_mixture

        config = mixture_config(config, spec)
        planned = plan_mixture(config, spec, sources[0])
    else:
        planned = [PlannedTensor(name, sources[0][name].dtype, sources[0][name].shape) for name in sources[0].names]
    with whole_directory(out / 'model') as partial:
        writer = ShardWriter(partial, planned, spec.shard_bytes)
        if mixture:
            tokenizer = load_tokenizer(spec.models[0].path)
            gates = write_mixture(spec, config, sources, tokenizer, combiner, writer, events)
        else:
            _write_dense(spec, sources, base, combiner, writer, events)
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
        'gateConditionNumbers': gates.condition_numbers if gates else None,
        'warnings': gates.warnings if gates else [],
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
    events: Events,
) -> None:
    """In the order of the first model's shards, so that its files are read from begin to end."""
    names = sources[0].names
    for number, name in enumerate(names, 1):
        tensors = [source[name] for source in sources]
        writer.write(name, combiner.combine(spec.method, name, tensors, base[name] if base else None))
        if number == len(names) or number % 50 == 0:
            events.emit('progress', stage='merge', step=number, steps=len(names))


def _card(folder: Path, spec: MergeSpec, parameters: int) -> None:
    names = ', '.join(model.name for model in spec.models)
    facts = {'method': spec.method, 'merged from': names, 'parameters': parameters, 'seed': spec.seed}
    if spec.method == 'mixture':
        facts |= {'attention': spec.attention, 'gate': spec.gate, 'experts a token': spec.top_k}
    write_model_card(folder, 'Text-to-SQL model', ['Merged by Dialectic from experts that share one base.'], facts)
