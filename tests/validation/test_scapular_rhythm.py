"""Our scapular rhythm, measured on one person, against figures of groups."""

from __future__ import annotations

from typing import Final

import pytest

from bandwright.service.validation.scapula_rhythm import RhythmFigure, rhythm_figures

FIGURES: Final = {one.id: one for one in rhythm_figures()}

ONE_PERSON_SDS: Final = 2.0
"""One person of twenty lies further from a group's mean than two of its SD."""


@pytest.mark.parametrize("one", [one for one in FIGURES.values() if one.sd], ids=lambda one: one.id)
def test_one_person_lies_within_the_group(one: RhythmFigure) -> None:
    """Where a study gives its spread our person is an ordinary one of it."""
    assert one.value is not None
    assert one.sd is not None
    assert abs(one.model - one.value) <= ONE_PERSON_SDS * one.sd


@pytest.mark.parametrize("plane", ["abduction", "flexion"])
def test_collar_bone_lifts_as_measured(plane: str) -> None:
    """The lift of the collar bone is within the means of the three planes (Ludewig2004)."""
    one = FIGURES[f"clavicle_elevation_{plane}"]
    assert one.span is not None
    assert one.span[0] <= one.model <= one.span[1]


def test_thirty_percent_less_reaches_the_group() -> None:
    """With 30 % less scapular motion the blade turns up as far as fifteen others' on average (Dayanidhi2005)."""
    one = FIGURES["upward_rotation_scapular_plane"]
    assert one.value is not None
    assert 0.7 * one.model == pytest.approx(one.value, abs=2.0)


@pytest.mark.parametrize("plane", ["abduction", "flexion"])
def test_collar_bone_retracts_little(plane: str) -> None:
    """A known miss, stated so that it cannot go unseen: it draws back less than in any plane of the group's means."""
    one = FIGURES[f"clavicle_retraction_{plane}"]
    assert one.span is not None
    assert one.span[0] > one.model > 0.0
