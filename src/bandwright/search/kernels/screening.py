"""Load curves, and the least efforts they can mean, of very many band set-ups on one hand's path."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bandwright.errors import ModelError, Problem
from bandwright.numerics.arrays import FloatArray, IntArray
from bandwright.numerics.lanes import LANES, made_up
from bandwright.numerics.threads import share_out
from bandwright.recruitment.batch.pool import CapacityPool
from bandwright.search.kernels.screen_lanes import Bands, Screened, bench_for, screen_piece

PIECE = 2048
"""Set-ups a thread takes at a time."""


@dataclass(frozen=True, slots=True)
class BandForces:
    """Force on the hand of each of T ways to use a band, at even steps of its length."""

    shortest_m: float
    step_m: float
    force_n: FloatArray
    """(T, N) force at shortest_m + i · step_m [N]; straight in between."""


@dataclass(frozen=True, slots=True)
class Choices:
    """B set-ups, each a band from an anchor and something fixed besides; all (B,) places in lists."""

    band: IntArray
    """In `BandForces`."""
    anchor: IntArray
    """In the anchors."""
    fixed: IntArray
    """In the fixed forces."""


@dataclass(frozen=True, slots=True)
class Space:
    """What there is to choose from."""

    anchors_m: FloatArray
    """(A, 3) where bands may begin [m]."""
    fixed_n: FloatArray
    """(W, K, 3) forces on the hand besides the band, such as weights [N]."""
    bands: BandForces


@dataclass(frozen=True, slots=True)
class HandPath:
    """Where the hand goes (K, 3) [m], and the unit vectors of its motion (K, 3)."""

    path_m: FloatArray
    motion: FloatArray


def screen(
    hand: HandPath,
    space: Space,
    choices: Choices,
    *,
    pool: CapacityPool | None = None,
    threads: int | None = None,
) -> Screened:
    """What B set-ups ask of one hand.

    Args:
        hand: the hand's path.
        space: anchors, fixed forces and bands.
        choices: the set-ups.
        pool: faces to bound efforts with; without it the efforts are 0.
        threads: as in `share_out`.

    Raises:
        ModelError: a band would be longer than its table, or a choice is not in its list.
    """
    bands, fixed_n = space.bands, np.asarray(space.fixed_n)
    line = np.asarray(space.anchors_m)[:, None] - hand.path_m
    length = np.linalg.norm(line, axis=2)
    _check(length, len(fixed_n), bands, choices)
    table = _table(hand, bands, (line, length), fixed_n, pool)
    figures = np.empty((6, len(choices.band)))
    picked = (choices.band, choices.anchor, choices.fixed)

    def work(first: int, last: int) -> None:
        screen_piece(table, picked, bench_for(table), figures, first, last)

    share_out(len(choices.band), PIECE, work, threads)
    if pool is not None and not pool.feasible.all():
        figures[3:5] = np.inf
    figures.setflags(write=False)
    return Screened(*figures)


def _table(
    hand: HandPath,
    bands: BandForces,
    lines: tuple[FloatArray, FloatArray],
    fixed_n: FloatArray,
    pool: CapacityPool | None,
) -> Bands:
    """What the kernel reads, `lines` being those from the hand to the anchors (A, K, 3) and their lengths (A, K)."""
    line, length = lines
    place = (length - bands.shortest_m) / bands.step_m
    step = np.minimum(place.astype(np.int64), bands.force_n.shape[1] - 2)
    force = np.asarray(bands.force_n, dtype=np.float64)
    poses = length.shape[1]
    return Bands(
        force=np.stack([force[:, :-1], np.diff(force, axis=1)], axis=2),
        step=step,
        share=place - step,
        direction=_along_poses(line / length[:, :, None]),
        fixed=_along_poses(fixed_n),
        motion=_along_poses(hand.motion[None]),
        face=np.zeros((0, LANES)) if pool is None else _along_poses(pool.face.swapaxes(0, 1)),
        grip=_in_vectors(np.zeros(poses) if pool is None else 1.0 / pool.grip),
        counts=_in_vectors(np.ones(poses)),
    )


def _along_poses(vectors: FloatArray) -> FloatArray:
    """(N, K, 3) as rows of lanes that hold poses."""
    return _in_vectors(np.swapaxes(vectors, 1, 2))


def _in_vectors(values: FloatArray) -> FloatArray:
    """(…, K) as rows of lanes, with zeros for the poses made up."""
    wide = np.zeros((*values.shape[:-1], made_up(values.shape[-1])))
    wide[..., : values.shape[-1]] = values
    return wide.reshape(-1, LANES)


def _check(length: FloatArray, fixed: int, bands: BandForces, choices: Choices) -> None:
    longest = bands.shortest_m + bands.step_m * (bands.force_n.shape[1] - 1)
    if not (length.min() >= bands.shortest_m and length.max() < longest):
        raise ModelError(
            Problem(
                "length-outside-table",
                f"Bands would be {length.min():.3f} to {length.max():.3f} m long; "
                f"the table holds {bands.shortest_m:.3f} to {longest:.3f} m.",
                hint="Make the table longer, or leave out anchors that are too far away.",
            )
        )
    for name, given, size in (
        ("band", choices.band, len(bands.force_n)),
        ("anchor", choices.anchor, len(length)),
        ("fixed", choices.fixed, fixed),
    ):
        if len(given) and not (given.min() >= 0 and given.max() < size):
            raise ModelError(Problem("no-such-choice", f"A choice of {name} is not among 0 … {size - 1}."))
