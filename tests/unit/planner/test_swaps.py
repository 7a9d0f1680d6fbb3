"""Which sets to swap, on made-up exercises."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bandwright.planner.balance import share_of
from bandwright.planner.swaps import best_swap, swapped
from bandwright.planner.training import Training
from tests.unit.planner.weeks import COUNTING, WEEKS, fibre, training, trainings

BAND = training("bands-alone", sets=4, lats=fibre(0.3, 0.3))
PLAIN = training("no-bands", lats=fibre(0.3, 0.3))
WEAK = training("no-bands", lats=fibre(0.03, 0.03))


def test_the_fewest_sets_that_do() -> None:
    """Of four even sets two must go for the share to fall from 100 % to two thirds or less."""
    swap = best_swap([BAND], {0: [PLAIN]}, "lats", COUNTING)
    assert swap is not None
    assert swap.sets == 2
    assert share_of(swapped([BAND], swap, {0: [PLAIN]}), "lats", "bands-alone") == pytest.approx(0.5)


def test_the_option_that_works_the_muscle() -> None:
    """An exercise that hardly works it frees it with more sets, so it is not chosen."""
    swap = best_swap([BAND], {0: [WEAK, PLAIN]}, "lats", COUNTING)
    assert swap is not None
    assert swap.option == 1


def test_no_swap_for_another_band() -> None:
    """Bands for bands lowers nothing, and nothing to choose from gives no swap."""
    assert best_swap([BAND], {0: [BAND]}, "lats", COUNTING) is None
    assert best_swap([BAND], {}, "lats", COUNTING) is None


@given(WEEKS, trainings("bands-alone"), trainings("no-bands"), st.data())
def test_a_swap_always_lowers_the_share(
    week: list[Training], band: Training, plain: Training, data: st.DataObject
) -> None:
    """And no possible swap frees the muscle with fewer sets."""
    base, options = [band, *week], {0: [plain]}
    swap = best_swap(base, options, "lats", COUNTING)
    assert swap is not None
    after = share_of(swapped(base, swap, options), "lats", "bands-alone")
    assert after < share_of(base, "lats", "bands-alone")
    fewer = data.draw(st.integers(1, swap.sets))
    if fewer < swap.sets and after <= COUNTING.reliant_above:
        less = swapped(base, type(swap)(0, 0, fewer), options)
        assert share_of(less, "lats", "bands-alone") > COUNTING.reliant_above
    assert sum(one.sets for one in swapped(base, swap, options)) == sum(one.sets for one in base)
