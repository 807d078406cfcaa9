"""The train command for seq2seq: rows of question and masked statement in, an encoder-decoder out."""

import time
from pathlib import Path

from tokenizers import Tokenizer

from trainer.device import choose_device, settle_threads
from trainer.errors import BadSpec
from trainer.events import Events
from trainer.fields import Fields
from trainer.files import whole_directory
from trainer.model_card import write_model_card
from trainer.seq2seq.loop import Seq2SeqLoop
from trainer.seq2seq.model import build_encoder_decoder
from trainer.seq2seq.rows import encode_pairs, how_asked
from trainer.seq2seq.spec import Seq2SeqSpec, read_seq2seq_spec
from trainer.seq2seq.tokenizer import read_pieces, word_tokenizer, wordpiece_tokenizer
from trainer.tokenizer import PAD, eos_id, load_tokenizer, save_tokenizer
from trainer.train.checkpoint import find_checkpoint, load_checkpoint
from trainer.train.preemption import Preemption
from trainer.train.rows import read_texts
from trainer.train.run import digest, training_figures


def run(fields: Fields, out: Path, events: Events, resume: Path | None = None) -> dict:
    """Train and write `out`/model; checkpoints go to `out`/checkpoints. Returns what the done event reports."""
    begun = time.monotonic()
    spec = read_seq2seq_spec(fields)
    if spec.recipe.processes > 1:
        raise BadSpec('An encoder-decoder is trained by one process.', 'Set recipe.processes to 1.')
    device = choose_device(spec.recipe.device, spec.recipe.precision)
    settle_threads()
    out.mkdir(parents=True, exist_ok=True)
    checkpoint = find_checkpoint(resume) if resume else None

    texts = read_texts(spec.train)
    asked = how_asked(texts)
    tokenizer = load_tokenizer(checkpoint) if checkpoint else _new_tokenizer(spec, texts)
    working = out / 'tokenizer.json'
    tokenizer.save(str(working))
    model = build_encoder_decoder(spec.architecture, tokenizer, spec.recipe.seed).to(device.torch_device)
    longest = spec.architecture.max_positions
    rows, too_long = encode_pairs(texts, tokenizer, longest)
    if not rows:
        raise BadSpec(f'No training row fits into {longest} tokens.', 'Shorten the prompts or raise maxPositions.')
    validation, validation_too_long = [], 0
    if spec.validation:
        validation, validation_too_long = encode_pairs(read_texts(spec.validation), tokenizer, longest)

    preemption = Preemption()
    preemption.listen()
    loop = Seq2SeqLoop(
        model=model,
        recipe=spec.recipe,
        device=device,
        rows=rows,
        validation=validation,
        steps=spec.recipe.steps or max(1, round(spec.recipe.epochs * len(rows) / spec.recipe.batch_size)),
        pad=tokenizer.token_to_id(PAD),
        router_weight=0.0,
        events=events,
        checkpoints=out / 'checkpoints',
        tokenizer=working,
        identity={**spec.identity(), 'training rows': digest(spec.train)},
        preemption=preemption,
    )
    if checkpoint:
        loop.resume(load_checkpoint(checkpoint, loop.identity))
    loop.run()

    result = {
        'model': str(out / 'model'),
        'parameters': sum(parameter.numel() for parameter in loop.learning.values()),
        'trainedParameters': sum(parameter.numel() for parameter in loop.learning.values()),
        'vocabulary': tokenizer.get_vocab_size(),
        'rowsTooLong': too_long,
        'validationRowsTooLong': validation_too_long,
        **training_figures(loop, begun),
    }
    with whole_directory(out / 'model') as partial:
        model.config.dialectic = asked
        model.cpu().save_pretrained(partial)
        save_tokenizer(tokenizer, partial, None, eos_id(tokenizer, None))
        _card(partial, spec, result)
    working.unlink()
    return result


def _new_tokenizer(spec: Seq2SeqSpec, texts: list[dict]) -> Tokenizer:
    known = [text[key] for text in texts for key in ('prompt', 'completion')]
    if spec.tokenizer == 'word':
        return word_tokenizer(known)
    return wordpiece_tokenizer(known, read_pieces(spec.word_pieces) if spec.word_pieces else None, spec.vocabulary)


def _card(folder: Path, spec: Seq2SeqSpec, result: dict) -> None:
    architecture = spec.architecture
    write_model_card(
        folder,
        'Text-to-SQL encoder-decoder',
        [
            'Trained by Dialectic from random weights, as Yalova et al. describe.',
            'It reads a question and writes a statement whose literals are the word `value`; Dialectic puts them back.',
        ],
        {
            'parameters': result['parameters'],
            'layers of encoder and decoder': architecture.layers,
            'hidden size': architecture.hidden,
            'heads': architecture.heads,
            'feed-forward size': architecture.feed_forward,
            'tokenizer': f'{spec.tokenizer}, {result["vocabulary"]} tokens',
            'steps': result['steps'],
            'rows': result['rows'],
            'training loss': result['trainLoss'],
            'validation loss': result['validationLoss'],
            'seed': spec.recipe.seed,
            'device': f'{result["device"]}, {result["precision"]}',
        },
        pipeline='text2text-generation',
    )
