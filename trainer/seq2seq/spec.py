"""The train command's spec where `recipe.method` is seq2seq."""

from dataclasses import asdict, dataclass, replace
from pathlib import Path

from trainer.errors import BadSpec
from trainer.fields import Fields
from trainer.seq2seq.tokenizer import KINDS
from trainer.train.recipe import Recipe, read_recipe


@dataclass(frozen=True)
class Architecture:
    """Of the encoder and of the decoder alike. `tied`: one embedding for both and for the output."""

    layers: int
    hidden: int
    heads: int
    feed_forward: int
    dropout: float
    max_positions: int
    tied: bool


@dataclass(frozen=True)
class Seq2SeqSpec:
    recipe: Recipe
    architecture: Architecture
    tokenizer: str
    # BERT's vocab.txt; pieces are learned from the rows where it is None.
    word_pieces: Path | None
    vocabulary: int
    train: Path
    validation: Path | None

    def identity(self) -> dict:
        """What must be equal for a checkpoint to be resumed."""
        return {
            'recipe': asdict(self.recipe),
            'architecture': asdict(self.architecture),
            'tokenizer': [self.tokenizer, self.vocabulary],
        }


def read_seq2seq_spec(spec: Fields) -> Seq2SeqSpec:
    fields = spec.object('recipe')
    architecture = read_architecture(fields.object('architecture', None))
    tokenizer = fields.choice('tokenizer', KINDS, 'word')
    vocabulary = fields.integer('vocabulary', 8000, minimum=100)
    recipe = read_recipe(fields, from_scratch=True)
    if recipe.schedule == 'noam' and not fields.has('learningRate'):
        recipe = replace(recipe, learning_rate=noam_peak(architecture.hidden, recipe.warmup))
    result = Seq2SeqSpec(
        recipe=recipe,
        architecture=architecture,
        tokenizer=tokenizer,
        word_pieces=spec.path('wordPieces', None),
        vocabulary=vocabulary,
        train=spec.path('train'),
        validation=spec.path('validation', None),
    )
    spec.done()
    if result.word_pieces and tokenizer != 'wordpiece':
        raise BadSpec('wordPieces is given, but recipe.tokenizer is word.', 'Set recipe.tokenizer to wordpiece.')
    if recipe.patience is not None and result.validation is None:
        raise BadSpec('recipe.earlyStopping needs validation rows.', 'Set validation, or remove recipe.earlyStopping.')
    return result


def noam_peak(hidden: int, warmup: float) -> float:
    """The highest rate of Vaswani et al. 2017 (5.3), reached at the end of the warm-up: (hidden · warmup)^-0.5."""
    if warmup < 1:
        raise BadSpec(
            'recipe.warmup is a share, but the schedule noam counts steps.',
            'Set recipe.warmup to steps; 4000 is usual.',
        )
    return (hidden * warmup) ** -0.5


def read_architecture(fields: Fields | None) -> Architecture:
    """The architecture with its defaults: the smallest of Yalova et al., about 3 million parameters with words."""
    fields = fields or Fields({}, 'recipe.architecture')
    hidden = fields.integer('hidden', 128, minimum=8)
    heads = fields.integer('heads', 8, minimum=1)
    architecture = Architecture(
        layers=fields.integer('layers', 4, minimum=1),
        hidden=hidden,
        heads=heads,
        feed_forward=fields.integer('feedForward', 4 * hidden, minimum=8),
        dropout=fields.number('dropout', 0.1),
        max_positions=fields.integer('maxPositions', 512, minimum=16),
        tied=fields.boolean('tied', False),
    )
    fields.done()
    if hidden % heads:
        raise BadSpec(
            f'recipe.architecture.hidden ({hidden}) is not a multiple of heads ({heads}).',
            'Choose hidden as a multiple of heads; 8 heads of 16 to 64 are usual.',
        )
    return architecture
