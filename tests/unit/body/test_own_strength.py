"""Strength by muscle group: who belongs where, what scales, and the Gaussian update."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bandwright.body import Person
from bandwright.body.own_strength import (
    COMMON_SD,
    GROUP_SD,
    GROUPS,
    StrengthEstimate,
    group_of_column,
    population_estimate,
    scaled_strength,
    updated,
)
from bandwright.catalogue.anatomy import load_anatomy
from bandwright.service.bodies import strength_of

MAN = Person("male", 1.8, 80.0)


def test_every_muscle_has_a_group_and_no_ligament_has() -> None:
    """Nothing a person trains is left out; what is passive does not grow."""
    groups = group_of_column(load_anatomy())
    assert [one.id for one in load_anatomy().muscles if groups[one.id] < 0] == []
    assert {one.id for one in strength_of(MAN).actuators if one.id in groups} == {
        one.id for one in strength_of(MAN).actuators if not one.passive
    }


def test_an_element_of_its_own_group_leaves_its_muscle() -> None:
    """The upper trapezius goes with the levator, the rest with the rhomboids."""
    groups = group_of_column(load_anatomy())
    assert groups["trapezius_clavicular"] == groups["levator_scapulae"]
    assert groups["trapezius_middle"] == groups["rhomboid_major"] != groups["levator_scapulae"]


def test_before_any_pull_groups_share_most_of_their_spread() -> None:
    """Each group spreads by both parts, two of them correlate by the common part's share."""
    prior = population_estimate()
    total = COMMON_SD**2 + GROUP_SD**2
    assert prior.log_sd == pytest.approx(np.full(len(GROUPS), total**0.5))
    assert prior.covariance[0, 1] / total == pytest.approx(COMMON_SD**2 / total)


def test_scaling_reaches_muscles_actuators_and_grip_by_their_own_factor() -> None:
    """Each force grows by its group's factor; ligaments and the back stay."""
    anatomy, before = load_anatomy(), strength_of(MAN)
    logs = np.linspace(-0.3, 0.4, len(GROUPS))
    estimate = StrengthEstimate(logs, population_estimate().covariance)
    after, groups = scaled_strength(before, anatomy, estimate), group_of_column(anatomy)
    wanted = [np.exp(logs[groups[muscle.id]]) for muscle in anatomy.muscles]
    assert after.force_n / before.force_n == pytest.approx(np.array(wanted))
    for old, new in zip(before.actuators, after.actuators, strict=True):
        by = 1.0 if old.passive else np.exp(logs[groups[old.id]])
        assert (new.lower, new.upper) == pytest.approx((old.lower * by, old.upper * by))
    assert after.grip_pull_n == pytest.approx(before.grip_pull_n * np.exp(0.4))
    assert after.back_extension_nm == before.back_extension_nm


@given(group=st.integers(0, len(GROUPS) - 1), seen=st.floats(-0.5, 0.5), log_sd=st.floats(0.02, 0.5))
def test_one_direct_measurement_gives_the_textbook_mean(group: int, seen: float, log_sd: float) -> None:
    """Measuring one group: prior and measurement weigh by their variances; the others follow by correlation."""
    prior = population_estimate()
    found = updated(prior, np.eye(len(GROUPS))[[group]], np.array([seen]), np.array([log_sd]))
    before = COMMON_SD**2 + GROUP_SD**2
    assert found.log_mean[group] == pytest.approx(seen * before / (before + log_sd**2))
    assert found.log_sd[group] ** -2 == pytest.approx(1 / before + 1 / log_sd**2)
    other = (group + 1) % len(GROUPS)
    assert found.log_mean[other] == pytest.approx(seen * COMMON_SD**2 / (before + log_sd**2))


@given(seed=st.integers(0, 10_000))
def test_order_does_not_matter_and_nothing_grows_less_certain(seed: int) -> None:
    """Two measurements at once or one after the other come to the same; no spread grows."""
    rng, prior = np.random.default_rng(seed), population_estimate()
    slopes, seen, log_sd = rng.normal(size=(2, len(GROUPS))), rng.normal(size=2), rng.uniform(0.05, 0.3, 2)
    together = updated(prior, slopes, seen, log_sd)
    first = updated(prior, slopes[:1], seen[:1], log_sd[:1])
    then = updated(first, slopes[1:], seen[1:] - slopes[1:] @ first.log_mean, log_sd[1:])
    assert then.log_mean == pytest.approx(together.log_mean, abs=1e-9)
    assert then.covariance == pytest.approx(together.covariance, abs=1e-9)
    assert np.all(together.log_sd <= prior.log_sd + 1e-12)
