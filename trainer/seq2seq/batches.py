"""Which rows are learned from together, and their tensors."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import torch

from trainer.train.rows import Row
from trainer.train.tensors import Tensors

Item = TypeVar('Item')
# Rows sorted by length within this many batches, so that a batch pads little and the order stays random.
WINDOW = 20


@dataclass
class Batch(Tensors):
    """Tensors of B rows; S question tokens, T answer tokens at most, padded on the right.

    source: [B, S]; read: [B, S], true where a question token is real. answer: [B, T], what the decoder reads, from
    <sos> on; asked: [B, T], true where it predicts a real token; labels: [number of those]; answers: [B], how many of
    the labels are each row's.
    """

    source: torch.Tensor
    read: torch.Tensor
    answer: torch.Tensor
    asked: torch.Tensor
    labels: torch.Tensor
    answers: torch.Tensor


def batches_of_epoch(rows: list[Row], size: int, seed: int, epoch: int) -> list[list[Row]]:
    """The batches of one epoch. The same arguments give the same batches."""
    order = random.Random(f'{seed}/{epoch}')
    shuffled = order.sample(rows, len(rows))
    batches: list[list[Row]] = []
    for start in range(0, len(rows), size * WINDOW):
        batches.extend(batches_by_length(shuffled[start : start + size * WINDOW], size))
    order.shuffle(batches)
    return batches


def batches_by_length(items: list[Item], size: int, key: Callable[[Item], Row] = lambda row: row) -> list[list[Item]]:
    """Every item once, items of like length together; `key` says which row an item holds."""
    ordered = sorted(items, key=lambda item: (len(key(item).prompt), len(key(item).answer)))
    return [ordered[start : start + size] for start in range(0, len(ordered), size)]


def collate(rows: list[Row], pad: int, start: int) -> Batch:
    """The tensors of one batch; `start` is <sos>."""
    source, read = pad_right([row.prompt for row in rows], pad)
    answer, asked = pad_right([(start, *row.answer[:-1]) for row in rows], pad)
    return Batch(
        source=source,
        read=read,
        answer=answer,
        asked=asked,
        labels=torch.tensor([token for row in rows for token in row.answer]),
        answers=torch.tensor([len(row.answer) for row in rows]),
    )


def pad_right(texts: list[tuple[int, ...]], pad: int) -> tuple[torch.Tensor, torch.Tensor]:
    """Token ids [B, longest] and which of them are real."""
    longest = max(len(text) for text in texts)
    tokens = torch.tensor([[*text, *[pad] * (longest - len(text))] for text in texts])
    lengths = torch.tensor([len(text) for text in texts])
    return tokens, torch.arange(longest) < lengths[:, None]
