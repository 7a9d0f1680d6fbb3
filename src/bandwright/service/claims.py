"""What coaches teach, and what the model finds: each claim of the brief computed and set side by side.

No figure here steers the model. A claim the model does not support is shown as such.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

import numpy as np

from bandwright.body import Person
from bandwright.catalogue.exercises import find_exercise
from bandwright.catalogue.setups import default_setup
from bandwright.loads import BandLoad, WeightLoad
from bandwright.service.analysis import Analysis, analyse
from bandwright.service.loaded import at_effort, loaded
from bandwright.service.metrics import dose
from bandwright.units import kilograms_force

Outcome = Literal["agrees", "agrees in part", "disagrees"]

MEDIAN_MAN: Final = Person("male", 1.755, 84.6)
"""Who the claims are computed for: median stature and mass (ANSURII)."""

CLEAR: Final = 0.01
"""A muscle counts as working more when its mean activation rises by at least one percent of its maximum."""

LITTLE: Final = 1 / 3
"""Load that counts as "hardly anything", as a share of the greatest."""

PULLS: Final = ("bent-over-dumbbell-row", "cable-row", "pull-up")
STAPLES: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "band-pull-apart": ("E1 pull-apart", ("deltoid_posterior", "rhomboids")),
    "face-pull": (
        "E2 face pull",
        ("trapezius_upper", "trapezius_middle", "trapezius_lower", "deltoid_posterior", "infraspinatus"),
    ),
    "standing-band-row": ("E3 row", ("latissimus_dorsi", "rhomboids", "trapezius_lower")),
    "straight-arm-pulldown": ("E4 straight-arm pulldown", ("latissimus_dorsi", "teres_major")),
    "reverse-band-fly": ("E5 reverse fly", ("deltoid_posterior", "trapezius_upper")),
}
"""The five staple exercises and the muscles the brief names for each."""

TEN_REPETITIONS: Final = 0.75
"""Peak effort that leaves ten repetitions (Epley1985) [-]: what a staple is judged at, since with a beginner's light
band the weight of the arm decides who works."""

RANKED: Final = (
    "trapezius_upper",
    "trapezius_middle",
    "trapezius_lower",
    "rhomboids",
    "levator_scapulae",
    "serratus_anterior",
    "deltoid_anterior",
    "deltoid_middle",
    "deltoid_posterior",
    "latissimus_dorsi",
    "teres_major",
    "teres_minor",
    "infraspinatus",
    "supraspinatus",
    "subscapularis",
    "biceps",
    "brachialis",
    "triceps",
    "pectoralis_major",
)
"""Muscle groups set against one another when asking which works most."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim: what is taught, what the model finds in words with figures, and whether they agree."""

    id: str
    taught: str
    found: str
    outcome: Outcome


def claims() -> tuple[Claim, ...]:
    """Every claim of the brief, computed now."""
    checks: tuple[Callable[[], Claim], ...] = (
        *(lambda exercise=exercise: _strength_shape(exercise) for exercise in PULLS),
        _band_row_starts_empty,
        _assistance_fades,
        lambda: _forward_band("D3", "single-arm-dumbbell-row-forward-band", "single-arm dumbbell row"),
        lambda: _forward_band("D4", "two-on-one-kettlebell-row-forward-band", "2-on-1 kettlebell row"),
        _mini_band,
        *(lambda exercise=exercise: _staple(exercise) for exercise in STAPLES),
    )
    return tuple(check() for check in checks)


def _analysis(exercise: str) -> Analysis:
    return analyse(default_setup(find_exercise(exercise), MEDIAN_MAN), with_spread=False)


def _without_bands(analysis: Analysis) -> Analysis:
    weights = tuple(load for load in analysis.setup.loads if isinstance(load, WeightLoad))
    return analyse(replace(analysis.setup, loads=weights), with_spread=False)


def _thirds(curve: np.ndarray[tuple[int], np.dtype[np.float64]]) -> tuple[float, float, float]:
    start, middle, finish = (part.mean() for part in np.array_split(curve, 3))
    return float(start), float(middle), float(finish)


def _kg(force_n: float) -> str:
    return f"{kilograms_force(force_n):.0f} kg"


def _strength_shape(exercise: str) -> Claim:
    analysis = _analysis(exercise)
    start, middle, finish = _thirds(analysis.strength_n)
    parts = [start > middle, middle < finish]
    return Claim(
        "B2",
        f"{analysis.setup.exercise.name}: strongest at the start, weakest in the middle, a little stronger "
        "at the end.",
        f"Strength over the thirds of the pull: {_kg(start)}, {_kg(middle)}, {_kg(finish)}.",
        _outcome(parts),
    )


def _outcome(parts: list[bool]) -> Outcome:
    if all(parts):
        return "agrees"
    return "agrees in part" if any(parts) else "disagrees"


