"""Isometric whole-joint strength of the median person against published measurements (decision 0005).

Every row of `strength_targets.csv` is its own test. A row the model is known to miss carries the model's figure in
the table and is expected to fail, strictly: when it starts to agree, the record has to be mended with
`python benchmarks/fit_strength.py --write`.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bandwright.body.strength import calibration
from bandwright.catalogue.anatomy import load_anatomy, load_strength_table
from bandwright.service.bodies import strength_of
from bandwright.service.validation.strength_model import capacity, modelled, present_calibration
from bandwright.service.validation.strength_targets import MEDIAN, Target, arm_targets, load_targets
from benchmarks import fit_strength


def _row(target: Target) -> object:
    if target.known_miss is None:
        return pytest.param(target, id=target.id)
    reason = f"known miss: {target.known_miss:.0f} against {target.value:.0f} ± {target.tolerance:.0f}"
    return pytest.param(target, id=target.id, marks=pytest.mark.xfail(reason=reason, strict=True))


@pytest.mark.parametrize("target", [_row(target) for target in arm_targets()])
def test_capacity_is_within_the_measured_spread(target: Target) -> None:
    """Within the study's SD, or 30 % where that is not known; a gymnast's peak is not exceeded."""
    found = capacity(target, present_calibration())
    assert target.holds(found), f"{found:.0f} against {target.value:.0f} ± {target.tolerance:.0f}"


@pytest.mark.parametrize("target", [target for target in arm_targets() if target.known_miss is not None])
def test_recorded_misses_are_current(target: Target) -> None:
    """The record of a miss states what the model gives today, to 5 %."""
    assert capacity(target, present_calibration()) == pytest.approx(target.known_miss, rel=0.05)


@pytest.mark.parametrize("target", [t for t in load_targets() if t.action == "trunk_extension"])
def test_back_extension_is_within_the_measured_spread(target: Target) -> None:
    """The back's strength comes from another study (KoreanLumbar1997) than the one it is held against here."""
    assert target.holds(modelled(target))


def _curve_bias(targets: list[Target]) -> dict[str, float]:
    """Mean logarithm of modelled over measured for each study and action."""
    logs: dict[str, list[float]] = {}
    for target in targets:
        logs.setdefault(target.curve, []).append(
            np.log(capacity(target, present_calibration()) / target.value)
        )
    return {curve: float(np.mean(values)) for curve, values in logs.items()}


def test_whole_joint_torques_have_no_overall_bias() -> None:
    """Averaged over study curves, measured torque is met within 15 %, half the spread between people."""
    torques = [t for t in arm_targets() if t.role == "fit" and not t.action.startswith("girdle")]
    bias = list(_curve_bias(torques).values())
    assert abs(float(np.mean(bias))) < np.log(1.15)


def test_women_are_weaker_by_the_measured_ratio() -> None:
    """Women over men, as modelled and as measured by Stobbe1982 in the same postures, agree within 20 %."""
    pairs = {
        sex: {t.action: t for t in arm_targets() if t.source == "Stobbe1982" and t.sex == sex}
        for sex in MEDIAN
    }
    logs = []
    for action, woman in pairs["female"].items():
        man = pairs["male"][action]
        share = capacity(woman, present_calibration()) / capacity(man, present_calibration())
        logs.append(np.log(share / (woman.value / man.value)))
    assert abs(float(np.mean(logs))) < np.log(1.2)


def test_teres_major_is_small_beside_latissimus() -> None:
    """Models of living people give latissimus 4.8 times the force of teres major (DelftDonor_vs_living)."""
    strength = strength_of(MEDIAN["male"])
    groups = [muscle.group for muscle in load_anatomy().muscles]
    force = {g: strength.force_n[[x == g for x in groups]].sum() for g in ("latissimus_dorsi", "teres_major")}
    assert 3.5 < force["latissimus_dorsi"] / force["teres_major"] < 6.0


def test_gradient_by_calibration_agrees_with_differences() -> None:
    """The slopes the fit uses, from the programme's prices, equal central differences (two methods)."""
    targets = arm_targets()[::17]
    for target in targets:
        fit = fit_strength.Fit([target])
        here = np.linspace(-0.05, 0.05, len(fit.prior))
        slopes = fit.misses(here)[1][0]
        for axis, direction in enumerate(np.eye(len(here)) * 1e-4):
            up, down = (fit.misses(here + sign * direction)[0][0] for sign in (1, -1))
            assert (up - down) / 2e-4 == pytest.approx(slopes[axis], rel=0.02, abs=0.01)


def test_capacity_grows_with_strength() -> None:
    """No muscle is made a hindrance by being stronger: doubling all forces never lowers a strength (monotony)."""
    now = present_calibration()
    for target in arm_targets()[::5]:
        assert capacity(target, replace(now, force=2.0 * now.force)) >= capacity(target, now)


def test_an_elements_own_factor_wins_over_its_muscles() -> None:
    """The upper trapezius may be scaled apart from the rest of the muscle."""
    table = load_strength_table()
    anatomy = load_anatomy()
    factors = dict(
        zip([muscle.id for muscle in anatomy.muscles], calibration(anatomy, table).force, strict=True)
    )
    assert factors["trapezius_clavicular"] == table.group["trapezius_clavicular"]
    assert factors["trapezius_middle"] == table.group["trapezius"]
