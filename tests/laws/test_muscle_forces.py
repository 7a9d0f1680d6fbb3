"""Laws of passive pull, of force and speed, and of cross-sections, on whole exercises."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bandwright.body import Person
from bandwright.body.own_strength import population_estimate, scaled_strength
from bandwright.body.strength import calibration
from bandwright.catalogue.anatomy import load_anatomy, load_strength_table
from bandwright.catalogue.exercises import find_exercise, load_exercises
from bandwright.catalogue.setup import Tempo
from bandwright.catalogue.setups import default_setup
from bandwright.catalogue.specific_tension import load_specific_tension
from bandwright.curves.arm import TOLERANCE, ArmResult, probe_force, recruitment_problem
from bandwright.mechanics import ArmEquations, Demand, arm_equations, load_demand
from bandwright.service.analysis import analyse
from bandwright.service.bodies import holder_of, posed_of

MAN = Person("male", 1.755, 84.6)
EXERCISES = ("bent-over-dumbbell-row", "straight-arm-pulldown", "band-external-rotation", "face-pull")


def solved(exercise: str, lift_s: float | None = None) -> ArmResult:
    """The working arm in the exercise's usual set-up."""
    setup = default_setup(find_exercise(exercise), MAN)
    tempo = None if lift_s is None else Tempo(lift_s=lift_s, hold_s=0.0, lower_s=1.0)
    return analyse(replace(setup, tempo=tempo), with_spread=False).working


def equations_of(exercise: str, lift_s: float | None = None) -> ArmEquations:
    """The joint equations of its right arm."""
    holder = holder_of(MAN)
    posed = posed_of(find_exercise(exercise).movement, MAN, "r", lift_s)
    return arm_equations(posed, "r", holder.strength, holder.cone)


@pytest.mark.parametrize("exercise", EXERCISES)
def test_all_muscle_forces_together_hold_the_arm(exercise: str) -> None:
    """Tendon forces (active and passive) times moment arms, and the actuators, balance what weight and load ask.

    So do their pushes on the humeral head keep it in its socket as far as recruitment says.
    """
    result = solved(exercise)
    arm = posed_of(find_exercise(exercise).movement, MAN, "r").arms["r"]
    equations, muscles = result.equations, result.equations.force_n.shape[1]
    tendon = result.activation * equations.force_n + equations.passive_force_n
    given = np.einsum("kin,kn->ki", arm.moment_arm, tendon)
    others = result.recruitment.activation[:, muscles:]
    given += np.einsum("kin,kn->ki", equations.moment[:, :, muscles:], others)
    left = result.demand.torque - given
    np.testing.assert_allclose(left, result.recruitment.residual, atol=1e-9)
    assert np.abs(left).max() <= TOLERANCE.torque_nm
    facets = holder_of(MAN).cone.facets
    head = np.einsum("kin,kn->ki", arm.head_force_by_muscle, tendon) + result.demand.head
    press = head @ facets.T + np.einsum("kfn,kn->kf", equations.cone[:, :, muscles:], others)
    np.testing.assert_allclose(np.maximum(press, 0.0), result.recruitment.cone_excess, atol=1e-9)


@pytest.mark.parametrize("exercise", EXERCISES)
def test_strength_and_recruitment_see_the_same_passive_pull(exercise: str) -> None:
    """What holds the greatest load in the strength problem holds it in the recruitment problem too."""
    result, holder = solved(exercise), holder_of(MAN)
    posed = posed_of(find_exercise(exercise).movement, MAN, "r")
    setup = default_setup(find_exercise(exercise), MAN)
    forces = analyse(setup, with_spread=False).forces
    load = load_demand(posed.arms["r"], probe_force(forces, "r", result.hand))
    factor, limb = result.capacity.factor[:, None], result.equations.limb
    demand = Demand(limb.torque + factor * load.torque, limb.head + factor * load.head)
    problem = recruitment_problem(result.equations, demand, holder.cone)
    held = np.einsum("kin,kn->ki", problem.moment, result.capacity.activation)
    press = np.einsum("kfn,kn->kf", problem.cone, result.capacity.activation)
    assert np.abs(held - problem.torque).max() <= TOLERANCE.torque_nm * (1 + 1e-6)
    assert (press - problem.cone_limit).max() <= TOLERANCE.cone_n * (1 + 1e-6)


