"""Calibrates muscle force and fibre length by group to measured whole-joint torques; see decision 0005.

`python benchmarks/fit_strength.py` prints every target before and after and writes nothing; `--write` puts the
calibration into `strength.csv`; `--hold-out` also fits once without each study and prints how it is predicted.
Nothing here looks at an exercise or at EMG.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import least_squares

from bandwright.body.anatomy import Muscle
from bandwright.body.strength import Calibration
from bandwright.catalogue.anatomy import FOLDER, load_anatomy, rows
from bandwright.service.validation.strength_model import (
    Gradient,
    capacity,
    present_calibration,
    programmes,
    workspace_fibre_norm,
)
from bandwright.service.validation.strength_targets import TARGETS, Target, arm_targets

Array = NDArray[np.float64]

GROUPS: Final[Mapping[str, Sequence[str]]] = {
    "latissimus and teres major": ("latissimus_dorsi", "teres_major"),
    "pectoralis": ("pectoralis_major", "pectoralis_major_clavicular", "pectoralis_minor"),
    "anterior deltoid": ("deltoid_anterior",),
    "middle deltoid": ("deltoid_middle",),
    "posterior deltoid": ("deltoid_posterior",),
    "outer rotators": ("infraspinatus", "teres_minor"),
    "inner rotators": ("subscapularis",),
    "elbow flexors": ("biceps_long", "biceps_short", "brachialis"),
    "triceps": ("triceps",),
    "long head of triceps": ("triceps_long",),
    "trapezius and rhomboids": ("trapezius", "rhomboids"),
    "upper trapezius and levator": ("trapezius_clavicular", "levator_scapulae"),
    "serratus": ("serratus_anterior",),
}
"""What is fitted together: keys of `strength.csv`, a muscle or one of its elements (which wins)."""

FIBRES: Final = (
    "latissimus and teres major",
    "anterior deltoid",
    "posterior deltoid",
    "outer rotators",
    "inner rotators",
    "triceps",
    "long head of triceps",
    "trapezius and rhomboids",
)
"""Groups whose fibre lengths are fitted too. The others have no tendon to correct (serratus) or limit no target at
more than one angle, so that the targets cannot tell."""

LIVING: Final[Mapping[str, float]] = {
    "trapezius": 1155 / 2129,
    "trapezius_clavicular": 1155 / 2129,
    "serratus_anterior": 923 / 1326,
    "rhomboids": 599 / 608,
    "levator_scapulae": 170 / 280,
    "pectoralis_minor": 219 / 430,
    "deltoid_anterior": 557 / 708,
    "deltoid_middle": 1098 / 2598,
    "deltoid_posterior": 945 / 1324,
    "pectoralis_major": 1147 / 1254,
    "pectoralis_major_clavicular": 983 / 409,
    "teres_minor": 605 / 696,
    "infraspinatus": 865 / 2005,
    "supraspinatus": 411 / 869,
    "subscapularis": 944 / 2003,
    "biceps_long": 624 / 486,
    "biceps_short": 436 / 693,
}
"""Force of a model of living people (Wu2016) over the donor's (Seth2019). They differ up to threefold and neither is
known to be right, so the fit starts from their geometric mean [-]."""

LIVING_FIBRE: Final[Mapping[str, float]] = {
    "deltoid_anterior": 17.52 / 9.40,
    "deltoid_middle": 13.18 / 7.48,
    "deltoid_posterior": 12.28 / 9.49,
    "infraspinatus": 13.23 / 6.87,
    "teres_minor": 4.53 / 5.20,
    "supraspinatus": 11.65 / 5.60,
    "subscapularis": 16.32 / 7.30,
    "latissimus_dorsi": 23.17 / 26.5,
    "coracobrachialis": 8.32 / 6.83,
    "biceps_long": 16.5 / 12.9,
    "biceps_short": 18.0 / 11.6,
    "triceps_long": 16.5 / 10.8,
}
"""Optimal fibre length in the same two models; the fit starts from their geometric mean here too [-]."""

FIXED: Final[Mapping[str, tuple[float, str]]] = {
    "latissimus_dorsi": (1.2, "DelftDonor_vs_living"),
    "teres_major": (0.25, "DelftDonor_vs_living"),
    "coracobrachialis": (0.47, "DelftDonor_vs_living"),
    "triceps_long": (0.505, "Arm26"),
    "brachialis": (1.0, "Arm26"),
    "triceps": (1.0, "Arm26"),
}
"""The start, and its source, where the donor stands alone against several models or the muscle is not the donor's."""

MEASURED_SHIFT: Final[Mapping[str, float]] = {"latissimus_dorsi": 0.35}
"""Fibre shift the fit starts from: latissimus sarcomeres are at 2.69 µm, their optimum, with trunk neutral and arm at
the side (Gerling2013), where the published lengths put its fibres at 0.65 of the optimum [-]."""

COMMON_SD: Final = 1.0
"""Spread of the logarithm of all forces together before the fit: the stress of living muscle is hardly known [-]."""

