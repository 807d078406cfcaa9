"""Each merge method against its formula."""

import math

import pytest
import torch

from trainer.merge.methods.dare import dare, dare_ties, drop_and_rescale
from trainer.merge.methods.gram import gram
from trainer.merge.methods.linear import linear
from trainer.merge.methods.slerp import slerp, slerp_chain
from trainer.merge.methods.spherical_mean import spherical_mean
from trainer.merge.methods.task_arithmetic import task_arithmetic
from trainer.merge.methods.ties import threshold_of, ties, trim

SEEDS = range(20)


def pair(seed: int) -> tuple[torch.Tensor, torch.Tensor]:
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(7, 5, generator=generator), torch.randn(7, 5, generator=generator)


def several(seed: int, count: int) -> tuple[list[torch.Tensor], list[float]]:
    """Tensors around one that they share, as experts of one base are, and weights."""
    generator = torch.Generator().manual_seed(seed)
    shared = torch.randn(7, 5, generator=generator)
    tensors = [shared + torch.randn(7, 5, generator=generator) for _ in range(count)]
    return tensors, (0.5 + torch.rand(count, generator=generator)).tolist()


def units(tensors: list[torch.Tensor]) -> list[torch.Tensor]:
    return [tensor / tensor.norm() for tensor in tensors]


def seeded(count: int, seed: int = 0) -> list[torch.Generator]:
    return [torch.Generator().manual_seed(seed + number) for number in range(count)]


@pytest.mark.parametrize('seed', SEEDS)
def test_slerp_starts_at_the_first_and_ends_at_the_second(seed):
    a, b = pair(seed)
    torch.testing.assert_close(slerp(0.0, a, b)[0], a)
    torch.testing.assert_close(slerp(1.0, a, b)[0], b)


@pytest.mark.parametrize('seed', SEEDS)
def test_slerp_does_not_care_which_end_it_starts_from(seed):
    a, b = pair(seed)
    torch.testing.assert_close(slerp(0.3, a, b)[0], slerp(0.7, b, a)[0])


@pytest.mark.parametrize('seed', SEEDS)
def test_slerp_of_unit_tensors_stays_on_the_sphere_and_turns_evenly(seed):
    a, b = (tensor / tensor.norm() for tensor in pair(seed))
    middle, straight = slerp(0.25, a, b)
    assert not straight
    assert middle.norm().item() == pytest.approx(1, abs=1e-5)
    whole, part = (math.acos((a * other).sum().clamp(-1, 1)) for other in (b, middle))
    assert part == pytest.approx(0.25 * whole, abs=1e-4)


def test_slerp_of_orthogonal_units_halfway_is_their_scaled_sum():
    middle, _ = slerp(0.5, torch.tensor([1.0, 0.0]), torch.tensor([0.0, 1.0]))
    torch.testing.assert_close(middle, torch.tensor([math.sqrt(0.5), math.sqrt(0.5)]))


@pytest.mark.parametrize('factor', [1.0, 2.0, -1.0, 0.0])
def test_slerp_of_parallel_tensors_is_a_line_and_says_so(factor):
    a, _ = pair(0)
    middle, straight = slerp(0.5, a, factor * a)
    assert straight
    torch.testing.assert_close(middle, (1 + factor) / 2 * a)


def test_a_chain_gives_equal_tensors_back_and_counts_lines():
    a, b = pair(1)
    torch.testing.assert_close(slerp_chain([a, a, a], [1, 1, 1])[0], a)
    assert slerp_chain([a, a, a], [1, 1, 1])[1] == 2
    assert slerp_chain([a, b], [1, 1])[1] == 0
    torch.testing.assert_close(slerp_chain([a, b], [0.8, 0.2])[0], slerp(0.2, a, b)[0])


@pytest.mark.parametrize('seed', SEEDS)
def test_a_chain_is_slerp_after_slerp_at_the_weights_shares(seed):
    tensors, weights = several(seed, 4)
    merged, total = tensors[0], weights[0]
    for tensor, weight in zip(tensors[1:], weights[1:], strict=True):
        total += weight
        merged = slerp(weight / total, merged, tensor)[0]
    torch.testing.assert_close(slerp_chain(tensors, weights)[0], merged)


