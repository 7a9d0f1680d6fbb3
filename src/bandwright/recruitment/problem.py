"""The recruitment problem: what the muscles must hold, at every pose of one repetition."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from bandwright.errors import ModelError, Problem
from bandwright.numerics.arrays import FloatArray, read_only


@dataclass(frozen=True, slots=True)
class Penalties:
    """What it costs to leave torque unheld, and to press outside the glenoid cone, against Σ w a²."""

    torque: float = 10.0
    """Cost of the reserve, ½ · torque · ‖reserve‖² [1/(N·m)²]. At 10 a column worth 10 N·m leaves
    about 0.01 N·m unheld at full activation, while 1 N·m costs as much as ten columns at full activation."""
    cone: float = 0.01
    """Cost of leaving the cone, ½ · cone · ‖excess‖² [1/N²]. At 0.01 a column of 300 N exceeds the cone by
    about 0.3 N at full activation, while 10 N of excess cost as much as one column at full activation."""

    def __post_init__(self) -> None:
        for name in ("torque", "cone"):
            value = getattr(self, name)
            if not (np.isfinite(value) and value > 0.0):
                raise ModelError(
                    Problem(
                        "bad-penalty",
                        f"The {name} penalty is {value}; it must be a finite number above 0.",
                        hint=f"For example Penalties({name}={getattr(Penalties(), name)}).",
                    )
                )


@dataclass(frozen=True, slots=True)
class RecruitmentProblem:
    """K poses, each with m joint equations, n columns (muscles, then actuators) and k cone facets.

    Column i at activation 1 gives the torques `moment[:, :, i]` and moves the joint reaction by
    `cone[:, :, i]` towards each facet. k may be 0.
    """

    moment: FloatArray
    """(K, m, n) torque of each column at full activation [N·m]."""
    torque: FloatArray
    """(K, m) what has to be held [N·m]."""
    lower: FloatArray
    """(K, n) least activation."""
    upper: FloatArray
    """(K, n) greatest activation."""
    weight: FloatArray
    """(n,) cost of each column's squared activation."""
    cone: FloatArray
    """(K, k, n) push of each column at full activation out through each facet [N]."""
    cone_limit: FloatArray
    """(K, k) room left in front of each facet without the columns [N]."""

    def __post_init__(self) -> None:
        for name in self.__slots__:
            object.__setattr__(self, name, read_only(getattr(self, name)))
        problems = _shape_problems(self) or _value_problems(self)
        if problems:
            raise ModelError(*problems)


def column_problems(lower: FloatArray, upper: FloatArray) -> list[Problem]:
    """What is wrong with the bounds of the columns: every one that is crossed."""
    crossed = np.any(lower > upper, axis=tuple(range(lower.ndim - 1)))
    return [
        Problem("crossed-bounds", f"Column {i}: the lower bound is above the upper one.")
        for i in np.nonzero(crossed)[0]
    ]


def shape_problem(name: str, given: tuple[int, ...], wanted: tuple[int, ...]) -> Problem:
    """The problem of an array of the wrong shape."""
    return Problem("bad-shape", f"{name} has shape {given}; it must have {wanted}.")


def demand_problems(problem: RecruitmentProblem, torque: FloatArray, cone_limit: FloatArray) -> list[Problem]:
    """What is wrong with another demand on a problem's columns."""
    asked = {"torque": torque, "cone_limit": cone_limit}
    wanted = {name: getattr(problem, name).shape for name in asked}
    wrong = [
        shape_problem(name, given.shape, wanted[name])
        for name, given in asked.items()
        if given.shape != wanted[name]
    ]
    return wrong or not_finite(asked)


def _shape_problems(problem: RecruitmentProblem) -> list[Problem]:
    if problem.moment.ndim != 3 or problem.cone.ndim != 3:
        return [
            Problem(
                "bad-shape",
                "moment must have shape (poses, equations, columns), cone (poses, facets, columns).",
            )
        ]
    poses, equations, columns = problem.moment.shape
    facets = problem.cone.shape[1]
    wanted = {
        "torque": (poses, equations),
        "lower": (poses, columns),
        "upper": (poses, columns),
        "weight": (columns,),
        "cone": (poses, facets, columns),
        "cone_limit": (poses, facets),
    }
    return [
        shape_problem(name, getattr(problem, name).shape, shape)
        for name, shape in wanted.items()
        if getattr(problem, name).shape != shape
    ]


def _value_problems(problem: RecruitmentProblem) -> list[Problem]:
    problems = not_finite({name: getattr(problem, name) for name in problem.__slots__})
    problems += column_problems(problem.lower, problem.upper)
    if not np.all(problem.weight > 0.0):
        light = np.nonzero(~(problem.weight > 0.0))[0].tolist()
        problems.append(Problem("bad-weight", f"The weights of columns {light} are not above 0."))
    return problems


def not_finite(arrays: Mapping[str, FloatArray]) -> list[Problem]:
    """The problems of the arrays that hold NaN or infinity, with the first place of each."""
    problems = []
    for name, values in arrays.items():
        finite = np.isfinite(values)
        if not finite.all():
            first = np.argwhere(~finite)[0].tolist()
            problems.append(Problem("not-finite", f"{name}{first} is not a finite number."))
    return problems
