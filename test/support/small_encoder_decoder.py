"""A small encoder-decoder, exported, and what torch answers with it greedily; in one process, since torch loads slowly.

    python small_encoder_decoder.py <folder> <training spec as JSON> <prompts as JSON> <tokens>

Writes <folder>/model and <folder>/onnx (with 8-bit weights, too) and <folder>/torch.json: {"prompts": [[ids]],
"answers": [[ids without the end]], "texts": [...]}. Only prompts of one length are answered
together: nothing is padded.
"""

import json
import sys
from pathlib import Path

import torch

from trainer.events import Events
from trainer.export.run import run as run_export
from trainer.fields import Fields
from trainer.seq2seq.predict import open_encoder_decoder
from trainer.seq2seq.run import run as run_train


@torch.no_grad()
def answer(folder: Path, prompts: list[str], tokens: int) -> dict[str, list]:
    model, tokenizer = open_encoder_decoder(folder)
    end = model.config.eos_token_id
    asked = [[*tokenizer.encode(prompt, add_special_tokens=False).ids, end] for prompt in prompts]
    answers: dict[int, list[int]] = {}
    for length in sorted({len(ids) for ids in asked}):
        places = [place for place, ids in enumerate(asked) if len(ids) == length]
        ids = torch.tensor([asked[place] for place in places])
        written = model.generate(ids, attention_mask=torch.ones_like(ids), max_new_tokens=tokens, do_sample=False)
        for place, row in zip(places, written[:, 1:].tolist(), strict=True):
            answers[place] = row[: row.index(end)] if end in row else row
    ordered = [answers[place] for place in range(len(asked))]
    return {'prompts': asked, 'answers': ordered, 'texts': [tokenizer.decode(ids) for ids in ordered]}


folder, spec, prompts, tokens = Path(sys.argv[1]), *map(json.loads, sys.argv[2:])
run_train(Fields(spec, ''), folder, Events(sys.stderr))
run_export(Fields({'model': str(folder / 'model'), 'int8': True}, ''), folder, Events(sys.stderr))
(folder / 'torch.json').write_text(json.dumps(answer(folder / 'model', prompts, tokens)))
