"""The predict command: an encoder-decoder answers questions, greedily, from <sos> to </s>, with a key-value cache."""

import json
import time
from pathlib import Path

import torch
from tokenizers import Tokenizer
from transformers import MarianMTModel
from transformers.utils.logging import disable_progress_bar

from trainer.device import Device, choose_device, settle_threads
from trainer.errors import BadSpec
from trainer.events import Events
from trainer.fields import Fields
from trainer.files import read_json
from trainer.seq2seq.batches import batches_by_length, collate, pad_right
from trainer.seq2seq.loss import answer_logits
from trainer.seq2seq.rows import encode_pairs
from trainer.tokenizer import EOS, PAD, load_tokenizer
from trainer.train.rows import Row, read_texts


def run(fields: Fields, out: Path, events: Events) -> dict:
    """Write `out`/predictions.jsonl, a line {"id", "sql", "tokens", "foretold"} for each row of `rows`.

    Literals are masked in `sql`, as in what was learned. `tokens` are those of the row's gold answer, its end among
    them, `foretold` how many of them the model foretells with the gold's tokens before them given (teacher forcing).
    """
    folder = fields.path('model')
    texts = read_texts(fields.path('rows'))
    size = fields.integer('batchSize', 64, minimum=1)
    longest = fields.integer('maxTokens', 128, minimum=1)
    device = choose_device(fields.choice('device', ('auto', 'cpu', 'cuda'), 'auto'), 'float32')
    fields.done()
    settle_threads()
    model, tokenizer = open_encoder_decoder(folder)
    model.to(device.torch_device)
    limit = model.config.max_position_embeddings
    rows, too_long = encode_pairs(texts, tokenizer, limit)
    if too_long:
        raise BadSpec(f'{too_long} rows have more than {limit} tokens.', 'Shorten them: leave the schema out.')
    begun = time.monotonic()
    answers = answer(model, tokenizer, rows, device, size, min(longest, limit - 1))
    seconds = time.monotonic() - begun
    foretold = foretold_tokens(model, tokenizer, rows, device, size)
    out.mkdir(parents=True, exist_ok=True)
    with (out / 'predictions.jsonl').open('w', encoding='utf-8') as file:
        for number, (text, row) in enumerate(zip(texts, rows, strict=True)):
            line = {
                'id': text.get('id', str(number)),
                'sql': answers[number],
                'tokens': len(row.answer),
                'foretold': foretold[number],
            }
            file.write(json.dumps(line, ensure_ascii=False) + '\n')
    return {
        'predictions': str(out / 'predictions.jsonl'),
        'rows': len(rows),
        'seconds': round(seconds, 2),
        'tokenAccuracy': round(sum(foretold) / sum(len(row.answer) for row in rows), 4),
    }


def open_encoder_decoder(folder: Path) -> tuple[MarianMTModel, Tokenizer]:
    """A model that `train` wrote, ready to answer. Raises BadSpec for a folder that holds another model."""
    config = folder / 'config.json'
    if not config.exists() or read_json(config).get('model_type') != 'marian':
        raise BadSpec(f'{folder} holds no encoder-decoder.', 'Give model a folder that method seq2seq trained.')
    disable_progress_bar()
    return MarianMTModel.from_pretrained(folder, dtype=torch.float32).eval(), load_tokenizer(folder)


@torch.no_grad()
def answer(
    model: MarianMTModel,
    tokenizer: Tokenizer,
    rows: list[Row],
    device: Device,
    size: int,
    longest: int,
    cache: bool = True,
) -> list[str]:
    """The greedy answer to every row's question, of at most `longest` tokens, in the rows' order."""
    ends = {tokenizer.token_to_id(token) for token in (PAD, EOS)}
    answers: dict[int, str] = {}
    for part in batches_by_length(list(enumerate(rows)), size, key=lambda entry: entry[1]):
        source, read = pad_right([row.prompt for _, row in part], tokenizer.token_to_id(PAD))
        written = model.generate(
            input_ids=source.to(device.torch_device),
            attention_mask=read.long().to(device.torch_device),
            max_new_tokens=longest,
            do_sample=False,
            num_beams=1,
            use_cache=cache,
        )
        for (number, _), tokens in zip(part, written[:, 1:].tolist(), strict=True):
            answers[number] = tokenizer.decode([token for token in tokens if token not in ends])
    return [answers[number] for number in range(len(rows))]


@torch.no_grad()
def foretold_tokens(
    model: MarianMTModel, tokenizer: Tokenizer, rows: list[Row], device: Device, size: int
) -> list[int]:
    """Of each row's gold answer, the tokens that the model foretells, the gold's tokens before them given."""
    pad, start = tokenizer.token_to_id(PAD), model.config.decoder_start_token_id
    foretold: dict[int, int] = {}
    for part in batches_by_length(list(enumerate(rows)), size, key=lambda entry: entry[1]):
        batch = collate([row for _, row in part], pad, start).to(device.torch_device)
        right = (answer_logits(model, batch).argmax(-1) == batch.labels).split([len(row.answer) for _, row in part])
        foretold.update({number: int(hits.sum()) for (number, _), hits in zip(part, right, strict=True)})
    return [foretold[number] for number in range(len(rows))]
