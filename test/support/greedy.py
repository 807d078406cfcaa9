"""What torch answers greedily: python greedy.py <model folder of an encoder-decoder> <prompts as JSON> <tokens>

Prints {"prompts": [[ids]], "answers": [[ids without the end]], "texts": [...]}. Only prompts of one length are
answered together, so that nothing is padded.
"""

import json
import sys
from pathlib import Path

import torch

from trainer.seq2seq.predict import open_encoder_decoder


@torch.no_grad()
def main(folder: str, prompts: str, tokens: str) -> None:
    torch.set_num_threads(1)
    model, tokenizer = open_encoder_decoder(Path(folder))
    end = model.config.eos_token_id
    asked = [[*tokenizer.encode(prompt, add_special_tokens=False).ids, end] for prompt in json.loads(prompts)]
    answers: dict[int, list[int]] = {}
    for length in sorted({len(ids) for ids in asked}):
        places = [place for place, ids in enumerate(asked) if len(ids) == length]
        ids = torch.tensor([asked[place] for place in places])
        written = model.generate(ids, attention_mask=torch.ones_like(ids), max_new_tokens=int(tokens), do_sample=False)
        for place, row in zip(places, written[:, 1:].tolist(), strict=True):
            answers[place] = row[: row.index(end)] if end in row else row
    ordered = [answers[place] for place in range(len(asked))]
    texts = [tokenizer.decode(ids) for ids in ordered]
    print(json.dumps({'prompts': asked, 'answers': ordered, 'texts': texts}))


main(*sys.argv[1:])
