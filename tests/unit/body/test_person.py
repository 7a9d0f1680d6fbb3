"""From a person to bone sizes, masses and strength."""

from __future__ import annotations

import numpy as np
import pytest

from bandwright.body import Person, proportions
from bandwright.body.spine import ErectorLump, erector_force_n, spinal_load
from bandwright.body.strength import (
    actuator_problems,
    lean_mass_kg,
    relative_strength,
)
from bandwright.catalogue.anatomy import load_anatomy, load_erectors, load_ratios, load_strength_table
from bandwright.service.bodies import body_of, holder_of

MAN = Person("male", 1.755, 84.6)
WOMAN = Person("female", 1.626, 66.8)


def _lengths(person: Person) -> dict[str, float]:
    """Upper arm, forearm and biacromial breadth of the compiled model at rest [m]."""
    body = body_of(person)
    joints, scale = body.anatomy.joints, body.sizes.scale
    wrist = joints["radioulnar"].parent_offset_m + joints["wrist"].parent_offset_m
    return {
        "upper_arm": scale.humerus * float(np.linalg.norm(joints["elbow"].parent_offset_m)),
        "forearm": scale.forearm * float(np.linalg.norm(wrist)),
        "breadth": 2 * body.sizes.half_biacromial_m,
    }


@pytest.mark.parametrize("person", [MAN, WOMAN])
def test_segments_have_the_surveyed_lengths(person: Person) -> None:
    """Upper arm and forearm are de Leva's shares of stature, the shoulders ANSUR's."""
    ratios, lengths = load_ratios(person), _lengths(person)
    assert lengths["upper_arm"] == pytest.approx(ratios["upper_arm_length"] * person.stature_m)
    assert lengths["forearm"] == pytest.approx(ratios["forearm_length"] * person.stature_m)
    assert lengths["breadth"] == pytest.approx(ratios["biacromial_breadth"] * person.stature_m)


def test_given_arm_lengths_win() -> None:
    """A person's own upper arm and forearm replace those scaled from stature."""
    own = Person("male", 1.755, 84.6, upper_arm_m=0.31, forearm_m=0.25)
    lengths = _lengths(own)
    assert lengths["upper_arm"] == pytest.approx(0.31)
    assert lengths["forearm"] == pytest.approx(0.25)


@pytest.mark.parametrize("person", [MAN, WOMAN])
def test_segment_masses_add_up_to_the_body(person: Person) -> None:
    """Model masses plus legs and feet are the whole body (deLeva1996 shares sum to 1)."""
    body = body_of(person)
    legs = 2 * sum(body.sizes.mass_kg(part) for part in ("thigh", "shank", "foot"))
    assert body.model.body_mass.sum() + legs == pytest.approx(person.mass_kg, rel=0.002)


def test_standing_height_is_the_stature() -> None:
    """Hip height plus trunk and head is the stature given, whatever the sex."""
    for person in (MAN, WOMAN):
        sizes = proportions(person, load_ratios(person), load_anatomy())
        hip = sizes.length_m("hip_height")
        body = body_of(person)
        vertex = body.model.site("vertex").pos[2] + sizes.lumbosacral_height_m
        assert hip + vertex == pytest.approx(person.stature_m)


def test_lean_mass_is_of_the_published_size() -> None:
    """Boer's formula gives about three quarters of a median man's mass and two thirds of a woman's."""
    assert lean_mass_kg(MAN) == pytest.approx(62.1, abs=0.1)
    assert lean_mass_kg(WOMAN) == pytest.approx(45.4, abs=0.1)


def test_strength_by_sex_and_size() -> None:
    """A median woman's joints give half a median man's torque; a bigger person of the same sex gives more."""
    table = load_strength_table()
    assert relative_strength(MAN, table) == pytest.approx(1.0)
    assert relative_strength(WOMAN, table) == pytest.approx(0.5)
    assert relative_strength(Person("male", 1.87, 110.7), table) > 1.1
    small, large = (holder_of(Person("female", h, m)).strength for h, m in ((1.53, 51.0), (1.74, 87.0)))
    assert (large.force_n > small.force_n).all()
    assert large.grip_pull_n > small.grip_pull_n


def test_fibres_keep_their_share_of_a_bigger_body() -> None:
    """Fibre and tendon lengths grow with the muscle, so a tall person's muscles work at the same lengths."""
    small, large = holder_of(WOMAN).strength, holder_of(Person("male", 1.95, 95.0)).strength
    ratio = large.optimal_fibre_m / small.optimal_fibre_m
    assert large.tendon_slack_m == pytest.approx(ratio * small.tendon_slack_m, rel=1e-9)
    assert (ratio > 1.05).all()


def test_every_actuator_acts_on_something_the_model_has() -> None:
    """No actuator names an equation that does not exist, and passive ones do not grow with strength."""
    table = load_strength_table()
    assert actuator_problems(table.actuators) == []
    weak, strong = holder_of(WOMAN).strength.actuators, holder_of(MAN).strength.actuators
    for a, b in zip(weak, strong, strict=True):
        assert (a.size == b.size) == a.passive


def test_erectors_share_the_moment() -> None:
    """The lumps of both sides together give the L5/S1 moment through their levers."""
    lumps = load_erectors()
    assert sum(lump.force_share for lump in lumps) == pytest.approx(1.0, abs=1e-3)
    spine = spinal_load(np.array([120.0, -30.0]), 270.0, supported=False)
    moment = sum(2 * erector_force_n(lump, lumps, spine) * lump.lever_m for lump in lumps)
    assert moment == pytest.approx([120.0, 0.0], rel=1e-3, abs=1e-9)
    assert isinstance(lumps[0], ErectorLump)