FORCE_SD: Final = 0.25
"""Spread of the logarithm of one group's force about that [-]."""

FIBRE_SD: Final = 0.25
"""Spread of a group's fibre shift, and of the logarithm of its fibre scale [-]."""

WORKING_RANGE: Final = (0.5, 1.5)
"""Fibre lengths over their optimum between which muscle gives active force (generic_muscle) [-]."""

RANGE_SD: Final = 0.1
"""By how much a fibre may leave that range, anywhere a healthy arm reaches (convention) [-]."""


def membership() -> Array:
    """Which group a muscle's factor comes from (groups, n): 1 or 0; an element's own key wins."""
    keys = {key: g for g, members in enumerate(GROUPS.values()) for key in members}
    muscles = load_anatomy().muscles
    member = np.zeros((len(GROUPS), len(muscles)))
    for i, muscle in enumerate(muscles):
        group = keys.get(muscle.id, keys.get(muscle.group))
        if group is not None:
            member[group, i] = 1.0
    return member


def start() -> Calibration:
    """The calibration before the fit."""
    muscles = load_anatomy().muscles
    force = [_of(START, muscle, 1.0) for muscle in muscles]
    shift = [_of(MEASURED_SHIFT, muscle, 0.0) for muscle in muscles]
    scale = np.sqrt([_of(LIVING_FIBRE, muscle, 1.0) for muscle in muscles])
    return Calibration(np.array(force), scale, np.array(shift))


START: Final[Mapping[str, float]] = {
    **{key: float(np.sqrt(ratio)) for key, ratio in LIVING.items()},
    **{key: ratio for key, (ratio, _) in FIXED.items()},
}
"""Force before the fit over the published one, by muscle or element (which wins) [-]."""


def _of(figures: Mapping[str, float], muscle: Muscle, default: float) -> float:
    return figures.get(muscle.id, figures.get(muscle.group, default))


class Fit:
    """The most probable calibration, given targets and priors: a least-squares problem in logarithms."""

    def __init__(self, targets: Iterable[Target]) -> None:
        self.targets = list(targets)
        self.member = membership()
        self.fibres = self.member[[list(GROUPS).index(name) for name in FIBRES]]
        count = Counter(target.curve for target in self.targets)
        # Rows of one curve share one study's errors, so together they count as one measurement.
        spread = [np.sqrt(count[one.curve]) * one.tolerance / one.value for one in self.targets]
        self.weight = 1.0 / np.array(spread)
        self.reach = workspace_fibre_norm()
        groups, fibres = len(self.member), len(self.fibres)
        self.prior = np.concatenate([[COMMON_SD], np.full(groups, FORCE_SD), np.full(2 * fibres, FIBRE_SD)])

    def calibration(self, x: Array) -> Calibration:
        """The calibration of a point: common force, group forces, fibre scales (logarithms), fibre shifts."""
        first, groups, fibres = start(), len(self.member), len(self.fibres)
        forces, scales, shifts = x[1 : 1 + groups], x[1 + groups : 1 + groups + fibres], x[-fibres:]
        return Calibration(
            first.force * np.exp(x[0] + forces @ self.member),
            first.fibre_scale * np.exp(scales @ self.fibres),
            first.fibre_shift + shifts @ self.fibres,
        )

    def misses(self, x: Array) -> tuple[Array, Array]:
        """Weighted misses and deviations from the priors, and their slopes."""
        set_to = self.calibration(x)
        solved = [programmes(one.sex)[one.id].solve(set_to) for one in self.targets]
        off = [np.log(value / one.value) for (value, _), one in zip(solved, self.targets, strict=True)]
        slopes = np.array([self._slope(gradient) / value for value, gradient in solved])
        beyond, bend = self._out_of_range(set_to)
        return (
            np.concatenate([self.weight * off, beyond, x / self.prior]),
            np.vstack([self.weight[:, None] * slopes, bend, np.diag(1.0 / self.prior)]),
        )

    def _out_of_range(self, set_to: Calibration) -> tuple[Array, Array]:
        """By how much each muscle's shortest and longest fibres leave the working range, and the slopes."""
        published = np.concatenate([self.reach.min(axis=0), self.reach.max(axis=0)])
        scale = np.tile(set_to.fibre_scale, 2)
        fibre = 1.0 + (published - 1.0) / scale + np.tile(set_to.fibre_shift, 2)
        short, long = np.minimum(fibre - WORKING_RANGE[0], 0.0), np.maximum(fibre - WORKING_RANGE[1], 0.0)
        out = (short + long) / RANGE_SD
        moved = (out != 0.0) / RANGE_SD
        both = np.tile(self.fibres, 2)
        by_scale = -(published - 1.0) / scale * moved * both
        nothing = np.zeros((len(out), 1 + len(self.member)))
        return out, np.hstack([nothing, by_scale.T, (moved * both).T])

    def _slope(self, gradient: Gradient) -> Array:
        by_group = self.member @ gradient.force
        scales, shifts = self.fibres @ gradient.fibre_scale, self.fibres @ gradient.fibre_shift
        return np.concatenate([[gradient.force.sum()], by_group, scales, shifts])

    def solve(self) -> Calibration:
        """The most probable calibration, rounded as the table keeps it."""
        answer = least_squares(
            lambda x: self.misses(x)[0],
            np.zeros(len(self.prior)),
            jac=lambda x: self.misses(x)[1],
            xtol=1e-4,
            ftol=1e-5,
            max_nfev=60,
        )
        found = self.calibration(answer.x)
        return Calibration(
            *(np.round(part, 2) for part in (found.force, found.fibre_scale, found.fibre_shift))
        )


