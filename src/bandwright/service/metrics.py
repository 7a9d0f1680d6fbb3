"""The figures a verdict is drawn from, by name; `docs/verdict.md` gives the formula of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from statistics import fmean
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.bands.limits import OUTSIDE_MEASURED
from bandwright.body import SIDES
from bandwright.catalogue.anatomy import load_anatomy, load_erectors
from bandwright.curves.wording import Figure
from bandwright.loads import (
    BandLoad,
    BandState,
    BodyWeightLoad,
    CableLoad,
    LoadForces,
    WeightLoad,
    hands_of,
    place_m,
)
from bandwright.service.analysis import Analysis
from bandwright.service.momentum import effort_by_momentum
from bandwright.units import GRAVITY_M_S2, kilograms_force

Array = NDArray[np.float64]
Numbers = dict[str, float]

THIRD: Final = 1 / 3
"""The range is spoken of in thirds: start, middle, finish (movements facts 5.2: poses 1-17 of 51)."""

LAST_TENTH: Final = 10
"""Poses at the finish whose effort decides whether the end is reached (COACH)."""

LAST_POSES: Final = 5
"""Poses at the finish in which the head may help (COACH)."""

STRETCH_THAT_STINGS: Final = 1.5
"""Stretch from which a band's recoil is counted as dangerous for the eyes (COACH) [-]."""

BALANCE_M: Final = 0.10
"""How far the weight can shift forward over the feet before the heels lift (COACH) [m]."""

UPPER_TRAPEZIUS: Final = ("trapezius_clavicular", "trapezius_acromial")
SHRUGGERS: Final = ("trapezius_clavicular", "levator_scapulae")
"""Muscles that lift the shoulder (Johnson1994trap); the acromial trapezius also holds the blade in every pull."""

FITTING_EFFORT: Final = 0.7
"""Effort at the hardest place that leaves about a dozen repetitions (Epley1985) [-]."""

HOLDERS: Final = ("trapezius_middle", "trapezius_lower")
"""Muscles that hold the blade back and down while the arm pulls (Johnson1994trap)."""

LEAST_DOSE: Final = 0.01
"""A ratio of doses is not taken to a smaller dose than this: a muscle at 1 % is idle (convention) [-]."""

ROTATORS: Final = ("infraspinatus", "teres_minor")
ABDUCTORS: Final = ("deltoid_middle", "supraspinatus")
MIDDLE_BACK: Final = ("trapezius_middle", "trapezius_lower", "rhomboids")
ARMS: Final = ("biceps", "brachialis", "triceps")


def figures_of(analysis: Analysis, words: Mapping[str, str]) -> dict[str, Figure]:
    """Every figure this analysis has by itself, without comparison or spread; those it does not have are left out.

    Args:
        analysis: one set-up.
        words: plain word of each muscle group.
    """
    numbers: Numbers = {
        **_curve_figures(analysis),
        **_place_figures(analysis),
        **_load_figures(analysis),
        **_dose_figures(analysis),
        **_body_figures(analysis),
        **_band_figures(analysis),
        **_start_figures(analysis),
    }
    finite: dict[str, Figure] = {name: value for name, value in numbers.items() if np.isfinite(value)}
    return finite | _words(analysis, words)


def _curve_figures(analysis: Analysis) -> Numbers:
    summary, effort = analysis.summary, analysis.effort
    start = float(effort[_first_third(analysis)].mean())
    return {
        "evenness": summary.evenness,
        "underloaded": summary.underloaded,
        "peak_effort": summary.peak_effort,
        "momentum_effort": effort_by_momentum(analysis),
        "peak_phase": float(analysis.posed.phase[hardest_pose(effort)]),
        "reps_estimate": summary.reps_estimate,
        "work_j": summary.work_j,
        "start_effort": start,
        "start_effort_share": start / summary.peak_effort if summary.peak_effort > 0 else np.nan,
        "finish_effort": float(effort[-LAST_TENTH:].max()),
        "finish_share": float(effort[-LAST_TENTH:].max()) / max(summary.peak_effort, LEAST_DOSE),
        "last_effort": float(effort[-LAST_POSES:].max()),
        "residual_share": analysis.residual_share,
        "isometric": float(analysis.setup.exercise.movement.isometric),
    }


def range_figures(analysis: Analysis) -> dict[str, Figure]:
    """The figures that the spread gives."""
    low, high = peak_range(analysis)
    return {"peak_effort_low": low, "peak_effort_high": high}


