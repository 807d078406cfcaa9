"""Which rows are learned from together, and in which order.

Prompts of one database begin with the same schema. Rows with a common beginning are put in groups, and a group reads
its beginning once: the other rows of the group attend to it as if it were their own. The loss and its gradient are
those of the rows taken one by one (tests/test_forward.py), for about half of the work.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass

import torch

from trainer.train.rows import Row

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
class Batch:
    """Tensors of G groups padded to L tokens, with at most Q positions a group whose next token is an answer token.

    tokens, positions: [G, L]. visible: [G, 1, L, L], true where a token attends, or None for plain causal attention.
    queries: [G, Q] positions in the group; asked: [G, Q] true where a query is real; labels: [number of real queries].
    filled: [G, L] true where a token is real; experts: [G], -1 for none.
    """

    tokens: torch.Tensor
    positions: torch.Tensor
    visible: torch.Tensor | None
    queries: torch.Tensor
    asked: torch.Tensor
    labels: torch.Tensor
    filled: torch.Tensor
    experts: torch.Tensor
    rows: int
    row_tokens: int

    def to(self, device: torch.device) -> 'Batch':
        moved = {k: v.to(device, non_blocking=True) for k, v in vars(self).items() if isinstance(v, torch.Tensor)}
        return Batch(**{**vars(self), **moved})


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


def collate(groups: list[Group], pad: int) -> Batch:
    """The tensors of one batch, padded on the right."""
    longest = max(group.length for group in groups)
    wanted = max(sum(len(row.answer) for row in group.rows) for group in groups)
    size = len(groups)
    tokens = torch.full((size, longest), pad)
    positions = torch.zeros((size, longest), dtype=torch.long)
    # Every token has a segment: 0 for the shared beginning, 1, 2, ... for what follows it in each row, -1 for padding.
    segments = torch.full((size, longest), -1)
    queries = torch.zeros((size, wanted), dtype=torch.long)
    asked = torch.zeros((size, wanted), dtype=torch.bool)
    labels: list[int] = []
    for index, group in enumerate(groups):
        line, place, part, ask = _lay_out(group)
        tokens[index, : len(line)] = torch.tensor(line)
        positions[index, : len(line)] = torch.tensor(place)
        segments[index, : len(line)] = torch.tensor(part)
        queries[index, : len(ask)] = torch.tensor(ask)
        asked[index, : len(ask)] = True
        labels.extend(token for row in group.rows for token in row.answer)
    shared = any(group.prefix for group in groups)
    return Batch(
        tokens=tokens,
        positions=positions,
        visible=_visibility(segments) if shared else None,
        queries=queries,
        asked=asked,
        labels=torch.tensor(labels),
        filled=segments >= 0,
        experts=torch.tensor([group.rows[0].expert for group in groups]),
        rows=sum(len(group.rows) for group in groups),
        row_tokens=sum(row.length for group in groups for row in group.rows),
    )


def _lay_out(group: Group) -> tuple[list[int], list[int], list[int], list[int]]:
    """Tokens, positions, segments of a group, and the places that predict its answer tokens."""
    prefix = group.prefix
    tokens = list(group.rows[0].prompt[:prefix])
    positions = list(range(prefix))
    segments = [0] * prefix
    asks: list[int] = []
    for number, row in enumerate(group.rows, 1):
        rest = row.prompt[prefix:] + row.answer[:-1]
        start = len(tokens) + len(row.prompt) - prefix - 1
        asks.extend(range(start, start + len(row.answer)))
        tokens.extend(rest)
        positions.extend(range(prefix, prefix + len(rest)))
        segments.extend([number] * len(rest))
    return tokens, positions, segments, asks


def _visibility(segments: torch.Tensor) -> torch.Tensor:
    """[G, 1, L, L]: a token sees itself and what came before it in its own segment or in the shared beginning."""
    length = segments.shape[1]
    causal = torch.ones(length, length, dtype=torch.bool).tril()
    query, key = segments[:, :, None], segments[:, None, :]
    return (((query == key) | (key == 0)) & causal)[:, None]
