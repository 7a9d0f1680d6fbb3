"""The capacity problem: limb and load at every pose of one repetition, and the limits that could stop it."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np

from bandwright.errors import ModelError, Problem
from bandwright.numerics.arrays import BoolArray, FloatArray, read_only
from bandwright.recruitment.problem import column_problems, not_finite, shape_problem


@dataclass(frozen=True, slots=True)
class LimitLabels:
    """What to call the limits: n columns, k facets, g caps, and m equations (joints nothing can turn)."""

    columns: tuple[str, ...]
    facets: tuple[str, ...]
    caps: tuple[str, ...]
    equations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tolerance:
    """By how much a limit may be missed in a pose that counts as held; both must be above 0."""

    torque_nm: float = 0.5
    """Per joint equation [N·m]; about 1 % of what the weaker shoulder axes can give."""
    cone_n: float = 5.0
    """Per glenoid facet [N]; about 1 % of a common joint reaction."""

    def __post_init__(self) -> None:
        bad = [f.name for f in fields(self) if not 0.0 < getattr(self, f.name) < np.inf]
        if bad:
            raise ModelError(
                *(
                    Problem("bad-tolerance", f"{name} is {getattr(self, name)}; it must be above 0.")
                    for name in bad
                )
            )


@dataclass(frozen=True, slots=True)
class CapacityProblem:
    """K poses with m joint equations, n columns, k cone facets and g caps; k and g may be 0.

    A pose holds the factor s if, within the tolerance, moment · a = torque_limb + s torque_load and
    cone · a ≤ cone_limit_limb + s cone_limit_load, with lower ≤ a ≤ upper and s ≤ cap.
    """

    moment: FloatArray
    """(K, m, n) torque of each column at full activation [N·m]."""
    torque_limb: FloatArray
    """(K, m) torque to be held without the load [N·m]."""
    torque_load: FloatArray
    """(K, m) torque the load adds [N·m]."""
    lower: FloatArray
    """(K, n) least activation."""
    upper: FloatArray
    """(K, n) greatest activation."""
    cone: FloatArray
    """(K, k, n) push of each column at full activation out through each facet [N]."""
    cone_limit_limb: FloatArray
    """(K, k) room in front of each facet without the load [N]."""
    cone_limit_load: FloatArray
    """(K, k) room the load adds [N]."""
    cap: FloatArray
    """(K, g) other limits on the factor, e.g. grip over load; inf where there is none."""
    labels: LimitLabels
    tolerance: Tolerance = Tolerance()

    def __post_init__(self) -> None:
        for name in _ARRAYS:
            object.__setattr__(self, name, read_only(getattr(self, name)))
        problems = _shape_problems(self) or _value_problems(self)
        if problems:
            raise ModelError(*problems)

    @property
    def limit_labels(self) -> tuple[str, ...]:
        """Names of all limits: columns, facets, caps, equations."""
        return self.labels.columns + self.labels.facets + self.labels.caps + self.labels.equations

    @property
    def lowest_cap(self) -> FloatArray:
        """(K,) the lowest cap; inf where there is none."""
        lowest: FloatArray = np.min(self.cap, axis=1, initial=np.inf)
        return lowest

    @property
    def slack(self) -> BoolArray:
        """(K,) whether the load asks nothing: no torque and no room in front of any facet."""
        nothing: BoolArray = np.all(self.torque_load == 0.0, axis=1) & np.all(
            self.cone_limit_load >= 0.0, axis=1
        )
        return nothing


_ARRAYS = tuple(f.name for f in fields(CapacityProblem) if f.name not in ("labels", "tolerance"))


def _shape_problems(problem: CapacityProblem) -> list[Problem]:
    if problem.moment.ndim != 3 or problem.cone.ndim != 3 or problem.cap.ndim != 2:
        return [
            Problem(
                "bad-shape",
                "moment must have shape (poses, equations, columns), cone (poses, facets, columns), "
                "cap (poses, caps).",
            )
        ]
    poses, equations, columns = problem.moment.shape
    facets, caps = problem.cone.shape[1], problem.cap.shape[1]
    wanted = {
        "torque_limb": (poses, equations),
        "torque_load": (poses, equations),
        "lower": (poses, columns),
        "upper": (poses, columns),
        "cone": (poses, facets, columns),
        "cone_limit_limb": (poses, facets),
        "cone_limit_load": (poses, facets),
        "cap": (poses, caps),
    }
    problems = [
        shape_problem(name, getattr(problem, name).shape, shape)
        for name, shape in wanted.items()
        if getattr(problem, name).shape != shape
    ]
    counts = {"columns": columns, "facets": facets, "caps": caps, "equations": equations}
    return problems + [
        Problem("bad-labels", f"There are {len(getattr(problem.labels, name))} labels for {count} {name}.")
        for name, count in counts.items()
        if len(getattr(problem.labels, name)) != count
    ]


def _value_problems(problem: CapacityProblem) -> list[Problem]:
    problems = not_finite({name: getattr(problem, name) for name in _ARRAYS if name != "cap"})
    problems += column_problems(problem.lower, problem.upper)
    if not np.all(problem.cap >= 0.0):
        problems.append(Problem("bad-cap", "A cap on the factor is negative or not a number."))
    return problems
