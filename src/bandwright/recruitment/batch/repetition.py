"""What every set-up meets in one posed repetition: the muscles, the limb's own weight, what a load does."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bandwright.errors import ModelError, Problem
from bandwright.numerics.arrays import FloatArray, read_only
from bandwright.recruitment.problem import RecruitmentProblem, column_problems, not_finite, shape_problem


@dataclass(frozen=True, slots=True)
class Repetition:
    """K poses, m joint equations, n columns, k cone facets; a load is D numbers, such as a force on the hand [N].

    What has to be held is `torque_still + torque_by_load @ load`; the room in front of the facets likewise.
    """

    moment: FloatArray
    """(K, m, n) torque of each column at full activation [N·m]."""
    lower: FloatArray
    """(K, n) least activation."""
    upper: FloatArray
    """(K, n) greatest activation."""
    weight: FloatArray
    """(n,) cost of each column's squared activation."""
    cone: FloatArray
    """(K, k, n) push of each column at full activation out through each facet [N]."""
    torque_still: FloatArray
    """(K, m) torque to be held without any load [N·m]."""
    room_still: FloatArray
    """(K, k) room in front of each facet without any load or column [N]."""
    torque_by_load: FloatArray
    """(K, m, D) torque per unit of load [N·m]."""
    room_by_load: FloatArray
    """(K, k, D) room per unit of load [N]."""

    def __post_init__(self) -> None:
        for name in self.__slots__:
            object.__setattr__(self, name, read_only(getattr(self, name)))
        problems = _shape_problems(self) or _value_problems(self)
        if problems:
            raise ModelError(*problems)

    @property
    def directions(self) -> int:
        """How many numbers make a load: D."""
        return int(self.torque_by_load.shape[2])

    def problem(self, load: FloatArray) -> RecruitmentProblem:
        """The recruitment problem of one set-up, `load` being (K, D)."""
        return RecruitmentProblem(
            moment=self.moment,
            torque=self.torque_still + np.einsum("kmd,kd->km", self.torque_by_load, load),
            lower=self.lower,
            upper=self.upper,
            weight=self.weight,
            cone=self.cone,
            cone_limit=self.room_still + np.einsum("kfd,kd->kf", self.room_by_load, load),
        )

    def check_loads(self, loads: FloatArray) -> FloatArray:
        """Loads (B, K, D) as a contiguous array.

        Raises:
            ModelError: they have another shape or hold NaN.
        """
        given = np.ascontiguousarray(loads, dtype=np.float64)
        wanted = (len(self.moment), self.directions)
        if given.ndim != 3 or given.shape[1:] != wanted:
            raise ModelError(shape_problem("loads", given.shape, (-1, *wanted)))
        if not np.all(np.isfinite(given)):
            raise ModelError(Problem("not-finite", "loads hold a number that is not finite."))
        return given


def any_load(problem: RecruitmentProblem) -> Repetition:
    """The repetition of a problem whose loads are torques and rooms themselves: D = m + k."""
    poses, equations, facets = len(problem.moment), problem.moment.shape[1], problem.cone.shape[1]
    one = np.tile(np.eye(equations + facets), (poses, 1, 1))
    return Repetition(
        moment=problem.moment,
        lower=problem.lower,
        upper=problem.upper,
        weight=problem.weight,
        cone=problem.cone,
        torque_still=np.zeros((poses, equations)),
        room_still=np.zeros((poses, facets)),
        torque_by_load=one[:, :equations],
        room_by_load=one[:, equations:],
    )


def _shape_problems(repetition: Repetition) -> list[Problem]:
    if repetition.moment.ndim != 3 or repetition.cone.ndim != 3 or repetition.torque_by_load.ndim != 3:
        return [
            Problem(
                "bad-shape",
                "moment must have shape (poses, equations, columns), cone (poses, facets, columns), "
                "torque_by_load (poses, equations, directions).",
            )
        ]
    poses, equations, columns = repetition.moment.shape
    facets, directions = repetition.cone.shape[1], repetition.torque_by_load.shape[2]
    wanted = {
        "lower": (poses, columns),
        "upper": (poses, columns),
        "weight": (columns,),
        "cone": (poses, facets, columns),
        "torque_still": (poses, equations),
        "room_still": (poses, facets),
        "torque_by_load": (poses, equations, directions),
        "room_by_load": (poses, facets, directions),
    }
    return [
        shape_problem(name, getattr(repetition, name).shape, shape)
        for name, shape in wanted.items()
        if getattr(repetition, name).shape != shape
    ]


def _value_problems(repetition: Repetition) -> list[Problem]:
    problems = not_finite({name: getattr(repetition, name) for name in repetition.__slots__})
    problems += column_problems(repetition.lower, repetition.upper)
    if not np.all(repetition.weight > 0.0):
        problems.append(Problem("bad-weight", "The weights of columns must all be above 0."))
    return problems