def test_a_chain_of_three_takes_the_third_at_a_third():
    a, b = pair(2)
    c = pair(3)[0]
    torch.testing.assert_close(slerp_chain([a, b, c], [1, 1, 1])[0], slerp(1 / 3, slerp(0.5, a, b)[0], c)[0])


@pytest.mark.parametrize('seed', SEEDS)
def test_the_spherical_mean_of_two_is_slerp_whatever_their_lengths(seed):
    a, b = pair(seed)
    for first, second, weights in ((a, b, [1.0, 1.0]), (a, 3 * b, [3.0, 1.0]), (a, 1.1 * a, [1.0, 1.0])):
        expected, line = slerp(weights[1] / sum(weights), first, second)
        actual, straight = spherical_mean([first, second], weights)
        torch.testing.assert_close(actual, expected)
        assert straight == line


@pytest.mark.parametrize('seed', SEEDS)
def test_the_spherical_mean_is_where_the_weighted_logarithms_cancel_out(seed):
    """That is what makes it the Karcher mean: the gradient of the sum of squared angles is zero there."""
    tensors, weights = several(seed, 4)
    points = [unit.double() for unit in units(tensors)]
    mean, straight = spherical_mean(points, weights)
    assert not straight
    mean = mean.double()
    assert mean.norm().item() == pytest.approx(1, abs=1e-6)
    logarithms = []
    for point, weight in zip(points, weights, strict=True):
        cosine = (point * mean).sum()
        logarithms.append(weight * torch.acos(cosine) / (1 - cosine**2).sqrt() * (point - cosine * mean))
    assert sum(logarithms).norm().item() < 1e-6


@pytest.mark.parametrize('seed', SEEDS)
def test_the_spherical_mean_does_not_depend_on_the_order_as_the_chain_does(seed):
    tensors, weights = several(seed, 4)
    forwards = spherical_mean(tensors, weights)[0]
    torch.testing.assert_close(spherical_mean(tensors[::-1], weights[::-1])[0], forwards)
    assert (slerp_chain(tensors, weights)[0] - slerp_chain(tensors[::-1], weights[::-1])[0]).abs().max() > 1e-3


def test_the_spherical_mean_of_orthogonal_axes_leans_to_all_alike():
    axes = [2 * axis for axis in torch.eye(3)]
    mean, straight = spherical_mean(axes, [1, 1, 1])
    torch.testing.assert_close(mean, torch.full((3,), 2 / math.sqrt(3)))
    assert not straight


def test_the_spherical_mean_gives_equal_tensors_back_and_is_linear_where_there_is_none():
    a, b = pair(9)
    mean, straight = spherical_mean([a, a, a], [1, 2, 3])
    torch.testing.assert_close(mean, a)
    assert straight
    zero = torch.zeros(4)
    assert spherical_mean([zero, zero, zero], [1, 1, 1])[1]
    orthogonal = b - (a * b).sum() / (a * a).sum() * a
    opposite, straight = spherical_mean([a, -a, orthogonal, -orthogonal], [1, 1, 1, 1])
    assert straight
    torch.testing.assert_close(opposite, torch.zeros_like(a), atol=1e-6, rtol=0)


def test_inner_products_in_parts_are_those_of_the_whole():
    (a, b), c = pair(10), pair(11)[0].bfloat16()
    flat = [tensor.flatten() for tensor in (a, b, c)]
    matrix = torch.stack([tensor.double() for tensor in flat])
    torch.testing.assert_close(
        gram([[x[:20] for x in flat], [x[20:] for x in flat]]), matrix @ matrix.T, rtol=1e-6, atol=1e-6
    )


def test_linear_is_the_weighted_mean():
    a, b = pair(4)
    torch.testing.assert_close(linear([a, b], [3.0, 1.0]), 0.75 * a + 0.25 * b)


def test_task_arithmetic_adds_weighted_differences():
    a, b = pair(5)
    base = pair(6)[0]
    expected = base + 0.4 * ((a - base) + 2 * (b - base))
    torch.testing.assert_close(task_arithmetic(base, [a, b], [1.0, 2.0], 0.4), expected)


def test_methods_that_add_task_vectors_do_not_depend_on_the_order():
    tensors, weights = several(12, 3)
    base = pair(13)[0]
    for method, extra in ((task_arithmetic, []), (ties, [[0.5, 0.6, 0.7]])):
        backwards = [item[::-1] for item in extra]
        torch.testing.assert_close(
            method(base, tensors, weights, *extra, 0.7),
            method(base, tensors[::-1], weights[::-1], *backwards, 0.7),
        )


