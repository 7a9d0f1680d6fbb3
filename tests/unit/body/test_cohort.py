"""People drawn at random are spread as the survey's are."""

from __future__ import annotations

import numpy as np
import pytest

from bandwright.body import Sex
from bandwright.body.cohort import draw_members
from bandwright.body.own_strength import COMMON_SD
from bandwright.catalogue.anatomy import SEXES, load_surveys

MANY = 6000


@pytest.mark.parametrize("sex", SEXES)
def test_the_percentiles_of_the_survey(sex: Sex) -> None:
    """Fifth, middle and 95th percentile of stature and mass, how they go together, and how strength differs."""
    survey = load_surveys()[sex]
    drawn = draw_members(load_surveys(), [sex] * MANY, np.random.default_rng(3), strength_varies=True)
    figures = np.array([(one.person.stature_m, one.person.mass_kg, one.strength) for one in drawn])
    wanted = [list(survey.percentile).index(share) for share in (5, 50, 95)]
    stature, mass = (np.percentile(figures[:, column], [5, 50, 95]) for column in (0, 1))
    # A 95th percentile of 6000 is known to a fifteenth of a standard deviation, twice.
    assert stature == pytest.approx(survey.stature_m[wanted], abs=0.008)
    assert mass == pytest.approx(survey.mass_kg[wanted], rel=0.03)
    assert np.corrcoef(figures[:, :2].T)[0, 1] == pytest.approx(survey.correlation, abs=0.04)
    assert np.log(figures[:, 2]).mean() == pytest.approx(0.0, abs=0.015)
    assert np.log(figures[:, 2]).std() == pytest.approx(COMMON_SD, rel=0.08)
    for column, known in ((0, survey.stature_m), (1, survey.mass_kg)):
        assert known[0] <= figures[:, column].min()
        assert figures[:, column].max() <= known[-1]


def test_the_same_seed_draws_the_same_people() -> None:
    """However many are drawn, the first are the same; another seed draws others."""
    turns: list[Sex] = ["female", "male"] * 5

    def drawn(count: int, seed: int) -> tuple[object, ...]:
        rng = np.random.default_rng(seed)
        return draw_members(load_surveys(), turns[:count], rng, strength_varies=False)

    assert drawn(10, 1)[:4] == drawn(4, 1)
    assert drawn(4, 1) != drawn(4, 2)


def test_strength_may_be_left_out() -> None:
    """Then nobody is stronger than others of that size and sex, and the bodies stay the same."""
    with_it, without = (
        draw_members(load_surveys(), ["male"] * 5, np.random.default_rng(1), strength_varies=varies)
        for varies in (True, False)
    )
    assert {one.strength for one in without} == {1.0}
    assert [one.person for one in with_it] == [one.person for one in without]