def _score(values: Mapping[str, float], targets: Sequence[Target]) -> str:
    holds = sum(one.holds(values[one.id]) for one in targets)
    rms = np.sqrt(np.mean([np.log(values[one.id] / one.value) ** 2 for one in targets]))
    return f"{holds} of {len(targets)} within, root mean square of the logarithm {rms:.2f}"


def _hold_out(targets: Sequence[Target]) -> str:
    """How well each study is predicted by a fit to the others."""
    found: dict[str, float] = {}
    for study in dict.fromkeys(one.source for one in targets):
        set_to = Fit(one for one in targets if one.source != study).solve()
        found |= {one.id: capacity(one, set_to) for one in targets if one.source == study}
    return _score(found, targets)


def _report(before: Calibration, after: Calibration) -> None:
    print(f"{'target':52} {'role':5} {'measured':>14} {'before':>7} {'after':>7}  within")
    for target in arm_targets():
        old, new = capacity(target, before), capacity(target, after)
        measured = f"{target.value:.0f} ± {target.tolerance:.0f}"
        verdict = "yes" if target.holds(new) else "NO"
        print(f"{target.id:52} {target.role:5} {measured:>14} {old:7.0f} {new:7.0f}  {verdict}")


def _rows(set_to: Calibration) -> list[dict[str, str]]:
    """Rows of the strength table: force, and fibres where fitted, per muscle or element with its own figure."""
    own = {key for members in GROUPS.values() for key in members} | set(START)
    parts = {"group": set_to.force, "fibre_scale": set_to.fibre_scale, "fibre_shift": set_to.fibre_shift}
    made = {}
    for quantity, values in parts.items():
        plain = 0.0 if quantity == "fibre_shift" else 1.0
        for muscle, value in zip(load_anatomy().muscles, values, strict=True):
            key = muscle.id if muscle.id in own else muscle.group
            if quantity == "group" or value != plain:
                made[quantity, key] = _row(quantity, key, muscle, value)
    return list(made.values())


def _row(quantity: str, key: str, muscle: Muscle, value: float) -> dict[str, str]:
    begin, source = _of(START, muscle, 1.0), "Seth2019"
    note = "fitted; decision 0005"
    if quantity == "group":
        source = "Wu2016" if key in LIVING else FIXED.get(key, (begin, source))[1]
        note = f"from {begin:.2f}, {value / begin:.2f} fitted; decision 0005"
    elif quantity == "fibre_shift" and key in MEASURED_SHIFT:
        source, note = "Gerling2013", f"from {MEASURED_SHIFT[key]:g}; decision 0005"
    return {
        "quantity": quantity,
        "key": key,
        "value": f"{value:.2f}",
        "unit": "-",
        "source": source,
        "note": note,
    }


def _write(set_to: Calibration) -> None:
    """Replaces the calibration in `strength.csv` and records in the targets what the model misses."""
    fitted = {"group", "fibre_scale", "fibre_shift"}
    kept = [row for row in rows("strength.csv") if row["quantity"] not in fitted]
    _write_table(FOLDER / "strength.csv", _rows(set_to) + kept)
    table = list(csv.DictReader(TARGETS.read_text(encoding="utf-8").splitlines()))
    found = {target.id: (target, capacity(target, set_to)) for target in arm_targets()}
    for row in table:
        if row["id"] in found:
            target, modelled = found[row["id"]]
            row["known_miss"] = "" if target.holds(modelled) else f"{modelled:.0f}"
    _write_table(TARGETS, table)


def _write_table(where: Traversable, table: Sequence[Mapping[str, str]]) -> None:
    with Path(str(where)).open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(table[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(table)


def main() -> None:
    """Fits, prints, and writes if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="put the calibration into strength.csv")
    parser.add_argument("--hold-out", action="store_true", help="predict each study from the others")
    arguments = parser.parse_args()
    targets = [target for target in arm_targets() if target.role == "fit"]
    found = Fit(targets).solve()
    _report(present_calibration(), found)
    for key, row in {(row["quantity"], row["key"]): row for row in _rows(found)}.items():
        print(*key, row["value"], row["note"])
    print("fitted rows:", _score({one.id: capacity(one, found) for one in targets}, targets))
    if arguments.hold_out:
        print("each study from the others:", _hold_out(targets))
    if arguments.write:
        _write(found)


if __name__ == "__main__":
    main()
