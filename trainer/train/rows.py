"""Rows of prompt and completion, as token ids."""

import json
from dataclasses import dataclass
from pathlib import Path

from tokenizers import Tokenizer

from trainer.errors import BadSpec


@dataclass(frozen=True)
class Row:
    """`expert` is the index of the expert that serves the row's dialect, -1 when none does."""

    prompt: tuple[int, ...]
    answer: tuple[int, ...]
    expert: int = -1

    @property
    def length(self) -> int:
        # The last answer token is only ever predicted, never read.
        return len(self.prompt) + len(self.answer) - 1


def read_texts(path: Path) -> list[dict]:
    """The objects of a JSON-lines file with at least `prompt` and `completion`. Raises BadSpec with the line number."""
    rows = []
    with path.open(encoding='utf-8') as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except ValueError as error:
                raise BadSpec(f'{path.name} line {number} is not JSON.', 'Write one JSON object a line.') from error
            if not isinstance(row, dict) or not all(isinstance(row.get(key), str) for key in ('prompt', 'completion')):
                raise BadSpec(
                    f'{path.name} line {number} has no prompt and completion.',
                    'Give every row the texts "prompt" and "completion".',
                )
            rows.append(row)
    if not rows:
        raise BadSpec(f'{path.name} holds no rows.', 'Give a file with at least one row.')
    return rows


def encode_rows(
    texts: list[dict], tokenizer: Tokenizer, eos: int, longest: int, experts: list[str]
) -> tuple[list[Row], int]:
    """Rows of at most `longest` tokens, and how many were left out for being longer.

    Prompt and completion are tokenised apart, as they are when a model answers; the end-of-text token is added.
    """
    prompts = tokenizer.encode_batch([text['prompt'] for text in texts])
    answers = tokenizer.encode_batch([text['completion'] for text in texts], add_special_tokens=False)
    index = {dialect: number for number, dialect in enumerate(experts)}
    rows = [
        Row(tuple(prompt.ids), (*answer.ids, eos), index.get(text.get('dialect'), -1))
        for text, prompt, answer in zip(texts, prompts, answers, strict=True)
    ]
    fitting = [row for row in rows if row.prompt and row.length <= longest]
    return fitting, len(rows) - len(fitting)