def _band_row_starts_empty() -> Claim:
    analysis = _analysis("bent-over-band-row")
    load = _thirds(analysis.working.load_n)
    strength = _thirds(analysis.strength_n)
    parts = [
        load[0] <= LITTLE * float(analysis.working.load_n.max()),
        strength[0] == max(strength),
        bool(np.all(np.diff(analysis.working.load_n) > 0)),
    ]
    return Claim(
        "B3",
        "Bent-over row with a band alone: hardly anything at the start, where the puller is strongest, then more "
        "and more.",
        f"The band asks {', '.join(map(_kg, load))} over the thirds of the pull, where "
        f"{', '.join(map(_kg, strength))} could be held.",
        _outcome(parts),
    )


def _assistance_fades() -> Claim:
    analysis = _analysis("band-assisted-pull-up")
    given = next(force.on_body[:, 2] for force in analysis.forces if force.on_body is not None)
    return Claim(
        "B4",
        "Band-assisted pull-up: most help at the bottom, least at the top.",
        f"The band carries {_kg(given[0])} at the bottom, {_kg(given[25])} half-way and {_kg(given[-1])} at the top.",
        _outcome([bool(given[0] == given.max()), bool(given[-1] == given.min())]),
    )


def _forward_band(claim: str, exercise: str, plain: str) -> Claim:
    analysis = _analysis(exercise)
    bare = _without_bands(analysis)
    with_band, without = (dose(one, ("latissimus_dorsi",)) for one in (analysis, bare))
    return Claim(
        claim,
        f"A band pulling the hands forward makes the lats work more than the {plain} alone.",
        f"Mean latissimus activation {100 * without:.1f} % without the band, {100 * with_band:.1f} % with it; "
        f"peak effort {bare.summary.peak_effort:.2f} and {analysis.summary.peak_effort:.2f}.",
        _outcome([with_band - without >= CLEAR]),
    )


def _mini_band() -> Claim:
    analysis = _analysis("dumbbell-row-mini-band")
    bare = _without_bands(analysis)
    groups = ("deltoid_middle", "deltoid_posterior", "supraspinatus", "infraspinatus", "teres_minor")
    changes = {group: (dose(bare, (group,)), dose(analysis, (group,))) for group in groups}
    inward = next(load for load in analysis.forces if load.contact == "wrist").force["r"][:, 1]
    told = ", ".join(
        f"{g.replace('_', ' ')} {100 * a:.0f} → {100 * b:.0f} %" for g, (a, b) in changes.items()
    )
    heavier = _heavier(bare, analysis.summary.peak_effort)
    return Claim(
        "D5",
        "A mini band round the wrists pulls the arms in, so abductors and external rotators work more; it is "
        "different from the same row heavier, not better.",
        f"It pulls each wrist inward with {_kg(inward.mean())}: {told}. Rowed heavier to the same peak effort "
        f"instead, infraspinatus reaches {100 * dose(heavier, ('infraspinatus',)):.0f} %.",
        _outcome([bool(inward.min() > 0), *(b - a >= CLEAR for a, b in changes.values())]),
    )


def _heavier(bare: Analysis, peak_effort: float) -> Analysis:
    """The plain row with its weights scaled to a peak effort; capacity is linear in the load."""
    weights = tuple(load for load in bare.setup.loads if not isinstance(load, BandLoad))
    return loaded(replace(bare.setup, loads=weights), peak_effort / bare.summary.peak_effort).analysis


def _staple(exercise: str) -> Claim:
    name, named = STAPLES[exercise]
    usual = _analysis(exercise)
    hard = at_effort(usual.setup, TEN_REPETITIONS)
    doses = {group: dose(hard.analysis, (group,)) for group in RANKED}
    order = _order(hard.analysis)
    light = ", ".join(f"{_order(usual).index(group) + 1}." for group in named)
    ranks = ", ".join(f"{group.replace('_', ' ')} {order.index(group) + 1}." for group in named)
    most = ", ".join(f"{group.replace('_', ' ')} {100 * doses[group]:.0f} %" for group in order[:5])
    return Claim(
        "E6",
        f"{name}: {', '.join(named).replace('_', ' ')} are loaded most.",
        f"Rank among {len(RANKED)} muscle groups at ten repetitions: {ranks} Most loaded: {most}. At the usual load "
        f"({100 * usual.summary.peak_effort:.0f} % effort) the ranks are {light}",
        _outcome([group in order[: len(named)] for group in named]),
    )


def _order(analysis: Analysis) -> list[str]:
    """Muscle groups, the one that works most first."""
    return sorted(RANKED, key=lambda group: -dose(analysis, (group,)))


def claims_page() -> str:
    """The claims as a Markdown page."""
    lines = [
        "# What coaches teach, and what the model finds",
        "",
        "Computed for a median man (1.755 m, 84.6 kg) at each exercise's default set-up, the staples (E6) with its",
        "loads multiplied to about ten repetitions, by `make claims`; a test keeps this page current. Where they",
        "disagree, either may be wrong: `model.md` says what it leaves out.",
        "",
        "| claim | taught | the model finds | outcome |",
        "|---|---|---|---|",
    ]
    lines += [f"| {c.id} | {c.taught} | {c.found} | **{c.outcome}** |" for c in claims()]
    return "\n".join(lines) + "\n"
