"""The train command's spec: what it may say and what it means when it says nothing."""

from dataclasses import asdict, dataclass
from pathlib import Path

from trainer.errors import BadSpec
from trainer.fields import Fields

METHODS = ('full', 'lora', 'seq2seq')
SCHEDULES = ('cosine', 'linear', 'constant', 'noam')
SHARDING = ('none', 'full')
METRICS = ('loss', 'exactMatch')
TRAINABLE = ('all', 'router', 'router+attention')
# What Yalova et al. train their encoder-decoder with, as far as they say: Vaswani et al. 2017 (5.3) otherwise.
_SEQ2SEQ = {'epochs': 6.0, 'warmup': 4000.0, 'schedule': 'noam', 'weight_decay': 0.0}
_OTHERS = {'epochs': 3.0, 'warmup': 0.05, 'schedule': 'cosine', 'weight_decay': 0.01}
_LEARNING_RATE = {'scratch': 2e-3, 'full': 3e-4, 'lora': 1e-3}


@dataclass(frozen=True)
class Recipe:
    """How to train. `steps` wins over `epochs`; `warmup` is in steps, or a share of all steps when below 1.

    `metric` is what early stopping waits for, `patience` how many evaluations without a gain it waits; None: for ever.
    `pack_to` is the most tokens of a line of packed rows, None where lines are padded instead. `processes` train
    together; with `sharding` full each holds its share of weights and optimizer state (FSDP2), else a copy (DDP).
    """

    method: str
    batch_size: int
    steps: int | None
    epochs: float | None
    learning_rate: float
    warmup: float
    schedule: str
    weight_decay: float
    clip: float
    seed: int
    precision: str
    device: str
    checkpoint_every_steps: int
    evaluate_every_steps: int
    evaluation_rows: int
    patience: int | None
    metric: str
    label_smoothing: float
    trainable: str
    lora_rank: int
    lora_alpha: float
    lora_dropout: float
    rows_per_prefix: int
    pack_to: int | None
    gradient_checkpointing: bool
    processes: int
    sharding: str


@dataclass(frozen=True)
class TrainSpec:
    recipe: Recipe
    architecture: Fields | None
    base: Path | None
    tokenizer: Path | None
    special_tokens: list[str]
    train: Path
    validation: Path | None
    # Rows whose texts a new tokenizer is trained on; those that are learned where it is None.
    vocabulary: Path | None
    router_loss_weight: float
    experts: list[str]

    def identity(self) -> dict:
        """What must be equal for a checkpoint to be resumed; on how many processes is not among it."""
        placement = ('processes', 'sharding')
        return {
            'recipe': {key: value for key, value in asdict(self.recipe).items() if key not in placement},
            'specialTokens': self.special_tokens,
            'routerLossWeight': self.router_loss_weight,
            'experts': self.experts,
        }


def read_train_spec(spec: Fields) -> TrainSpec:
    base = None if spec.raw('base', None) == 'scratch' else spec.path('base', None)
    fields = spec.object('recipe')
    # A recipe file has it beside the recipe, as a run spec does.
    architecture = spec.object('architecture', None) or fields.object('architecture', None)
    # Whoever wrote the rows has heeded it.
    spec.choice('promptForm', ('linked', 'plain'), 'plain')
    recipe = read_recipe(fields, from_scratch=base is None)
    result = TrainSpec(
        recipe=recipe,
        architecture=architecture,
        base=base,
        tokenizer=spec.path('tokenizer', None),
        special_tokens=spec.texts('specialTokens', []),
        train=spec.path('train'),
        validation=spec.path('validation', None),
        vocabulary=spec.path('vocabulary', None),
        router_loss_weight=spec.number('routerLossWeight', 0.0),
        experts=spec.texts('experts', []),
    )
    spec.done()
    if base is None and recipe.method == 'lora':
        raise BadSpec(
            'recipe.method is lora, but there is no base to adapt.', 'Set base, or set recipe.method to full.'
        )
    if recipe.patience is not None and result.validation is None:
        raise BadSpec('recipe.earlyStopping needs validation rows.', 'Set validation, or remove recipe.earlyStopping.')
    if result.router_loss_weight and not result.experts:
        raise BadSpec(
            'routerLossWeight needs to know which expert serves which dialect.', 'Set experts to their dialects.'
        )
    return result


def method_of(spec: Fields) -> str:
    """The method that a train spec asks for."""
    return spec.object('recipe').choice('method', METHODS, 'full')


def read_recipe(fields: Fields, from_scratch: bool) -> Recipe:
    method = fields.choice('method', METHODS, 'full')
    usual = _SEQ2SEQ if method == 'seq2seq' else _OTHERS
    stopping = fields.object('earlyStopping', None)
    steps = fields.integer('steps', None, minimum=1)
    recipe = Recipe(
        method=method,
        batch_size=fields.integer('batchSize', 32, minimum=1),
        steps=steps,
        epochs=fields.number('epochs', None if steps else usual['epochs'], above=True),
        learning_rate=fields.number('learningRate', _LEARNING_RATE['scratch' if from_scratch else method], above=True),
        warmup=fields.number('warmup', usual['warmup']),
        schedule=fields.choice('schedule', SCHEDULES, usual['schedule']),
        weight_decay=fields.number('weightDecay', usual['weight_decay']),
        clip=fields.number('clip', 1.0, above=True),
        seed=fields.integer('seed', 0),
        precision=fields.choice('precision', ('auto', 'float32', 'bfloat16'), 'auto'),
        device=fields.choice('device', ('auto', 'cpu', 'cuda'), 'auto'),
        checkpoint_every_steps=fields.integer('checkpointEverySteps', 200, minimum=1),
        evaluate_every_steps=fields.integer('evaluateEverySteps', 200, minimum=1),
        evaluation_rows=fields.integer('evaluationRows', 512, minimum=1),
        patience=stopping.integer('patience', 3, minimum=1) if stopping else None,
        metric=stopping.choice('metric', METRICS, 'loss') if stopping else 'loss',
        label_smoothing=fields.number('labelSmoothing', 0.0),
        trainable=fields.choice('trainable', TRAINABLE, 'all'),
        lora_rank=fields.integer('loraRank', 16, minimum=1),
        lora_alpha=fields.number('loraAlpha', 32.0, above=True),
        lora_dropout=fields.number('loraDropout', 0.0),
        rows_per_prefix=fields.integer('rowsPerPrefix', 4, minimum=1),
        pack_to=fields.integer('packTo', None, minimum=16),
        gradient_checkpointing=fields.boolean('gradientCheckpointing', False),
        processes=fields.integer('processes', 1, minimum=1),
        sharding=fields.choice('sharding', SHARDING, 'none'),
    )
    if stopping:
        stopping.done()
    fields.done()
    return recipe
