"""Moment arms of the model against measured ones: peaks, directions, and which muscle has the longest.

All are about the shoulder joint with the shoulder blade held still, as tendon-excursion studies turn the humerus, or
about the elbow. A part of a muscle is set against the elements the table names; several count by their strength.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from bandwright.body import BodyModel
from bandwright.service.bodies import body_of
from bandwright.service.claims import MEDIAN_MAN
from bandwright.service.validation.markdown import table
from bandwright.service.validation.moment_arm_model import Levers, levers
from bandwright.service.validation.moment_arm_tables import Measured, measured_rows

TEN: Final[Mapping[str, tuple[str, ...]]] = {
    "deltoid, anterior": ("deltoid_anterior",),
    "deltoid, middle": ("deltoid_middle",),
    "deltoid, posterior": ("deltoid_posterior",),
    "pectoralis major": (
        "pectoralis_major_clavicular",
        "pectoralis_major_sternal",
        "pectoralis_major_costal",
    ),
    "latissimus dorsi": ("latissimus_dorsi_upper", "latissimus_dorsi_middle", "latissimus_dorsi_lower"),
    "teres major": ("teres_major",),
    "supraspinatus": ("supraspinatus_anterior", "supraspinatus_posterior"),
    "infraspinatus": ("infraspinatus_upper", "infraspinatus_lower"),
    "subscapularis": ("subscapularis_upper", "subscapularis_middle", "subscapularis_lower"),
    "teres minor": ("teres_minor",),
}
"""The ten muscles that studies rank (Kuechle1997, HikAckland2019)."""


@dataclass(frozen=True, slots=True)
class Found:
    """What the model gives for one row, in words, and whether it agrees."""

    measured: Measured
    model: str
    agrees: bool
    value_mm: float | None = None


def comparisons(body: BodyModel | None = None) -> tuple[Found, ...]:
    """Every published row and what the model gives for it; the body is the median man's if none is given."""
    rows = measured_rows()
    found = levers(body or body_of(MEDIAN_MAN), (posture for row in rows for posture in row.postures))
    return tuple(_compared(row, found) for row in rows)


def _compared(one: Measured, model: Levers) -> Found:
    first = model.of(one, one.muscles[0])
    if one.kind == "peak":
        peak = float(first.max())
        near = abs(peak - (one.value_mm or 0.0)) <= one.tolerance_mm
        return Found(one, f"{peak:.0f} mm", near, peak)
    if one.kind in ("throughout", "mostly"):
        share = float(np.mean(first > 0.0))
        words = f"{first.min():.0f} to {first.max():.0f} mm, so in {100 * share:.0f} % of postures"
        return Found(one, words, share == 1.0 if one.kind == "throughout" else share > 0.5)
    if one.kind == "greater":
        second = model.of(one, one.muscles[1])
        return Found(one, f"{first.mean():.0f} against {second.mean():.0f} mm", first.mean() > second.mean())
    if one.kind == "shrinks":
        return Found(one, f"{first[0]:.0f} mm, then {first[-1]:.0f} mm", bool(first[0] > first[-1]))
    return _largest(one, model)


def _largest(one: Measured, model: Levers) -> Found:
    """Whether the row's muscles are the first among ten by their mean moment arm."""
    means = {name: float(model.of(one, elements).mean()) for name, elements in TEN.items()}
    order = sorted(means, key=lambda name: -means[name])[: len(one.parts)]
    words = ", ".join(f"{name} {means[name]:.0f}" for name in order) + " mm"
    return Found(one, words, set(order) == set(one.parts))


def moment_arm_lines() -> list[str]:
    """The section as lines of Markdown."""
    found = comparisons()
    peaks = [one for one in found if one.measured.kind == "peak"]
    findings = [one for one in found if one.measured.kind != "peak"]
    return [
        "## How muscles pull: moment arms against measured ones",
        "",
        "About the shoulder joint with the shoulder blade held still, and about the elbow; the median man at rest",
        "rhythm. Peaks count as near within the study's SD, or 30 % where it gives none; the studies' abstracts do",
        "not say which postures the peak was sought in, so it is sought here every 15 degrees up to 90, 30 degrees",
        "turned either way. Which elements stand for which part of a muscle: `data/validation/moment_arms.csv`.",
        "Rows recalled from memory are shown and not counted.",
        "",
        *table(("what", "agree", "of"), _tally(found)),
        *table(
            ("study", "muscle", "measured, mm", "model, mm", "difference", "near", "seen"), map(_peak, peaks)
        ),
        *table(("study", "muscle", "motion", "found", "model", "agrees"), map(_finding, findings)),
    ]


def _tally(found: Sequence[Found]) -> list[tuple[str, str, str]]:
    usable = [one for one in found if one.measured.usable]
    names = {
        "peaks": ("peak",),
        "directions": ("throughout", "mostly"),
        "orders": ("largest", "greater", "shrinks"),
    }
    counted = []
    for name, kinds in names.items():
        same = [one for one in usable if one.measured.kind in kinds]
        counted.append((name, str(sum(one.agrees for one in same)), str(len(same))))
    return counted


def _peak(one: Found) -> tuple[str, ...]:
    row = one.measured
    value, ours = row.value_mm or 0.0, one.value_mm or 0.0
    return (
        row.source,
        f"{row.parts[0]}: {_posture(row)}",
        f"{value:.0f} ± {row.tolerance_mm:.0f}",
        f"{ours:.0f}",
        f"{ours - value:+.0f}",
        "yes" if one.agrees else "**no**",
        "yes" if row.usable else "no",
    )


def _posture(row: Measured) -> str:
    if row.motion == "elbow":
        span = f"{row.degrees[0]}" if len(row.degrees) == 1 else f"{row.degrees[0]} to {row.degrees[-1]}"
        return f"{'bends' if row.way > 0 else 'straightens'} the elbow at {span}°"
    turn = "inner" if row.way > 0 else "outer"
    return f"{turn} rotation in {PLANES[row.plane_deg]}"


def _finding(one: Found) -> tuple[str, ...]:
    row = one.measured
    motion = f"{WAYS[row.motion, row.way]}, {PLANES[row.plane_deg]}"
    if row.motion == "horizontal":
        motion = WAYS[row.motion, row.way]
    verdict = "yes" if one.agrees else "**no**"
    return row.source, "; ".join(row.parts), motion, KINDS[row.kind], one.model, verdict


PLANES: Final = {0: "abduction", 30: "the scapula's plane", 90: "flexion"}
WAYS: Final[Mapping[tuple[str, float], str]] = {
    ("elevation", 1.0): "raises the arm",
    ("elevation", -1.0): "lowers the arm",
    ("rotation", 1.0): "turns it inward",
    ("rotation", -1.0): "turns it outward",
    ("horizontal", 1.0): "swings the raised arm forward",
    ("horizontal", -1.0): "swings the raised arm back",
}
KINDS: Final[Mapping[str, str]] = {
    "throughout": "throughout",
    "mostly": "mostly",
    "largest": "longest of ten",
    "greater": "first more than second",
    "shrinks": "less when abducted",
}