def peak_range(analysis: Analysis) -> tuple[float, float]:
    """5th and 95th percentile of the greatest effort [-]."""
    rest = analysis.spread.rest
    if rest is None:
        return analysis.summary.peak_effort, analysis.summary.peak_effort
    return float(rest.figures.peak_effort[0]), float(rest.figures.peak_effort[2])


def hardest_pose(effort: Array) -> int:
    """Index of the greatest effort; of a hold, where it stays the greatest, the last."""
    return int(np.nonzero(effort >= effort.max() * (1.0 - SAME))[0][-1])


SAME: Final = 1e-6
"""Efforts this near to each other count as the same [-]."""


def _first_third(analysis: Analysis) -> NDArray[np.bool_]:
    return np.asarray(analysis.posed.phase <= THIRD)


def _place_figures(analysis: Analysis) -> Numbers:
    """Load and strength as they feel [kg] at start, middle, finish and where effort peaks."""
    load, strength = analysis.working.load_n, analysis.strength_n
    at = {"start": 0, "middle": len(load) // 2, "finish": -1, "peak": hardest_pose(analysis.effort)}
    peak = float(load.max())
    first = float(load[_first_third(analysis)].mean())
    figures = {f"load_{place}_kg": kilograms_force(float(load[k])) for place, k in at.items()}
    figures |= {f"strength_{place}_kg": kilograms_force(float(strength[k])) for place, k in at.items()}
    figures["fitting_kg"] = FITTING_EFFORT * figures["strength_peak_kg"]
    return figures | {"start_load_share": first / peak if peak > 0 else np.nan}


def _load_figures(analysis: Analysis) -> Numbers:
    """Who pulls: bands, weights, help."""
    loads = analysis.setup.loads
    figures = {
        "hands": float(len(analysis.results)),
        "bands": float(sum(load.count for load in loads if isinstance(load, BandLoad))),
        "other_loads": float(sum(not isinstance(load, BandLoad) for load in loads)),
        "band_share": band_share(analysis.forces),
    }
    figures |= _band_pulls(analysis)
    figures["help_share"] = 0.0
    helps = [force.on_body[:, 2] for force in analysis.forces if force.on_body is not None]
    if helps:
        help_n = np.sum(helps, axis=0)
        figures["help_start_kg"] = kilograms_force(float(help_n[0]))
        figures["help_finish_kg"] = kilograms_force(float(help_n[-1]))
        figures["help_share"] = figures["help_start_kg"] / analysis.setup.person.mass_kg
    return figures


def _band_pulls(analysis: Analysis) -> Numbers:
    """What the bands put on the working hand at start and finish [kg], and whether one is round the wrists."""
    side = analysis.working.side
    pulls = [
        np.linalg.norm(force.force[side], axis=1)
        for force in analysis.forces
        if force.kind == "band" and side in force.force
    ]
    total = np.sum(pulls, axis=0) if pulls else np.zeros(len(analysis.posed.phase))
    wrists = any(force.contact == "wrist" for force in analysis.forces)
    return {
        "band_start_kg": kilograms_force(float(total[0])),
        "band_finish_kg": kilograms_force(float(total[-1])),
        "round_wrists": float(wrists),
    }


def band_share(forces: Sequence[LoadForces]) -> float:
    """Bands' part of the mean force on the hands [-]: 1 = bands alone, NaN when nothing pulls."""
    by_kind = {True: 0.0, False: 0.0}
    for force in forces:
        pulls = [float(np.linalg.norm(pull, axis=1).mean()) for pull in force.force.values()]
        by_kind[force.kind == "band"] += sum(pulls)
    total = sum(by_kind.values())
    return by_kind[True] / total if total > 0 else np.nan


@cache
def elements_of(group: str) -> tuple[str, ...]:
    """Ids of the model's elements that make up a muscle group, without side; none when it has none."""
    if group == "trapezius_upper":
        return UPPER_TRAPEZIUS
    if group == "erector_spinae":
        return tuple(lump.id for lump in load_erectors())
    return tuple(m.id for m in load_anatomy().muscles if group in (m.group, m.id))


def dose(analysis: Analysis, groups: Iterable[str], part: str = "mean") -> float:
    """Mean over groups of the mean over their elements of one part of the muscle dose [-].

    `part`: `mean`, `shortened` or `lengthened`. NaN when the model has none of the groups.
    """
    doses, side = analysis.summary.muscle_dose, analysis.working.side
    found = [
        fmean([getattr(doses[f"{element}_{side}"], part) for element in elements])
        for elements in map(elements_of, groups)
        if elements
    ]
    return fmean(found) if found else np.nan


def _dose_figures(analysis: Analysis) -> Numbers:
    targets = analysis.setup.exercise.muscles
    target = dose(analysis, targets)
    return {
        "target_dose": target,
        "target_dose_shortened": dose(analysis, targets, "shortened"),
        "target_dose_lengthened": dose(analysis, targets, "lengthened"),
        "first_dose": dose(analysis, targets[:1]),
        "shortened_share": dose(analysis, targets, "shortened") / max(target, LEAST_DOSE),
        "middle_back_dose": dose(analysis, MIDDLE_BACK),
        "rotator_dose": dose(analysis, ROTATORS),
        "for_middle_trapezius": float("trapezius_middle" in targets),
        "middle_trapezius_shortened": dose(analysis, ["trapezius_middle"], "shortened"),
        "middle_trapezius_lengthened": dose(analysis, ["trapezius_middle"], "lengthened"),
        "arm_share": dose(analysis, ARMS) / max(target, LEAST_DOSE),
        "shrug_dose": dose(analysis, SHRUGGERS),
        "shrug_ratio": dose(analysis, SHRUGGERS) / max(dose(analysis, HOLDERS), LEAST_DOSE),
        "trapezius_lower_peak": _peak(analysis, ("trapezius_lower",)),
        "retractor_peak": _peak(analysis, ("trapezius_middle", "rhomboid_minor", "rhomboid_major")),
    }


def _peak(analysis: Analysis, elements: Iterable[str]) -> float:
    """Greatest mean activation of some elements at one pose [-]."""
    side = analysis.working.side
    curves = [analysis.muscles[f"{element}_{side}"].activation for element in elements]
    return float(np.mean(curves, axis=0).max())


def _body_figures(analysis: Analysis) -> Numbers:
    path = analysis.posed.path
    figures = {
        "spine_share": float(analysis.spine.share.max()),
        "trunk_lean_deg": float(np.degrees(path.trunk_inclination.mean())),
        "elbow_most_deg": float(np.degrees(path.elbow_flexion.max())),
        "elbow_behind_m": elbow_behind_m(analysis),
    }
    if analysis.posed.movement.posture == "standing":
        figures["forward_tip"] = _forward_tip(analysis)
    return figures


def elbow_behind_m(analysis: Analysis) -> float:
    """How far the working elbow gets behind the middle of the trunk [m]; negative when it stays in front."""
    points = analysis.posed.points
    low, high = points["pelvis"], (points["neck"] + points["suprasternal_notch"]) / 2
    up = (high - low) / np.linalg.norm(high - low, axis=1, keepdims=True)
    forward = np.cross(np.array([0.0, 1.0, 0.0]), up)
    elbow = points[f"elbow_{analysis.working.side}"] - low
    return float(-np.einsum("ki,ki->k", elbow, forward).min())


def _forward_tip(analysis: Analysis) -> float:
    """Greatest forward tipping moment of all loads over what the feet can balance [-]."""
    moment = sum(
        result.hand.total[:, 0] * analysis.posed.arms[result.side].grip_path[:, 2]
        for result in analysis.results
    )
    return float(np.max(moment)) / (analysis.setup.person.mass_kg * GRAVITY_M_S2 * BALANCE_M)


def _band_figures(analysis: Analysis) -> Numbers:
    bands = [load for load in analysis.setup.loads if isinstance(load, BandLoad)]
    if not bands:
        return {}
    states = {force.id: force.band for force in analysis.forces if force.band is not None}
    stretch = {load.id: float(states[load.id].stretch_ratio.max()) for load in bands}
    figures = {
        "stretch_max": max(stretch.values()),
        "stretch_of_limit": max(stretch[load.id] / load.band.warn_stretch for load in bands),
        "beyond_measured": float(any(found.code == OUTSIDE_MEASURED for found in analysis.limits)),
    }
    pulled = [load for load in bands if load.to.startswith("hand")]
    if pulled:
        figures["band_travel_m"] = max(float(np.ptp(states[load.id].length_m)) for load in pulled)
    rounds = [load.band.rest_length_m for load in pulled if load.band.is_loop]
    if rounds:
        figures["loop_round_m"] = min(rounds)
    return figures | _face_line(analysis, bands, states)


def _face_line(analysis: Analysis, bands: Sequence[BandLoad], states: Mapping[str, BandState]) -> Numbers:
    """Least distance of the eyes to a well stretched band or to where it would fly [m]."""
    eyes = analysis.posed.points["eyes"]
    least = np.inf
    for load in bands:
        if _helps(load):
            continue  # a hitched band under a knee has no end that a hand could lose
        tight = states[load.id].stretch_ratio > STRETCH_THAT_STINGS
        for origin, hand in _lines(analysis, load):
            away = distance_to_ray(eyes, origin, hand)
            least = min(least, float(away[tight].min(initial=np.inf)))
    return {"face_line_m": least}


def _lines(analysis: Analysis, load: BandLoad) -> Iterator[tuple[Array, Array]]:
    """Both ends of each line a band takes to a hand (K, 3) [m], the hand's end last."""
    posed = analysis.posed
    joint = "wrist" if load.to == "wrists" else "hand"
    between = isinstance(load.origin, str) and load.origin.startswith(joint)
    for side in SIDES if between else hands_of(load.to, posed):
        other = "l" if side == "r" else "r"
        origin = posed.points[f"{joint}_{other}"] if between else place_m(posed, load.origin, side)
        yield origin, posed.points[f"{joint}_{side}"]


def distance_to_ray(point: Array, origin: Array, through: Array) -> Array:
    """Distance (K,) [m] of points to the rays from origins through other points and on."""
    along = through - origin
    reach = np.einsum("ki,ki->k", point - origin, along) / np.maximum(
        np.einsum("ki,ki->k", along, along), 1e-12
    )
    nearest = origin + np.maximum(reach, 0.0)[:, None] * along
    return np.asarray(np.linalg.norm(point - nearest, axis=1))


def _start_figures(analysis: Analysis) -> Numbers:
    start = analysis.setup.exercise.start
    if start is None:
        return {}
    return {
        "start_light_kg": kilograms_force(start.light_n),
        "start_medium_kg": kilograms_force(start.medium_n),
        "start_heavy_kg": kilograms_force(start.heavy_n),
    }


def _words(analysis: Analysis, words: Mapping[str, str]) -> dict[str, Figure]:
    exercise = analysis.setup.exercise
    place = _place(float(analysis.posed.phase[hardest_pose(analysis.effort)]))
    found: dict[str, Figure] = {
        "exercise_id": exercise.id,
        "exercise_name": exercise.name,
        "posture": exercise.movement.posture,
        "in_hand": "in each hand" if len(analysis.results) > 1 else "in your hand",
        "load_asks": load_asks(analysis),
        "peak_place": place,
        "peak_where": WHERE[place],
        "first_muscle": words[exercise.muscles[0]],
        "squeeze_leader_id": _squeeze_leader(analysis),
        "squeeze_leader": words[_squeeze_leader(analysis)],
    }
    limit = analysis.working.binding[hardest_pose(analysis.effort)]
    if limit is not None:
        found["limit_kind"], found["limit_word"] = _limit(limit, words)
    if exercise.start is not None:
        found["start_refers_to"] = exercise.start.refers_to
        found["start_band"] = exercise.start.best_band
    return found


WHERE: Final[Mapping[str, str]] = {
    "start": "at the start",
    "middle": "in the middle",
    "finish": "at the finish",
}


def _place(phase: float) -> str:
    """The third of the range a phase lies in."""
    if phase <= THIRD:
        return "start"
    return "middle" if phase <= 1.0 - THIRD else "finish"


def _squeeze_leader(analysis: Analysis) -> str:
    """The target group with the greatest dose at its shortest."""
    return max(
        analysis.setup.exercise.muscles, key=lambda group: _or_zero(dose(analysis, [group], "shortened"))
    )


def _or_zero(value: float) -> float:
    return value if np.isfinite(value) else 0.0


def _limit(limit: str, words: Mapping[str, str]) -> tuple[str, str]:
    """Kind and plain word of a limit that stops the load from growing."""
    if limit == "grip":
        return "grip", "your grip"
    for group, word in words.items():
        if limit in elements_of(group):
            return "muscle", f"your {word}"
    return "joint", "your shoulder joint"


def load_asks(analysis: Analysis) -> str:
    """Subject and verb of what the loads ask, e.g. "the weight and the bands ask"."""
    loads = analysis.setup.loads
    helped = any(force.on_body is not None for force in analysis.forces)
    bands = sum(load.count for load in loads if isinstance(load, BandLoad) and not _helps(load))
    names = [
        *(["your body weight"] if any(isinstance(load, BodyWeightLoad) for load in loads) else []),
        *(["the weight"] if any(isinstance(load, WeightLoad) for load in loads) else []),
        *(["the cable"] if any(isinstance(load, CableLoad) for load in loads) else []),
        *([f"the {'bands' if bands > 1 else 'band'}"] if bands else []),
    ]
    many = len(names) > 1 or bands > 1
    aside = ", less the band's help," if helped else ""
    return f"{' and '.join(names)}{aside} {'ask' if many else 'asks'}"


def _helps(load: BandLoad) -> bool:
    return load.to.startswith(("foot", "feet", "knee"))
