"""The lower back's load in rows against a sum over segments by hand, and against the measured order of rows."""

from __future__ import annotations

import numpy as np
import pytest

from bandwright.catalogue.exercises import find_exercise
from bandwright.catalogue.setups import default_setup
from bandwright.loads import WeightLoad
from bandwright.service.analysis import Analysis, analyse
from bandwright.service.claims import MEDIAN_MAN
from bandwright.units import GRAVITY_M_S2

SEGMENTS = {
    "middle trunk": (0.1633, 0.10),
    "upper trunk": (0.1596, 0.32),
    "head": (0.0694, 0.62),
    "both arms, hanging from the shoulders": (2 * (0.0271 + 0.0162 + 0.0061), 0.42),
}
"""Share of body mass (deLeva1996, men) and height above L5/S1 on an average trunk [m], read off a drawing."""


def _analysed(exercise: str) -> Analysis:
    return analyse(default_setup(find_exercise(exercise), MEDIAN_MAN), with_spread=False)


def test_hinged_body_weight_is_the_sum_of_its_segments() -> None:
    """Arms hanging, trunk leaning: within 20 % of mass times lever summed by hand, the worth of a drawing."""
    posed = _analysed("bent-over-dumbbell-row").posed
    lean = float(np.sin(posed.path.trunk_inclination[0]))
    by_hand = sum(share * height for share, height in SEGMENTS.values())
    by_hand *= MEDIAN_MAN.mass_kg * GRAVITY_M_S2 * lean
    assert posed.lumbar_weight[0] == pytest.approx(by_hand, rel=0.2)


def test_rows_load_the_back_in_the_measured_order() -> None:
    """A standing bent-over row loads the lower back more than a standing cable row (Fenwick2009)."""
    bent, upright = _analysed("bent-over-dumbbell-row"), _analysed("cable-row")
    assert bent.spine.moment_nm.max() > 2.0 * upright.spine.moment_nm.max()


def test_the_weight_in_the_hands_is_carried_too() -> None:
    """The dumbbells add their weight times their distance in front of L5/S1: under 1 % apart from geometry alone."""
    found = _analysed("bent-over-dumbbell-row")
    (dumbbells,) = found.setup.loads
    assert isinstance(dumbbells, WeightLoad)
    moment = found.spine.moment_nm[0] - found.posed.lumbar_weight[0]
    lever = found.posed.points["hand_r"][0, 0] - found.posed.points["lumbosacral"][0, 0]
    assert moment == pytest.approx(2 * dumbbells.mass_kg * GRAVITY_M_S2 * lever, rel=0.01)
