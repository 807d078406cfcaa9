"""Each merge method against its formula."""

import math

import pytest
import torch

from trainer.merge.methods.dare import dare
from trainer.merge.methods.linear import linear
from trainer.merge.methods.slerp import slerp, slerp_chain
from trainer.merge.methods.task_arithmetic import task_arithmetic
from trainer.merge.methods.ties import ties, trim

SEEDS = range(20)


def pair(seed: int) -> tuple[torch.Tensor, torch.Tensor]:
    generator = torch.Generator().manual_seed(seed)
    return torch.randn(7, 5, generator=generator), torch.randn(7, 5, generator=generator)


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
    torch.testing.assert_close(slerp_chain([a, a, a])[0], a)
    assert slerp_chain([a, a, a])[1:] == (2, 2)
    assert slerp_chain([a, b])[1:] == (1, 0)
    torch.testing.assert_close(slerp_chain([a, b], 0.2)[0], slerp(0.2, a, b)[0])


def test_a_chain_of_three_takes_the_third_at_a_third():
    a, b = pair(2)
    c = pair(3)[0]
    torch.testing.assert_close(slerp_chain([a, b, c])[0], slerp(1 / 3, slerp(0.5, a, b)[0], c)[0])


def test_linear_is_the_weighted_mean():
    a, b = pair(4)
    torch.testing.assert_close(linear([a, b], [3.0, 1.0]), 0.75 * a + 0.25 * b)


def test_task_arithmetic_adds_scaled_differences():
    a, b = pair(5)
    base = pair(6)[0]
    torch.testing.assert_close(task_arithmetic(base, [a, b], 0.4), base + 0.4 * ((a - base) + (b - base)))


def test_trim_keeps_the_largest():
    assert trim(torch.tensor([1.0, -4.0, 2.0, 3.0]), 0.5).tolist() == [0, -4, 0, 3]
    assert trim(torch.tensor([1.0, -4.0]), 0.0).tolist() == [0, 0]


def test_ties_on_an_example_worked_by_hand():
    base = torch.zeros(4)
    first, second = torch.tensor([4.0, 1.0, -3.0, 0.5]), torch.tensor([2.0, -5.0, 0.5, 4.0])
    # trimmed to two: [4, 0, -3, 0] and [0, -5, 0, 4]; every entry has one side only, so the means are these
    torch.testing.assert_close(ties(base, [first, second], 0.5, 1.0), torch.tensor([4.0, -5.0, -3.0, 4.0]))
    # untrimmed: signs + - - +; the means over the agreeing: (4+2)/2, -5, -3, (0.5+4)/2
    torch.testing.assert_close(ties(base, [first, second], 1.0, 1.0), torch.tensor([3.0, -5.0, -3.0, 2.25]))


def test_dare_keeps_everything_at_density_one_and_the_expectation_below():
    a, b = pair(7)
    base = pair(8)[0]
    generator = torch.Generator().manual_seed(0)
    torch.testing.assert_close(dare(base, [a, b], 1.0, 0.5, generator), task_arithmetic(base, [a, b], 0.5))
    mean = torch.stack([dare(base, [a], 0.5, 1.0, generator) for _ in range(4000)]).mean(0)
    torch.testing.assert_close(mean, a, atol=0.25, rtol=0)
    kept = dare(torch.zeros(10000), [torch.ones(10000)], 0.25, 1.0, generator)
    assert set(kept.tolist()) == {0.0, 4.0}
    assert (kept > 0).float().mean().item() == pytest.approx(0.25, abs=0.03)
