"""Checkpoints: all that the next step depends on, so that a resumed run ends with the same weights."""

import re
import shutil
from dataclasses import asdict, dataclass, field
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file

from trainer.errors import BadSpec
from trainer.files import read_json, whole_directory, write_json

KEPT = 2


@dataclass
class Progress:
    """Where a run is. `batch` is the next batch of `epoch`.

    Curves are of [step, value]: loss in nats, share of exact answers, learning rate, tokens a second, bytes.
    """

    step: int = 0
    epoch: int = 0
    batch: int = 0
    rows: int = 0
    tokens: int = 0
    seconds: float = 0.0
    best_loss: float | None = None
    best_exact_match: float | None = None
    evaluations_without_gain: int = 0
    stopped: bool = False
    loss_curve: list[list[float]] = field(default_factory=list)
    validation_curve: list[list[float]] = field(default_factory=list)
    exact_match_curve: list[list[float]] = field(default_factory=list)
    learning_rate_curve: list[list[float]] = field(default_factory=list)
    speed_curve: list[list[float]] = field(default_factory=list)
    memory_curve: list[list[float]] = field(default_factory=list)


def save_checkpoint(
    folder: Path,
    progress: Progress,
    weights: dict[str, torch.Tensor],
    best: dict[str, torch.Tensor] | None,
    optimizer: dict,
    random_state: dict,
    identity: dict,
    tokenizer: Path,
) -> Path:
    """Write `folder`/step-N whole or not at all, then drop all but the last two checkpoints."""
    path = folder / f'step-{progress.step:07d}'
    with whole_directory(path) as partial:
        save_file(weights, partial / 'weights.safetensors')
        if best is not None:
            save_file(best, partial / 'best.safetensors')
        torch.save({'optimizer': optimizer, 'random': random_state}, partial / 'state.pt')
        shutil.copy(tokenizer, partial / 'tokenizer.json')
        write_json(partial / 'checkpoint.json', {'progress': asdict(progress), 'identity': identity})
    for old in sorted(folder.glob('step-*'))[:-KEPT]:
        shutil.rmtree(old)
    return path


@dataclass
class Checkpoint:
    progress: Progress
    weights: dict[str, torch.Tensor]
    best: dict[str, torch.Tensor] | None
    optimizer: dict
    random_state: dict
    identity: dict


def find_checkpoint(path: Path) -> Path:
    """`path` itself when it is a checkpoint, else the last one in it. Raises BadSpec when there is none."""
    if (path / 'checkpoint.json').exists():
        return path
    found = sorted(
        (child for child in path.glob('**/step-*') if re.fullmatch(r'step-\d+', child.name) and child.is_dir()),
        key=lambda child: child.name,
    )
    if not found:
        raise BadSpec(
            f'{path} holds no checkpoint.', 'Give --resume a folder that a checkpoint event named, or leave it out.'
        )
    return found[-1]


def load_checkpoint(path: Path, identity: dict) -> Checkpoint:
    """Read a checkpoint. Raises BadSpec when it was written with another recipe or other rows."""
    record = read_json(path / 'checkpoint.json')
    for key, value in record['identity'].items():
        if identity.get(key) != value:
            raise BadSpec(
                f'{path.name} was written with another {key}.',
                'Resume with the spec and rows that the checkpoint was written with, or start anew without --resume.',
            )
    state = torch.load(path / 'state.pt', map_location='cpu', weights_only=True)
    best = path / 'best.safetensors'
    return Checkpoint(
        progress=Progress(**record['progress']),
        weights=load_file(path / 'weights.safetensors'),
        best=load_file(best) if best.exists() else None,
        optimizer=state['optimizer'],
        random_state=state['random'],
        identity=record['identity'],
    )
