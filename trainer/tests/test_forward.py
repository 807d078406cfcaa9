"""The training forward gives the numbers of transformers, row by row."""

from dataclasses import replace

import pytest
import torch
import torch.nn.functional as F

from conftest import make_rows
from trainer.bases.folder import load_model
from trainer.tokenizer import load_tokenizer
from trainer.train.batches import Group, batches_of_epoch, cluster_rows, collate, common_prefix
from trainer.train.forward import answer_hidden
from trainer.train.loss import answer_loss, answer_score, router_loss
from trainer.train.rows import Row, encode_rows


def rows_of(folder):
    rows, _ = encode_rows(make_rows(12, seed=5), load_tokenizer(folder), 1, 256, [])
    return rows


def one_by_one(model, rows):
    """The mean loss of all answer tokens from transformers' own forward, a row at a time."""
    losses = []
    for row in rows:
        ids = torch.tensor([[*row.prompt, *row.answer]])
        logits = model(ids).logits[0, len(row.prompt) - 1 : -1]
        losses.append(F.cross_entropy(logits, ids[0, len(row.prompt) :], reduction='sum'))
    return sum(losses) / sum(len(row.answer) for row in rows)


def gradients(model, loss):
    model.zero_grad()
    loss.backward()
    return {name: p.grad.clone() for name, p in model.named_parameters() if p.grad is not None}


@pytest.mark.parametrize('kind', ['base', 'mixture'])
@pytest.mark.parametrize('rows_per_prefix', [1, 4])
def test_loss_and_gradient_are_those_of_the_rows_one_by_one(kind, rows_per_prefix, request):
    folder = request.getfixturevalue(kind)
    model, rows = load_model(folder), rows_of(folder)
    (groups,) = batches_of_epoch(cluster_rows(rows), len(rows), rows_per_prefix, 0, 0)
    batch = collate(groups, 0)
    assert (batch.visible is not None) == (rows_per_prefix > 1)
    expected, actual = one_by_one(model, rows), answer_loss(model, batch)
    assert actual.item() == pytest.approx(expected.item(), abs=1e-5)
    wanted, got = gradients(model, expected), gradients(model, answer_loss(model, batch))
    assert wanted.keys() == got.keys()
    for name, gradient in wanted.items():
        torch.testing.assert_close(got[name], gradient, atol=1e-5, rtol=1e-3)


@pytest.mark.parametrize('kind', ['base', 'mixture'])
@pytest.mark.parametrize('rows_per_prefix', [1, 4])
def test_packed_rows_have_the_loss_and_gradient_of_padded_ones(kind, rows_per_prefix, request):
    folder = request.getfixturevalue(kind)
    model, rows = load_model(folder), rows_of(folder)
    (groups,) = batches_of_epoch(cluster_rows(rows), len(rows), rows_per_prefix, 0, 0)
    padded, packed = collate(groups, 0), collate(groups, 0, pack_to=250)
    assert len(packed.tokens) < len(padded.tokens)
    assert packed.tokens.shape[1] <= 250
    expected, actual = answer_loss(model, padded), answer_loss(model, packed)
    assert actual.item() == pytest.approx(expected.item(), abs=1e-5)
    wanted, got = gradients(model, expected), gradients(model, answer_loss(model, packed))
    for name, gradient in wanted.items():
        torch.testing.assert_close(got[name], gradient, atol=1e-5, rtol=1e-3)


def test_only_rows_of_one_expert_are_packed_together(base):
    rows = [replace(row, expert=index % 2) for index, row in enumerate(rows_of(base))]
    (groups,) = batches_of_epoch([[row] for row in rows], len(rows), 1, 0, 0)
    batch = collate(groups, 0, pack_to=10_000)
    assert sorted(batch.experts.tolist()) == [0, 1]


