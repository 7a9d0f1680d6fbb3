"""Isometric whole-joint strength of the median person against published measurements (decision 0005).

Every row of `strength_targets.csv` is its own test. A row the model is known to miss carries the model's figure in
the table and is expected to fail, strictly: when it starts to agree, the record has to be mended with
`python benchmarks/fit_strength.py --write`.
"""

from __future__ import annotations

import numpy as np
import pytest

from bandwright.body.strength import muscle_factors
from bandwright.catalogue.anatomy import load_anatomy, load_strength_table
from bandwright.service.bodies import strength_of
from benchmarks import fit_strength
from benchmarks.fit_strength import MEDIAN, Target, arm_targets, capacity, load_targets


def _factors() -> fit_strength.Array:
    return muscle_factors(load_anatomy(), load_strength_table())


def _row(target: Target) -> object:
    if target.known_miss is None:
        return pytest.param(target, id=target.id)
    reason = f"known miss: {target.known_miss:.0f} against {target.value:.0f} ± {target.tolerance:.0f}"
    return pytest.param(target, id=target.id, marks=pytest.mark.xfail(reason=reason, strict=True))


@pytest.mark.parametrize("target", [_row(target) for target in arm_targets()])
def test_capacity_is_within_the_measured_spread(target: Target) -> None:
    """Within the study's SD, or 30 % where that is not known; a gymnast's peak is not exceeded."""
    modelled = capacity(target, _factors())
    assert target.holds(modelled), f"{modelled:.0f} against {target.value:.0f} ± {target.tolerance:.0f}"


@pytest.mark.parametrize("target", [target for target in arm_targets() if target.known_miss is not None])
def test_recorded_misses_are_current(target: Target) -> None:
    """The record of a miss states what the model gives today, to 5 %."""
    assert capacity(target, _factors()) == pytest.approx(target.known_miss, rel=0.05)


@pytest.mark.parametrize("target", [t for t in load_targets() if t.action == "trunk_extension"])
def test_back_extension_is_within_the_measured_spread(target: Target) -> None:
    """The back's strength comes from another study (KoreanLumbar1997) than the one it is held against here."""
    assert target.holds(strength_of(MEDIAN[target.sex]).back_extension_nm)


def _curve_bias(targets: list[Target]) -> dict[str, float]:
    """Mean logarithm of modelled over measured for each study and action."""
    logs: dict[str, list[float]] = {}
    for target in targets:
        logs.setdefault(target.curve, []).append(np.log(capacity(target, _factors()) / target.value))
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
        modelled = capacity(woman, _factors()) / capacity(man, _factors())
        logs.append(np.log(modelled / (woman.value / man.value)))
    assert abs(float(np.mean(logs))) < np.log(1.2)


def test_teres_major_is_small_beside_latissimus() -> None:
    """Models of living people give latissimus 4.8 times the force of teres major (DelftDonor_vs_living)."""
    strength = strength_of(MEDIAN["male"])
    groups = [muscle.group for muscle in load_anatomy().muscles]
    force = {g: strength.force_n[[x == g for x in groups]].sum() for g in ("latissimus_dorsi", "teres_major")}
    assert 3.5 < force["latissimus_dorsi"] / force["teres_major"] < 6.0


def test_gradient_by_muscle_factor_agrees_with_differences() -> None:
    """The slope the fit uses, from the programme's prices, equals a central difference (two methods)."""
    factors, step = _factors(), 1e-4
    member = fit_strength.membership()
    for target in arm_targets()[::17]:
        programme = fit_strength._programmes(target.sex)[target.id]
        slopes = member @ programme.solve(factors)[1]
        for group, slope in zip(member, slopes, strict=True):
            up, down = (programme.solve(factors * np.exp(sign * step * group))[0] for sign in (1, -1))
            assert (up - down) / (2 * step) == pytest.approx(slope, rel=0.02, abs=0.05)


def test_capacity_grows_with_strength() -> None:
    """No muscle is made a hindrance by being stronger: doubling all forces never lowers a strength (monotony)."""
    factors = _factors()
    for target in arm_targets()[::5]:
        assert capacity(target, 2.0 * factors) >= capacity(target, factors)


def test_an_elements_own_factor_wins_over_its_muscles() -> None:
    """The upper trapezius may be scaled apart from the rest of the muscle."""
    table = load_strength_table()
    anatomy = load_anatomy()
    factors = dict(
        zip([muscle.id for muscle in anatomy.muscles], muscle_factors(anatomy, table), strict=True)
    )
    assert factors["trapezius_clavicular"] == table.group["trapezius_clavicular"]
    assert factors["trapezius_middle"] == table.group["trapezius"]
