"""The train command: spec in, a model in the Hugging Face layout out."""

import hashlib
import shutil
import time
from pathlib import Path

import torch
from tokenizers import Tokenizer

from trainer.bases.folder import save_model
from trainer.device import Device, choose_device, settle_threads
from trainer.errors import BadSpec
from trainer.events import Events
from trainer.fields import Fields
from trainer.files import whole_directory
from trainer.model_card import write_model_card
from trainer.resources import peak_rss_bytes
from trainer.tokenizer import PAD, add_special_tokens, eos_id, load_tokenizer, save_tokenizer, train_tokenizer
from trainer.train.checkpoint import find_checkpoint, load_checkpoint
from trainer.train.loop import Loop
from trainer.train.model import build_model, choose_parameters, merged_model
from trainer.train.preemption import Preemption
from trainer.train.recipe import TrainSpec, method_of, read_train_spec
from trainer.train.rows import encode_rows, read_texts
from trainer.train.team import Team, gather, join_team


def run(fields: Fields, out: Path, events: Events, resume: Path | None = None) -> dict:
    """Train and write `out`/model; checkpoints go to `out`/checkpoints. Returns what the done event reports.

    Where a launcher started several processes, each runs this, and the first writes the files.
    """
    if method_of(fields) == 'seq2seq':
        from trainer.seq2seq.run import run as run_seq2seq

        return run_seq2seq(fields, out, events, resume)
    spec = read_train_spec(fields)
    device = choose_device(spec.recipe.device, spec.recipe.precision)
    team = join_team(device)
    try:
        return _run(spec, device, team, out, events, resume)
    finally:
        team.end()


def _run(spec: TrainSpec, device: Device, team: Team, out: Path, events: Events, resume: Path | None) -> dict:
    begun = time.monotonic()
    settle_threads()
    out.mkdir(parents=True, exist_ok=True)
    checkpoint = find_checkpoint(resume) if resume else None

    base = _base_folder(spec, out)
    if team.leads and base is not None and base != spec.base:
        _convert(spec.base, base)
    team.wait()
    texts = read_texts(spec.train)
    working = out / 'tokenizer.json'
    source = spec.tokenizer or base
    if team.leads:
        _tokenizer(spec, source, texts, checkpoint).save(str(working))
    team.wait()
    tokenizer = load_tokenizer(working)
    eos = eos_id(tokenizer, source)

    torch.manual_seed(spec.recipe.seed)
    model = build_model(spec, base, tokenizer, eos)
    longest = model.config.max_position_embeddings
    rows, too_long = encode_rows(texts, tokenizer, eos, longest, spec.experts)
    if not rows:
        raise BadSpec(f'No training row fits into {longest} tokens.', 'Shorten the prompts or raise maxPositions.')
    validation, validation_too_long = [], 0
    if spec.validation:
        validation, validation_too_long = encode_rows(
            read_texts(spec.validation), tokenizer, eos, longest, spec.experts
        )
    model = choose_parameters(model, spec.recipe).to(device.torch_device)

    steps = spec.recipe.steps or max(1, round(spec.recipe.epochs * len(rows) / spec.recipe.batch_size))
    preemption = Preemption()
    preemption.listen()
    pad = tokenizer.token_to_id(PAD)
    loop = Loop(
        model=model,
        recipe=spec.recipe,
        device=device,
        rows=rows,
        validation=validation,
        steps=steps,
        pad=eos if pad is None else pad,
        router_weight=spec.router_loss_weight,
        events=events,
        checkpoints=out / 'checkpoints',
        tokenizer=working,
        identity={**spec.identity(), 'training rows': digest(spec.train)},
        preemption=preemption,
        team=team,
    )
    if checkpoint:
        loop.resume(load_checkpoint(checkpoint, loop.identity))
    loop.run()
    trained = sum(parameter.numel() for parameter in loop.learning.values())
    gather(loop.objective)
    model = merged_model(model)

    result = {
        'model': str(out / 'model'),
        'parameters': sum(parameter.numel() for parameter in model.parameters()),
        'trainedParameters': trained,
        'rowsTooLong': too_long,
        'validationRowsTooLong': validation_too_long,
        **training_figures(loop, begun),
    }
    if team.leads:
        with whole_directory(out / 'model') as partial:
            save_model(model.cpu(), partial)
            save_tokenizer(tokenizer, partial, source, eos)
            _card(partial, spec, result)
        working.unlink()
        if base is not None and base != spec.base:
            shutil.rmtree(base)
    team.wait()
    return result