@pytest.mark.parametrize("exercise", sorted(load_exercises()))
def test_no_relaxed_muscle_pulls_a_third_of_its_strength(exercise: str) -> None:
    """Stretched muscle resists, but the postures of a lift do not tear at it: under 0.3 of its greatest force."""
    share = equations_of(exercise).passive_force_n / holder_of(MAN).strength.force_n
    assert (share >= 0.0).all()
    assert share.max() < 0.3


def test_speed_follows_the_tempo() -> None:
    """Halfway a minimum-jerk lift of T seconds runs 1.875 / T of itself a second (FlashHogan1985); the ends rest."""
    movement = find_exercise("straight-arm-pulldown").movement
    still, moving = (posed_of(movement, MAN, "r", lift_s).arms["r"] for lift_s in (None, 2.0))
    assert not still.muscle_velocity.any()
    slope = (still.muscle_length[26] - still.muscle_length[24]) / (2 * 0.02)
    np.testing.assert_allclose(moving.muscle_velocity[25], slope * 1.875 / 2.0, atol=1e-6)
    assert np.abs(moving.muscle_velocity[[0, -1]]).max() == pytest.approx(0.0, abs=1e-9)


def test_shortening_weakens_and_lengthening_strengthens() -> None:
    """Against the isometric forces, muscles that shorten give less, those that lengthen more, up to 1.4 times."""
    still, moving = (equations_of("straight-arm-pulldown", lift_s) for lift_s in (None, 1.0))
    ratio = moving.force_n / still.force_n
    speed = posed_of(find_exercise("straight-arm-pulldown").movement, MAN, "r", 1.0).arms["r"].muscle_velocity
    assert (ratio[speed < -1e-4] < 1.0).all()
    assert (ratio[speed > 1e-4] > 1.0).all()
    assert ratio.max() < 1.4
    np.testing.assert_allclose(moving.passive_force_n, still.passive_force_n, rtol=1e-8)


@pytest.mark.parametrize("exercise", ["straight-arm-pulldown", "face-pull"])
def test_a_slow_lift_is_as_strong_as_a_held_one(exercise: str) -> None:
    """In a lift of a quarter of an hour strength, effort and activations are the isometric ones."""
    held, slow = solved(exercise), solved(exercise, 900.0)
    np.testing.assert_allclose(slow.strength_n, held.strength_n, rtol=2e-3)
    np.testing.assert_allclose(slow.effort, held.effort, rtol=2e-3)
    np.testing.assert_allclose(slow.activation, held.activation, atol=2e-3)


def test_cross_sections_are_those_of_the_donors() -> None:
    """The latissimus has the 5.6 ± 0.5 cm² of twelve cadavers (Gerling2013)."""
    tension = load_specific_tension()
    parts = [one for one in load_anatomy().muscles if one.group == "latissimus_dorsi"]
    total = sum(one.max_isometric_force_n for one in parts) / tension.published
    assert total == pytest.approx(5.6, abs=0.5)


def test_force_is_cross_section_times_tension_times_factor() -> None:
    """For a man and a woman; what relaxed muscle pulls has no factor for strength in it, and none of one's own."""
    tension, factors = load_specific_tension(), calibration(load_anatomy(), load_strength_table()).force
    for person in (MAN, Person("female", 1.626, 66.8)):
        strength = holder_of(person).strength
        np.testing.assert_allclose(strength.force_n, strength.pcsa_cm2 * tension.active * factors)
        np.testing.assert_allclose(strength.passive_force_n, strength.pcsa_cm2 * tension.passive)
    strong = replace(population_estimate(), log_mean=population_estimate().log_mean + 0.3)
    own = scaled_strength(strength, load_anatomy(), strong)
    np.testing.assert_allclose(own.force_n, strength.force_n * np.exp(0.3))
    np.testing.assert_array_equal(own.passive_force_n, strength.passive_force_n)
