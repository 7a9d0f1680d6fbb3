"""Scores of one load along fixed directions at any tension, looked up instead of solved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from bandwright.errors import ModelError, Problem, SolverError
from bandwright.numerics.arrays import FloatArray, IntArray, read_only
from bandwright.numerics.lanes import LANES, even, lanewise, lanewise_entry, load, made_up, store
from bandwright.numerics.threads import share_out
from bandwright.recruitment.batch.batch import BatchRecruiter
from bandwright.recruitment.batch.following import Line, follow
from bandwright.recruitment.newton import ScaledPose
from bandwright.recruitment.problem import shape_problem
from bandwright.recruitment.scaling import scaled_poses

MOST_PIECES: Final = 512
"""Room for the pieces of one pose; some fifty are usual."""
CELLS: Final = 256
"""Equal parts of the tension range, each of which knows the piece it begins in: seldom is that not the right one."""
TOGETHER: Final = 64
"""Set-ups that go through a pose together, while its part of the table is in the nearest cache."""
PIECE: Final = 8 * TOGETHER
"""Set-ups a thread takes at a time: few, so that the last threads do not wait for each other long."""


class Pieces(NamedTuple):
    """The table as the kernel reads it; S pieces at most, s scores made up to w whole vectors."""

    knot: FloatArray
    """(K, S + 1) tension at which each piece begins; inf beyond the last [N]."""
    value: FloatArray
    """(K, S, 2, w · LANES) scores as start + tension · rate."""
    first: IntArray
    """(K, CELLS + 1) the piece at the beginning of each cell."""


@dataclass(frozen=True, slots=True)
class TensionTable:
    """Scores at K poses by one tension from 0 to `greatest_n`: exact, since they are piecewise linear."""

    pieces: Pieces
    greatest_n: float
    breakpoints: IntArray
    """(K,) breakpoints of each pose."""
    groups: int

    def scores(self, tensions: FloatArray, *, threads: int | None = None) -> FloatArray:
        """Mean, shortened and lengthened scores (B, 3, G) of set-ups by their tensions (B, K) [N].

        Raises:
            ModelError: tensions of the wrong shape, or outside 0 … `greatest_n`.
        """
        given = np.ascontiguousarray(tensions, dtype=np.float64)
        if given.ndim != 2 or given.shape[1] != len(self.breakpoints):
            raise ModelError(shape_problem("tensions", given.shape, (-1, len(self.breakpoints))))
        total = np.empty((len(given), 3 * self.groups))
        scale, wide = CELLS / self.greatest_n, self.pieces.value.shape[3] // LANES
        value = self.pieces.value.reshape(-1, LANES)

        def work(first: int, last: int) -> None:
            self._check(given[first:last])
            room = np.empty((TOGETHER * wide, LANES))
            _look_up(self.pieces, value, scale, given, (room, total), (first, last))

        share_out(len(given), PIECE, work, threads)
        total[:, : self.groups] /= len(self.breakpoints)
        return read_only(total.reshape(len(given), 3, self.groups))

    def _check(self, tensions: FloatArray) -> None:
        if not (tensions.min() >= 0.0 and tensions.max() <= self.greatest_n):
            raise ModelError(
                Problem(
                    "tension-outside-table",
                    f"Tensions from {tensions.min():.4g} to {tensions.max():.4g} N; the table holds 0 to "
                    f"{self.greatest_n:.4g} N.",
                    hint="Make the table with a greater greatest_n.",
                )
            )


def tension_table(
    recruiter: BatchRecruiter, still: FloatArray, direction: FloatArray, greatest_n: float
) -> TensionTable:
    """The table of a load `still + tension · direction`.

    Args:
        recruiter: repetition, groups and penalties.
        still: (K, D) what is held at tension 0, such as a weight beside a band.
        direction: (K, D) what each newton of tension adds.
        greatest_n: tension at which the table ends [N].

    Raises:
        SolverError: a pose has more pieces than there is room for, or its solver failed.
    """
    repetition = recruiter.repetition
    poses = scaled_poses(repetition.problem(still), recruiter.penalties)
    slope = scaled_poses(repetition.problem(still + direction), recruiter.penalties).target - poses.target
    rows = recruiter.doses.rows() / np.sqrt(repetition.weight)
    knots, pieces = np.full(MOST_PIECES, np.inf), np.zeros((MOST_PIECES, 2, repetition.weight.size))
    found = []
    for k in range(len(rows)):
        pose = ScaledPose(poses.rows[k], poses.target[k], poses.limits[k], poses.free)
        count, error = follow(Line(pose, slope[k]), greatest_n, knots, pieces)
        if count < 0 or not np.isfinite(error):
            raise SolverError(
                Problem(
                    "table-failed", f"The table of pose {k} could not be made: {count} pieces, error {error}."
                )
            )
        found.append((knots[:count].copy(), pieces[:count] @ rows[k].T))
    return TensionTable(
        pieces=_packed(found, greatest_n),
        greatest_n=greatest_n,
        breakpoints=np.array([len(knot) - 1 for knot, _ in found]),
        groups=len(recruiter.doses.share),
    )


def _packed(found: list[tuple[FloatArray, FloatArray]], greatest_n: float) -> Pieces:
    """Poses of different numbers of pieces in common arrays."""
    most = max(len(knot) for knot, _ in found)
    knot = np.full((len(found), most + 1), np.inf)
    scores = found[0][1].shape[2]
    value = np.zeros((len(found), most, 2, made_up(scores)))
    cells = np.linspace(0.0, greatest_n, CELLS + 1)
    first = np.zeros((len(found), CELLS + 1), np.int64)
    for k, (knots, values) in enumerate(found):
        knot[k, : len(knots)], value[k, : len(knots), :, :scores] = knots, values
        # One part in a million early: rounding may put a tension in the cell after its own.
        first[k] = np.maximum(np.searchsorted(knots, cells * (1.0 - 1e-6), side="right") - 1, 0)
    return Pieces(knot, value, first)


@lanewise
def _add_pose(
    pieces: Pieces, value: FloatArray, k: int, places: tuple[FloatArray, float], room: FloatArray, start: int
) -> None:
    """Add the scores at pose k to the sums in `room`, of set-ups from `start` on."""
    tensions, scale = places
    wide = room.shape[0] // TOGETHER
    for seat in range(min(TOGETHER, tensions.shape[0] - start)):
        tension = tensions[start + seat, k]
        piece = pieces.first[k, int(tension * scale)]
        while tension >= pieces.knot[k, piece + 1]:
            piece += 1
        row = 2 * wide * (k * pieces.value.shape[1] + piece)
        for w in range(wide):
            score = load(value, row + w) + tension * load(value, row + wide + w)
            store(room, seat * wide + w, load(room, seat * wide + w) + score)


@lanewise_entry
def _look_up(
    pieces: Pieces,
    value: FloatArray,
    scale: float,
    tensions: FloatArray,
    sums: tuple[FloatArray, FloatArray],
    piece: tuple[int, int],
) -> None:
    """Set the sums over the poses of the set-ups piece[0] … piece[1] − 1, by way of room for `TOGETHER`."""
    room, total = sums
    for start in range(piece[0], piece[1], TOGETHER):
        for row in range(room.shape[0]):
            store(room, row, even(0.0))
        for k in range(tensions.shape[1]):
            _add_pose(pieces, value, k, (tensions, scale), room, start)
        wide = room.shape[0] // TOGETHER
        for one in range(start, min(start + TOGETHER, piece[1])):
            for s in range(total.shape[1]):
                total[one, s] = room[(one - start) * wide + s // LANES, s % LANES]
