"""Which rows are learned from together, and in which order.

Prompts of one database begin with the same schema. Rows with a common beginning are put in groups, and a group reads
its beginning once: the other rows of the group attend to it as if it were their own. The loss and its gradient are
those of the rows taken one by one (tests/test_forward.py), for about half of the work.

Groups are padded to the longest of their batch, or packed: several one after the other on a line of at most `pack_to`
tokens, where each group counts its own positions and sees nothing of the others. That changes what a batch costs, not
what is learned from it.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass

import torch

from trainer.train.rows import Row
from trainer.train.tensors import Tensors

# A common beginning of fewer tokens does not pay for the wider attention mask.
SHORTEST_PREFIX = 16
# Groups sorted by length within this many batches, so that a batch pads little and the order stays random.
WINDOW = 8


@dataclass(frozen=True)
class Group:
    """Rows that share their first `prefix` tokens."""

    rows: tuple[Row, ...]
    prefix: int

    @property
    def length(self) -> int:
        return self.prefix + sum(row.length - self.prefix for row in self.rows)


@dataclass
class Batch(Tensors):
    """Tensors of G lines padded to L tokens, with at most Q positions a line whose next token is an answer token.

    tokens, positions: [G, L]. visible: [G, 1, L, L], true where a token attends, or None for plain causal attention.
    queries: [G, Q] places in the line; asked: [G, Q] true where a query is real; labels: [number of real queries].
    answers: [rows] how many of the labels are each row's. filled: [G, L] true where a token is real; experts: [G], -1
    for none.
    """

    tokens: torch.Tensor
    positions: torch.Tensor
    visible: torch.Tensor | None
    queries: torch.Tensor
    asked: torch.Tensor
    labels: torch.Tensor
    answers: torch.Tensor
    filled: torch.Tensor
    experts: torch.Tensor


def cluster_rows(rows: list[Row]) -> list[list[Row]]:
    """Rows whose prompts begin alike for at least half of their length (and SHORTEST_PREFIX tokens), together."""
    ordered = sorted(rows, key=lambda row: (row.expert, row.prompt, row.answer))
    clusters: list[list[Row]] = []
    for row in ordered:
        if clusters:
            last = clusters[-1][-1]
            shared = common_prefix((last, row))
            enough = max(SHORTEST_PREFIX, max(len(last.prompt), len(row.prompt)) // 2)
            if last.expert == row.expert and shared >= enough:
                clusters[-1].append(row)
                continue
        clusters.append([row])
    return clusters


def common_prefix(rows: tuple[Row, ...]) -> int:
    """How many tokens all prompts begin with; at least one token of each prompt stays outside, to predict from."""
    first, last = min(row.prompt for row in rows), max(row.prompt for row in rows)
    limit = min(len(row.prompt) for row in rows) - 1
    for index in range(limit):
        if first[index] != last[index]:
            return index
    return max(limit, 0)


def batches_of_epoch(
    clusters: list[list[Row]], batch_size: int, rows_per_prefix: int, seed: int, epoch: int
) -> list[list[Group]]:
    """The batches of one epoch, each of about `batch_size` rows. The same arguments give the same batches."""
    order = random.Random(f'{seed}/{epoch}')
    groups: list[Group] = []
    for cluster in clusters:
        shuffled = order.sample(cluster, len(cluster))
        for start in range(0, len(shuffled), rows_per_prefix):
            groups.append(_group(tuple(shuffled[start : start + rows_per_prefix])))
    order.shuffle(groups)
    batches: list[list[Group]] = []
    for window in _windows(groups, batch_size * WINDOW):
        batches.extend(_windows(sorted(window, key=lambda group: group.length), batch_size))
    order.shuffle(batches)
    return batches


def batches_in_order(rows: list[Row], batch_size: int, rows_per_prefix: int) -> list[list[Group]]:
    """Every row once, in a fixed order, for evaluation."""
    groups = [
        _group(tuple(cluster[start : start + rows_per_prefix]))
        for cluster in cluster_rows(rows)
        for start in range(0, len(cluster), rows_per_prefix)
    ]
    return list(_windows(sorted(groups, key=lambda group: group.length), batch_size))


def _group(rows: tuple[Row, ...]) -> Group:
    return Group(rows, common_prefix(rows) if len(rows) > 1 else 0)


def _windows(groups: list[Group], rows: int) -> Iterator[list[Group]]:
    """Consecutive groups with at least `rows` rows together; the last may have fewer."""
    window: list[Group] = []
    count = 0
    for group in groups:
        window.append(group)
        count += len(group.rows)
        if count >= rows:
            yield window
            window, count = [], 0
    if window:
        yield window


def collate(groups: list[Group], pad: int, pack_to: int | None = None) -> Batch:
    """The tensors of one batch, padded on the right."""
    lines = [[group] for group in groups] if pack_to is None else _pack(groups, pack_to)
    longest = max(sum(group.length for group in line) for line in lines)
    wanted = max(sum(len(row.answer) for group in line for row in group.rows) for line in lines)
    size = len(lines)
    tokens = torch.full((size, longest), pad)
    positions = torch.zeros((size, longest), dtype=torch.long)
    # Of every token the number of its segment (a shared beginning, or what follows it in one row) and of the shared
    # beginning that it goes on from, which is its own for the beginning itself; -1 for padding.
    segments = torch.full((size, longest), -1)
    beginnings = torch.full((size, longest), -1)
    queries = torch.zeros((size, wanted), dtype=torch.long)
    asked = torch.zeros((size, wanted), dtype=torch.bool)
    for index, line in enumerate(lines):
        laid = _lay_out(line)
        filled = len(laid.tokens)
        tokens[index, :filled] = torch.tensor(laid.tokens)
        positions[index, :filled] = torch.tensor(laid.positions)
        segments[index, :filled] = torch.tensor(laid.segments)
        beginnings[index, :filled] = torch.tensor(laid.beginnings)
        queries[index, : len(laid.asks)] = torch.tensor(laid.asks)
        asked[index, : len(laid.asks)] = True
    rows = [row for line in lines for group in line for row in group.rows]
    apart = any(len(line) > 1 or line[0].prefix for line in lines)
    return Batch(
        tokens=tokens,
        positions=positions,
        visible=_visibility(segments, beginnings) if apart else None,
        queries=queries,
        asked=asked,
        labels=torch.tensor([token for row in rows for token in row.answer]),
        answers=torch.tensor([len(row.answer) for row in rows]),
        filled=segments >= 0,
        experts=torch.tensor([line[0].rows[0].expert for line in lines]),
    )


def _pack(groups: list[Group], longest: int) -> list[list[Group]]:
    """Lines of at most `longest` tokens, or of one longer group; first fit, longest group first, one expert a line."""
    lines: list[list[Group]] = []
    room: list[int] = []
    for group in sorted(groups, key=lambda group: -group.length):
        expert = group.rows[0].expert
        for index, line in enumerate(lines):
            if room[index] >= group.length and line[0].rows[0].expert == expert:
                line.append(group)
                room[index] -= group.length
                break
        else:
            lines.append([group])
            room.append(longest - group.length)
    return lines


@dataclass
class _Line:
    tokens: list[int]
    positions: list[int]
    segments: list[int]
    beginnings: list[int]
    # The places that predict the answer tokens.
    asks: list[int]


def _lay_out(groups: list[Group]) -> _Line:
    line = _Line([], [], [], [], [])
    segment = 0
    for group in groups:
        prefix, beginning = group.prefix, segment
        line.tokens.extend(group.rows[0].prompt[:prefix])
        line.positions.extend(range(prefix))
        line.segments.extend([beginning] * prefix)
        for row in group.rows:
            segment += 1
            rest = row.prompt[prefix:] + row.answer[:-1]
            start = len(line.tokens) + len(row.prompt) - prefix - 1
            line.asks.extend(range(start, start + len(row.answer)))
            line.tokens.extend(rest)
            line.positions.extend(range(prefix, prefix + len(rest)))
            line.segments.extend([segment] * len(rest))
        line.beginnings.extend([beginning] * (len(line.tokens) - len(line.beginnings)))
        segment += 1
    return line


def _visibility(segments: torch.Tensor, beginnings: torch.Tensor) -> torch.Tensor:
    """[G, 1, L, L]: a token sees itself and what came before it in its own segment or in its shared beginning."""
    length = segments.shape[1]
    causal = torch.ones(length, length, dtype=torch.bool).tril()
    key = segments[:, None, :]
    return (((segments[:, :, None] == key) | (beginnings[:, :, None] == key)) & causal)[:, None]
