"""Loads on a posed repetition: who pulls where, and how hard."""

from __future__ import annotations

import numpy as np
import pytest

from bandwright.bands import Band, MartinRothStiehler
from bandwright.body import Person, Side
from bandwright.catalogue.exercises import find_exercise
from bandwright.errors import InputError
from bandwright.loads import (
    BandLoad,
    BodyWeightLoad,
    CableLoad,
    Point,
    WeightLoad,
    load_forces,
    place_m,
)
from bandwright.movements import PosedRepetition
from bandwright.service.bodies import posed_of
from bandwright.units import GRAVITY_M_S2

MAN = Person("male", 1.755, 84.6)
LOOP = Band("loop", "Loop", "Own", "loop", MartinRothStiehler(120.0, 0.44), 2.08)
SHEET = Band("sheet", "Sheet", "Own", "sheet", MartinRothStiehler(30.0, 0.44), 0.6)
MINI = Band("mini", "Mini", "Own", "mini-loop", MartinRothStiehler(40.0, 0.44), 0.5)


def _posed(exercise: str, side: Side = "r") -> PosedRepetition:
    return posed_of(find_exercise(exercise).movement, MAN, side)


def test_weight_pulls_straight_down_in_each_hand() -> None:
    """Two dumbbells load each hand with their own weight, one bell in both hands with half."""
    posed = _posed("bent-over-dumbbell-row")
    (each,) = load_forces((WeightLoad("bells", 10.0, "hands", count=2),), posed)
    (shared,) = load_forces((WeightLoad("bell", 10.0, "hands"),), posed)
    down = np.tile([0.0, 0.0, -10.0 * GRAVITY_M_S2], (51, 1))
    for side in ("r", "l"):
        assert each.force[side] == pytest.approx(down)
        assert shared.force[side] == pytest.approx(down / 2)


def test_cable_pulls_the_same_all_the_way_along_its_line() -> None:
    """A cable's force is constant, shared by both hands, and points from the hand to the pulley."""
    posed = _posed("cable-row")
    pulley = Point(1.8, 0.0, 0.4)
    (cable,) = load_forces((CableLoad("cable", 70.0, pulley, "hands"),), posed)
    assert np.linalg.norm(cable.force["r"], axis=1) == pytest.approx(35.0)
    line = np.array([1.8, 0.0, 0.4]) - posed.arms["r"].grip_path
    assert np.cross(line, cable.force["r"]) == pytest.approx(0.0, abs=1e-9)


def test_loop_split_between_two_hands_by_hand_calculation() -> None:
    """A loop from one anchor to both hands is one strand a side, shortened by the grip between the hands."""
    posed = _posed("straight-arm-pulldown")
    anchor = Point(1.1, 0.0, 2.1)
    (band,) = load_forces((BandLoad("b", LOOP, "single", anchor, "hands"),), posed)
    gap = float(np.linalg.norm(posed.points["hand_r"][0] - posed.points["hand_l"][0]))
    rest = (2.08 - gap) / 2
    length = float(np.linalg.norm(np.array([1.1, 0.0, 2.1]) - posed.arms["r"].grip_path[-1]))
    x = length / rest
    expected = 120.0 * (1 / x - 1 / x**2) * np.exp(0.44 * (x - 1 / x))
    assert float(np.linalg.norm(band.force["r"][-1])) == pytest.approx(expected)


def test_one_hand_feels_both_sides_of_a_loop() -> None:
    """The same loop to one hand pulls with two strands of half its length."""
    posed = _posed("single-arm-dumbbell-row")
    anchor = Point(1.6, -0.2, 0.2)
    (band,) = load_forces((BandLoad("b", LOOP, "single", anchor, "hand_r"),), posed)
    length = np.linalg.norm(np.array([1.6, -0.2, 0.2]) - posed.arms["r"].grip_path, axis=1)
    assert set(band.force) == {"r"}
    tension = LOOP.law.tension_n(length / 1.04)
    assert np.linalg.norm(band.force["r"], axis=1) == pytest.approx(2 * tension)


