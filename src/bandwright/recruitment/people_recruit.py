"""Recruitment for many people at one repetition, in lanes and threads."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, NamedTuple

import numpy as np

from bandwright.numerics.arrays import FloatArray
from bandwright.numerics.lanes import LANES, made_up
from bandwright.numerics.threads import begin
from bandwright.recruitment.batch.lane_people import LanePeople, lane_people, more_seats
from bandwright.recruitment.people import Packed, People, packed, rows_of
from bandwright.recruitment.people_lanes import Crowd, Outcome, Task, crowd_for, sweep
from bandwright.recruitment.problem import Penalties, RecruitmentProblem
from bandwright.recruitment.recruit import recruit
from bandwright.recruitment.scaling import row_sizes

CROWD: Final = 104
"""People who go through the poses together: enough to fill the lanes again and again; 200 make two crowds."""
REACH: Final = 0.2
"""How far an activation is thought to follow the nominal person's, compared with the room between its bounds."""


@dataclass(frozen=True, slots=True, eq=False)
class Recruits:
    """People made ready to be recruited for whatever they have to hold; costs as of `recruit`."""

    people: People
    weight: FloatArray
    """(n,) cost of each column's squared activation."""
    penalties: Penalties
    packed: Packed
    lanes: LanePeople
    row: FloatArray
    """(M,) what rows were multiplied by."""
    crowds: deque[Crowd] = field(default_factory=deque)
    """Room that no thread needs at present."""

    def crowd(self) -> Crowd:
        """Room for one thread."""
        try:
            return self.crowds.pop()
        except IndexError:
            return crowd_for(more_seats(self.lanes), len(self.row), CROWD)


def recruits(people: People, weight: FloatArray, penalties: Penalties) -> Recruits:
    """People made ready: what does not depend on the loads is worked out once.

    Raises:
        ModelError: the rows of the cone are combinations of more forces than there are on the humeral head.
    """
    poses, size, n = people.rows.shape
    row = row_sizes(penalties, people.equations, size - people.equations)
    column = 1.0 / np.sqrt(weight)
    alone = packed(people, np.tile(row, (poses, 1)), column, n)
    return Recruits(people, weight, penalties, alone, lane_people(people, row, column), row)


class Recruiting(NamedTuple):
    """Answers of D people that other threads are at; complete once `finish`, which does what is left, was called."""

    activation: FloatArray
    """(K, n, D)."""
    left: FloatArray
    """(K, m, D) torque left unheld [N·m]."""
    finish: Callable[[], None]


def recruit_people(who: Recruits, target: FloatArray, start: FloatArray) -> Recruiting:
    """Activations of D people, and the torque left unheld; the problem is that of `recruit`.

    Args:
        who: the people.
        target: (D, K, M) torque to be held [N·m] and room in front of each facet [N].
        start: (K, M) the nominal person's multipliers.
    """
    people = who.people
    (poses, _, n), draws = people.rows.shape, len(people.steps)
    wide = made_up(draws)
    found, left = np.empty((poses, n, wide)), np.empty((poses, people.equations, wide))
    failed = np.zeros((poses, draws), np.bool_)
    out = Outcome(found.reshape(-1, LANES), left.reshape(-1, LANES), failed)
    task = _task(who, target, start)

    def work(first: int, last: int) -> None:
        crowd = who.crowd()
        sweep(task, crowd, out, first, last)
        who.crowds.append(crowd)

    begun = begin(draws, CROWD, work)

    def finish() -> None:
        begun()
        for place, person in np.argwhere(failed):
            alone = _by_itself(who, target, (int(person), int(place)))
            found[place, :, person], left[place, :, person] = alone

    return Recruiting(found[..., :draws], left[..., :draws], finish)


def _task(who: Recruits, target: FloatArray, start: FloatArray) -> Task:
    """What is asked, scaled, and the nominal person's course."""
    root, first = np.sqrt(who.weight), start / np.abs(who.row)
    first_z = np.einsum("kmn,km->kn", who.people.rows, first * who.row) / root
    course, course_z = first.copy(), first_z.copy()
    course[1:] -= first[:-1]
    most = REACH * (who.people.limits[1] - who.people.limits[0]) * root
    course_z[1:] = np.clip(first_z[1:] - first_z[:-1], -most, most)
    return Task(who.packed, target * who.row, first, first_z, course, course_z, who.row, root)


def _by_itself(who: Recruits, target: FloatArray, where: tuple[int, int]) -> tuple[FloatArray, FloatArray]:
    """Activations and torque left of one person at one pose, by whichever solver can."""
    (person, pose), people, weight = where, who.people, who.weight
    m, rows = people.equations, rows_of(people, person)[pose : pose + 1]
    goal = target[person, pose : pose + 1]
    lower, upper = people.limits[:, None]
    problem = RecruitmentProblem(rows[:, :m], goal[:, :m], lower, upper, weight, rows[:, m:], goal[:, m:])
    answer = recruit(problem, who.penalties)
    return answer.activation[0], answer.residual[0]