def threshold(vector: torch.Tensor, density: float, pieces: int = 1) -> float:
    return threshold_of(lambda: iter(vector.flatten().chunk(pieces)), density)


def test_trimming_keeps_the_largest():
    vector = torch.tensor([1.0, -4.0, 2.0, 3.0])
    assert trim(vector, threshold(vector, 0.5)).tolist() == [0, -4, 0, 3]
    assert trim(vector, threshold(vector, 1.0)).tolist() == [1, -4, 2, 3]
    assert trim(vector, threshold(vector, 0.01)).tolist() == [0, -4, 0, 0]
    assert trim(torch.ones(4), threshold(torch.ones(4), 0.5)).tolist() == [1, 1, 1, 1]


@pytest.mark.parametrize('seed', SEEDS)
def test_the_threshold_is_the_one_that_sorting_finds(seed):
    generator = torch.Generator().manual_seed(seed)
    vector = torch.randn(1000, generator=generator) * 10 ** torch.randint(-30, 5, (1000,), generator=generator)
    density = torch.rand(1, generator=generator).item()
    ordered = vector.abs().sort(descending=True).values
    assert threshold(vector, density, pieces=3) == ordered[max(1, int(density * 1000)) - 1].item()


def test_ties_on_an_example_worked_by_hand():
    base = torch.zeros(4)
    first, second = torch.tensor([4.0, 1.0, -3.0, 0.5]), torch.tensor([2.0, -5.0, 0.5, 4.0])
    # trimmed to two: [4, 0, -3, 0] and [0, -5, 0, 4]; every entry has one side only, so the means are these
    two = [threshold(first, 0.5), threshold(second, 0.5)]
    torch.testing.assert_close(ties(base, [first, second], [1, 1], two, 1.0), torch.tensor([4.0, -5.0, -3.0, 4.0]))
    # untrimmed: signs + - - +; the means over the agreeing: (4+2)/2, -5, -3, (0.5+4)/2
    expected = torch.tensor([3.0, -5.0, -3.0, 2.25])
    torch.testing.assert_close(ties(base, [first, second], [1, 1], [0, 0], 1.0), expected)
    # weights 1 and 3 count in the election (1 - 15, 3 * 0.5 - 3) and in the mean: (4+6)/4, -5, -3, (0.5+12)/4
    weighed = torch.tensor([2.5, -5.0, -3.0, 3.125])
    torch.testing.assert_close(ties(base, [first, second], [1, 3], [0, 0], 1.0), weighed)


def test_dare_keeps_everything_at_density_one_and_the_expectation_below():
    a, b = pair(7)
    base = pair(8)[0]
    whole = dare(base, [a, b], [1, 2], 1.0, 0.5, seeded(2))
    torch.testing.assert_close(whole, task_arithmetic(base, [a, b], [1, 2], 0.5))
    (generator,) = seeded(1)
    mean = torch.stack([dare(base, [a], [1], 0.5, 1.0, [generator]) for _ in range(4000)]).mean(0)
    torch.testing.assert_close(mean, a, atol=0.25, rtol=0)
    kept = drop_and_rescale(torch.ones(10000), 0.25, generator)
    assert set(kept.tolist()) == {0.0, 4.0}
    assert (kept > 0).float().mean().item() == pytest.approx(0.25, abs=0.03)


def test_dare_ties_elects_among_what_was_kept():
    a, b = pair(14)
    base = pair(15)[0]
    thinned = [base + drop_and_rescale(x - base, 0.5, g) for x, g in zip((a, b), seeded(2), strict=True)]
    actual = dare_ties(base, [a, b], [1, 1], 0.5, 0.8, seeded(2))
    torch.testing.assert_close(actual, ties(base, thinned, [1, 1], [0, 0], 0.8), atol=1e-5, rtol=1e-5)
    assert (actual - task_arithmetic(base, thinned, [1, 1], 0.8)).abs().max() > 0.1


def test_dropping_in_parts_draws_the_same_entries():
    vector = torch.ones(1001)
    (whole,), (parts,) = seeded(1), seeded(1)
    pieces = [drop_and_rescale(piece, 0.5, parts) for piece in vector.split(300)]
    assert torch.equal(torch.cat(pieces), drop_and_rescale(vector, 0.5, whole))