def test_band_between_the_hands_pulls_them_together() -> None:
    """A pull-apart loads both hands alike, inward, with the band's whole tension."""
    posed = _posed("band-pull-apart")
    (band,) = load_forces((BandLoad("b", SHEET, "strand", "hand_l", "hand_r"),), posed)
    middle = 20
    apart = posed.points["hand_l"][middle] - posed.points["hand_r"][middle]
    tension = float(SHEET.law.tension_n(np.linalg.norm(apart) / 0.6))
    assert tension > 0
    assert band.force["r"][middle] == pytest.approx(tension * apart / np.linalg.norm(apart))
    assert band.force["l"][middle] == pytest.approx(-band.force["r"][middle])


def test_band_between_the_hands_bends_over_the_chest() -> None:
    """With the hands behind the chest the band is longer than the straight line and pulls them forward too."""
    posed = _posed("band-pull-apart")
    (band,) = load_forces((BandLoad("b", SHEET, "strand", "hand_l", "hand_r"),), posed)
    straight = np.linalg.norm(posed.points["hand_l"] - posed.points["hand_r"], axis=1)
    assert band.band is not None
    assert np.all(band.band.length_m >= straight - 1e-12)
    assert band.band.length_m[0] == pytest.approx(straight[0])
    assert band.band.length_m[-1] > straight[-1] + 0.01
    assert band.force["r"][-1, 0] > 0
    assert np.abs(np.diff(band.band.length_m)).max() < 0.06
    mirrored = band.force["l"] * [1.0, -1.0, 1.0]
    assert band.force["r"] == pytest.approx(mirrored, abs=1e-9)


def test_mini_band_pulls_wrists_inward_with_both_strands() -> None:
    """A mini loop round both wrists: path 2a + 2πr over its circumference, twice the strand's tension."""
    posed = _posed("dumbbell-row-mini-band")
    (band,) = load_forces((BandLoad("b", MINI, "single", "wrists", "wrists"),), posed)
    assert band.contact == "wrist"
    apart = float(np.linalg.norm(posed.points["wrist_l"][0] - posed.points["wrist_r"][0]))
    x = (2 * apart + 2 * np.pi * 0.027) / 0.5
    assert float(np.linalg.norm(band.force["r"][0])) == pytest.approx(2 * float(MINI.law.tension_n(x)))
    assert band.force["r"][0, 1] > 0


def test_hands_carry_body_weight_less_assistance() -> None:
    """In an assisted pull-up the hands carry what the band does not, half each; most help at the bottom."""
    posed = _posed("band-assisted-pull-up")
    loads = (BodyWeightLoad("body"), BandLoad("b", LOOP, "single", "bar", "knee_r"))
    band, body = load_forces(loads, posed)
    assert band.on_body is not None
    carried = 2 * body.force["r"][:, 2] + band.on_body[:, 2]
    assert carried == pytest.approx(MAN.mass_kg * GRAVITY_M_S2)
    help_n = band.on_body[:, 2]
    assert help_n[0] == help_n.max()
    assert help_n[-1] == help_n.min()


def test_slack_band_pulls_nothing_but_keeps_its_direction() -> None:
    """A band that is too long for the set-up gives no force; where it would pull is still known."""
    posed = _posed("straight-arm-pulldown")
    long = Band("long", "Long", "Own", "loop", MartinRothStiehler(120.0, 0.44), 8.0)
    (band,) = load_forces((BandLoad("b", long, "single", Point(1.1, 0.0, 2.1), "hands"),), posed)
    assert band.force["r"] == pytest.approx(0.0, abs=0.0)
    assert np.linalg.norm(band.direction["r"], axis=1) == pytest.approx(1.0)


def test_height_by_stature() -> None:
    """An anchor given as a share of stature follows the person."""
    posed = _posed("face-pull")
    at = place_m(posed, Point(1.0, 0.0, z_stature=0.8), "r")
    assert at[0] == pytest.approx([1.0, 0.0, 0.8 * 1.755])


def test_unknown_place_names_the_places() -> None:
    """A place this body does not have is refused with the nearest one."""
    posed = _posed("face-pull")
    with pytest.raises(InputError, match="Did you mean 'foot_r'"):
        place_m(posed, "foot_right", "r")  # type: ignore[arg-type]  # no such place, on purpose


def test_anchor_in_the_hand_is_refused() -> None:
    """A load that ends where it starts has no direction."""
    posed = _posed("face-pull")
    with pytest.raises(InputError, match="starts where it ends"):
        load_forces((CableLoad("c", 50.0, "hand_r", "hand_r"),), posed)