def training_figures(loop: Loop, begun: float) -> dict:
    """What the done event tells of a finished loop; `begun` is when the command began, by the monotonic clock."""
    progress = loop.progress
    return {
        'steps': progress.step,
        'epochs': round(progress.rows / len(loop.rows), 3),
        'stoppedEarly': progress.stopped,
        'rows': len(loop.rows),
        'validationRows': min(len(loop.validation), loop.recipe.evaluation_rows),
        'trainLoss': progress.loss_curve[-1][1] if progress.loss_curve else None,
        'validationLoss': (
            progress.best_loss
            if loop.best is not None
            else progress.validation_curve[-1][1]
            if progress.validation_curve
            else None
        ),
        'exactMatch': (
            progress.best_exact_match
            if loop.best is not None
            else progress.exact_match_curve[-1][1]
            if progress.exact_match_curve
            else None
        ),
        'tokens': progress.tokens,
        'seconds': round(progress.seconds, 2),
        'totalSeconds': round(time.monotonic() - begun, 2),
        'cpuSeconds': round(time.process_time(), 2),
        'tokensPerSecond': round(progress.tokens / max(progress.seconds, 1e-9), 1),
        'peakRssBytes': peak_rss_bytes(),
        'lossCurve': progress.loss_curve,
        'validationCurve': progress.validation_curve,
        'exactMatchCurve': progress.exact_match_curve,
        'learningRateCurve': progress.learning_rate_curve,
        'speedCurve': progress.speed_curve,
        'memoryCurve': progress.memory_curve,
        'device': loop.device.name,
        'precision': loop.device.precision,
        'threads': torch.get_num_threads(),
        'processes': loop.team.size,
    }


def _base_folder(spec: TrainSpec, out: Path) -> Path | None:
    """Where the base is, or will be when `_convert` has converted it."""
    if spec.base is None or spec.base.is_dir():
        return spec.base
    if spec.base.suffix != '.gguf':
        raise BadSpec(
            f'base names {spec.base.name}, which is neither a folder nor a .gguf file.', 'Give base one of the two.'
        )
    return out / 'base'


def _convert(file: Path, folder: Path) -> None:
    from trainer.bases.gguf import convert_gguf

    convert_gguf(file, folder)


def _tokenizer(spec: TrainSpec, source: Path | None, texts: list[dict], checkpoint: Path | None) -> Tokenizer:
    """The tokenizer: the checkpoint's, that of the `source` (the spec's or the base's folder), or a new one."""
    if checkpoint:
        return load_tokenizer(checkpoint)
    if source is not None:
        tokenizer = load_tokenizer(source)
        add_special_tokens(tokenizer, spec.special_tokens)
        return tokenizer
    vocabulary = spec.architecture.integer('vocabulary', 2048, minimum=1) if spec.architecture else 2048
    # Whoever goes on from this model has words that its own rows lack, and must not spell them letter by letter.
    known = read_texts(spec.vocabulary) if spec.vocabulary else texts
    tokenizer = train_tokenizer(
        (text[key] for text in known for key in ('prompt', 'completion')), vocabulary, spec.special_tokens
    )
    add_special_tokens(tokenizer, spec.special_tokens)
    return tokenizer


def digest(path: Path) -> str:
    with path.open('rb') as file:
        return hashlib.file_digest(file, 'sha256').hexdigest()


def _card(folder: Path, spec: TrainSpec, result: dict) -> None:
    start = 'random weights' if spec.base is None else spec.base.name
    write_model_card(
        folder,
        'Text-to-SQL model',
        [f'Trained by Dialectic from {start} with the method {spec.recipe.method}; the loss counts the answer only.'],
        {
            'parameters': result['parameters'],
            'steps': result['steps'],
            'rows': result['rows'],
            'training loss': result['trainLoss'],
            'validation loss': result['validationLoss'],
            'learning rate': spec.recipe.learning_rate,
            'seed': spec.recipe.seed,
            'device': f'{result["device"]}, {result["precision"]}',
        },
    )
