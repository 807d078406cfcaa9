"""Greedy decoding by transformers' `generate` in torch, eager, for `decode.ts`: seconds and answers at each batch size.

python bench/decode/torch_generate.py <model folder> <prompt ids as JSON> <tokens> <threads> <batch sizes, comma>
"""

import json
import sys
import time
from pathlib import Path

import torch

from trainer.bases.folder import load_model


@torch.no_grad()
def main(folder: str, prompts: str, tokens: str, threads: str, sizes: str) -> None:
    torch.set_num_threads(int(threads))
    model = load_model(Path(folder)).eval()
    texts = torch.tensor(json.loads(Path(prompts).read_text()))

    def answer(rows: torch.Tensor) -> list[list[int]]:
        # min_new_tokens would change the choice of tokens; without an end every text is as long as asked for.
        output = model.generate(
            rows,
            attention_mask=torch.ones_like(rows),
            max_new_tokens=int(tokens),
            do_sample=False,
            eos_token_id=None,
            pad_token_id=0,
        )
        return output[:, rows.shape[1] :].tolist()

    model.generation_config.eos_token_id = None
    answer(texts[:1])
    results = {}
    for size in map(int, sizes.split(',')):
        begun = time.monotonic()
        answers = [row for start in range(0, len(texts), size) for row in answer(texts[start : start + size])]
        results[size] = {'seconds': time.monotonic() - begun, 'answers': answers}
    json.dump(results, sys.stdout)


if __name__ == '__main__':
    main(*sys.argv[1:])
