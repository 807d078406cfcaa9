"""The merge command's spec."""

from dataclasses import dataclass
from pathlib import Path

from trainer.errors import BadSpec
from trainer.fields import Fields
from trainer.merge.shards import SHARD_BYTES

METHODS = ('mixture', 'slerp', 'linear', 'task-arithmetic', 'ties', 'dare', 'dare-ties')
NEED_BASE = ('task-arithmetic', 'ties', 'dare', 'dare-ties')
ATTENTIONS = ('slerp', 'linear', 'first')
GATES = ('keyword', 'random', 'none')
INTERPOLATIONS = ('chain', 'spherical')
GATE_TOKENS = ('last', 'mean')
GATE_INPUTS = ('router', 'layer')
# TIES keeps a fifth, as its paper does; for DARE the paper gives a range only.
_DENSITY = {'ties': 0.2, 'dare': 0.5, 'dare-ties': 0.5}
# The disjoint mean is of a task vector's size already; a sum of task vectors is brought to it.
_MEANS = ('ties', 'dare-ties')


@dataclass(frozen=True)
class Expert:
    """`keywords` are the texts that the expert's router rows are made from: bare keywords, or whole prompts."""

    path: Path
    name: str
    keywords: list[str]
    weight: float


@dataclass(frozen=True)
class MergeSpec:
    """`models` are in the order in which they are merged and numbered as experts. `scale` is the field `lambda`."""

    method: str
    models: list[Expert]
    base: Path | None
    t: float | None
    interpolation: str
    attention: str
    gate: str
    gate_token: str
    gate_input: str
    gate_scale: float
    top_k: int
    seed: int
    density: float
    scale: float
    shard_bytes: int


def read_merge_spec(fields: Fields) -> MergeSpec:
    method = fields.choice('method', METHODS)
    models = [_expert(item, number) for number, item in enumerate(fields.objects('models'))]
    if len(models) < 2:
        raise BadSpec(f'models names {len(models)} model, but merging takes at least two.', 'Add a model to models.')
    if len({model.name for model in models}) < len(models):
        raise BadSpec('models names two models alike.', 'Give every model its own name.')
    models = _ordered(models, fields.raw('order', None))
    spec = MergeSpec(
        method=method,
        models=models,
        base=fields.path('base', None),
        t=fields.number('t', None),
        interpolation=fields.choice('interpolation', INTERPOLATIONS, 'chain'),
        attention=fields.choice('attention', ATTENTIONS, 'slerp'),
        gate=fields.choice('gate', GATES, 'keyword'),
        gate_token=fields.choice('gateToken', GATE_TOKENS, 'last'),
        gate_input=fields.choice('gateInput', GATE_INPUTS, 'router'),
        gate_scale=fields.number('gateScale', 1.0, above=True),
        top_k=fields.integer('topK', 2, minimum=1),
        seed=fields.integer('seed', 0),
        density=fields.number('density', _DENSITY.get(method, 1.0), above=True),
        scale=fields.number('lambda', 1.0 if method in _MEANS else 1 / len(models), above=True),
        shard_bytes=fields.integer('shardBytes', SHARD_BYTES, minimum=1),
    )
    fields.done()
    if method in NEED_BASE and spec.base is None:
        raise BadSpec(
            f'The method {method} needs the base that the models were fine-tuned from.', 'Set base to its folder.'
        )
    if spec.t is not None and (spec.t > 1 or len(models) != 2):
        raise BadSpec(
            't is a share between two models.',
            'Give t a number from 0 to 1 with two models; for more give each model a weight.',
        )
    if spec.t is not None and spec.interpolation == 'spherical':
        raise BadSpec(
            't is a share of a chain, but interpolation is spherical.', 'Leave t out and give the models weights.'
        )
    if spec.density > 1:
        raise BadSpec(
            f'density is {spec.density:g}, more than everything.', 'Give density a number above 0 and up to 1.'
        )
    if method == 'mixture' and spec.top_k > len(models):
        raise BadSpec(f'topK is {spec.top_k}, but there are {len(models)} experts.', 'Lower topK or add models.')
    return spec


def _expert(fields: Fields, number: int) -> Expert:
    expert = Expert(
        path=fields.path('path'),
        name=fields.text('name', f'expert-{number}'),
        keywords=fields.texts('keywords', []),
        weight=fields.number('weight', 1.0, above=True),
    )
    fields.done()
    return expert


def _ordered(models: list[Expert], order: object) -> list[Expert]:
    """`order` lists every model once, by name or by its place from 0."""
    if order is None:
        return models
    places = {model.name: number for number, model in enumerate(models)}
    numbers = [places.get(item, item) for item in order] if isinstance(order, list) else []
    if sorted(map(str, numbers)) != sorted(str(number) for number in range(len(models))):
        raise BadSpec('order does not list every model once.', 'List the names of all models, or their places from 0.')
    return [models[number] for number in numbers]