def test_an_exact_match_is_what_greedy_decoding_would_answer(base):
    model, rows = load_model(base).eval(), rows_of(base)
    with torch.no_grad():
        _, none = answer_score(model, collate([Group((row,), 0) for row in rows], 0)).tolist()
        learned = [Row(row.prompt, decode(model, row.prompt, len(row.answer))) for row in rows]
        groups = batches_of_epoch(cluster_rows([*learned[:7], *rows[7:]]), len(rows), 4, 0, 0)
        _, some = answer_score(model, collate(groups[0], 0, pack_to=250)).tolist()
    exact = sum(answer.answer == row.answer for answer, row in zip(learned, rows, strict=True))
    assert none == exact
    assert some == 7 + sum(a.answer == r.answer for a, r in zip(learned[7:], rows[7:], strict=True))


def decode(model, prompt, length) -> tuple[int, ...]:
    ids = torch.tensor([prompt])
    for _ in range(length):
        ids = torch.cat((ids, model(ids).logits[:, -1:].argmax(-1)), 1)
    return tuple(ids[0, len(prompt) :].tolist())


def test_recomputing_layers_changes_no_gradient(base):
    model = load_model(base)
    (groups,) = batches_of_epoch(cluster_rows(rows_of(base)), 12, 4, 0, 0)
    batch = collate(groups, 0)
    plain = gradients(model, answer_loss(model, batch))
    recomputed = gradients(model, answer_loss(model, batch, save_memory=True))
    for name, gradient in plain.items():
        torch.testing.assert_close(recomputed[name], gradient)


def test_router_logits_are_those_of_transformers(mixture):
    model = load_model(mixture).eval()
    row = rows_of(mixture)[0]
    (groups,) = batches_of_epoch([[row]], 1, 1, 0, 0)
    ids = torch.tensor([[*row.prompt, *row.answer[:-1]]])
    with torch.no_grad():
        expected = model(ids, output_router_logits=True).router_logits
        actual = answer_hidden(model, collate(groups, 0)).routers
    torch.testing.assert_close(actual[0][0][0], expected[0], atol=1e-5, rtol=1e-4)
    torch.testing.assert_close(actual[1][0][0], expected[1][len(row.prompt) - 1 :], atol=1e-5, rtol=1e-4)


def test_the_router_loss_is_that_of_the_real_positions(mixture):
    """Of rows padded in a batch, what transformers' router logits give for each row alone."""
    model, rows = load_model(mixture).eval(), [replace(row, expert=2) for row in rows_of(mixture)[:3]]
    (groups,) = batches_of_epoch([[row] for row in rows], len(rows), 1, 0, 0)
    batch = collate(groups, 0)
    first, last = [], []
    for row in rows:
        logits = model(torch.tensor([[*row.prompt, *row.answer[:-1]]]), output_router_logits=True).router_logits
        first.append(logits[0])
        last.append(logits[1][len(row.prompt) - 1 :])
    losses = [F.cross_entropy(torch.cat(part), torch.full((len(torch.cat(part)),), 2)) for part in (first, last)]
    hidden = answer_hidden(model, batch)
    assert router_loss(hidden, batch.experts).item() == pytest.approx(torch.stack(losses).mean().item(), abs=1e-5)
    assert router_loss(hidden, torch.full_like(batch.experts, -1)).item() == 0


def test_an_epoch_holds_every_row_once_and_depends_on_the_seed(base):
    rows = rows_of(base)
    clusters = cluster_rows(rows)
    epochs = [batches_of_epoch(clusters, 4, 2, seed, epoch) for seed, epoch in ((0, 0), (0, 0), (0, 1), (1, 0))]
    orders = [[row for batch in epoch for group in batch for row in group.rows] for epoch in epochs]
    assert orders[0] == orders[1]
    assert orders[0] != orders[2]
    assert orders[0] != orders[3]
    assert all(
        sorted(order, key=lambda row: row.prompt) == sorted(rows, key=lambda row: row.prompt) for order in orders
    )


def test_the_shared_beginning_leaves_a_token_of_every_prompt(base):
    rows = rows_of(base)
    same = (rows[0], rows[0])
    assert common_prefix(same) == len(rows[0].prompt) - 1
