"""Random repetitions built like the real thing: smooth along the poses, muscles of many sizes, then actuators."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from bandwright.numerics.arrays import FloatArray
from bandwright.recruitment import CapacityProblem, LimitLabels, RecruitmentProblem

EQUATIONS: Final = 8
MUSCLES: Final = 40
ACTUATORS: Final = 5
FACETS: Final = 8
COLUMNS: Final = MUSCLES + ACTUATORS
LABELS: Final = LimitLabels(
    columns=tuple(f"column_{i}" for i in range(COLUMNS)),
    facets=tuple(f"facet_{i}" for i in range(FACETS)),
    caps=("grip",),
    equations=tuple(f"joint_{i}" for i in range(EQUATIONS)),
)


@dataclass(frozen=True, slots=True)
class Columns:
    """What the columns of K poses can do, and what one can be asked for."""

    moment: FloatArray
    lower: FloatArray
    upper: FloatArray
    cone: FloatArray
    room: FloatArray

    def torque(self, rng: np.random.Generator, share: float) -> FloatArray:
        """(K, m) a torque near what a sparse random activation gives, changing along the poses [N·m]."""
        some = rng.uniform(0.0, 0.5, COLUMNS) * (rng.random(COLUMNS) < 0.4)
        phase = np.linspace(0.0, 1.0, len(self.moment))[:, None]
        held = self.moment[0] @ some * (0.6 + 0.5 * np.sin(3.0 * phase))
        torque: FloatArray = share * (held + 10.0 * phase * rng.normal(size=EQUATIONS))
        return torque


def columns(rng: np.random.Generator, poses: int) -> Columns:
    """Columns of `poses` poses: moments to about 100 N·m and forces to 3000 N at full activation."""
    phase = np.linspace(0.0, 1.0, poses)[:, None, None]
    size = rng.uniform(1.0, 50.0, MUSCLES) * (rng.random((EQUATIONS, MUSCLES)) < 0.6)
    start = rng.normal(size=(EQUATIONS, MUSCLES)) * size
    change = rng.normal(size=(EQUATIONS, MUSCLES)) * (0.5 * np.abs(start) + 0.5)
    moment = np.zeros((poses, EQUATIONS, COLUMNS))
    moment[:, :, :MUSCLES] = start + change * np.sin(2.0 * phase)
    for i in range(ACTUATORS):
        moment[:, rng.integers(EQUATIONS), MUSCLES + i] = rng.choice([10.0, 20.0, 30.0])
    lower = np.zeros(COLUMNS)
    lower[MUSCLES:-1] = -1.0
    cone = np.zeros((poses, FACETS, COLUMNS))
    cone[:] = _pushes(rng) * (1.0 + 0.3 * np.sin(phase))
    room = np.tile(20.0 * rng.normal(size=FACETS), (poses, 1))
    return Columns(moment, np.tile(lower, (poses, 1)), np.ones((poses, COLUMNS)), cone, room)


def _pushes(rng: np.random.Generator) -> FloatArray:
    """(k, n) push of half the muscles through eight facets around a socket; the last actuator is a capsule."""
    turn = np.arange(FACETS) * 2.0 * np.pi / FACETS
    facets = np.column_stack([np.cos(turn), np.sin(turn), np.full(FACETS, 0.5)])
    pull = rng.normal(size=(MUSCLES, 3))
    pull[:, 2] = -1.5 * np.abs(pull[:, 2])
    pull /= np.linalg.norm(pull, axis=1)[:, None]
    pull *= (rng.uniform(50.0, 3000.0, MUSCLES) * (rng.random(MUSCLES) < 0.5))[:, None]
    push = np.zeros((FACETS, COLUMNS))
    push[:, :MUSCLES] = facets @ pull.T
    push[:, -1] = facets @ np.array([0.0, 150.0, 0.0])
    return push


def recruitment_problem(rng: np.random.Generator, poses: int, load: float) -> RecruitmentProblem:
    """A recruitment problem; `load` 1 is within strength, 5 far beyond it."""
    can = columns(rng, poses)
    weight = rng.uniform(0.5, 2.0, COLUMNS)
    return RecruitmentProblem(
        can.moment, can.torque(rng, load), can.lower, can.upper, weight, can.cone, can.room
    )


def capacity_problem(
    rng: np.random.Generator, poses: int, *, limb: float, load: float, cap: float = np.inf
) -> CapacityProblem:
    """A capacity problem; `limb` 0.1 can always be held, 5 hardly ever."""
    can = columns(rng, poses)
    return CapacityProblem(
        can.moment,
        can.torque(rng, limb),
        can.torque(rng, load),
        can.lower,
        can.upper,
        can.cone,
        can.room,
        np.tile(20.0 * load * rng.normal(size=FACETS), (poses, 1)),
        np.full((poses, 1), cap),
        LABELS,
    )
