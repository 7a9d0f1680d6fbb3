"""Load curves, and the least efforts they can mean, of very many band set-ups on one hand's path."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from bandwright.errors import ModelError, Problem
from bandwright.numerics.arrays import FloatArray, IntArray, read_only
from bandwright.numerics.lanes import LANES
from bandwright.numerics.threads import share_out
from bandwright.recruitment.batch.pool import CapacityPool
from bandwright.search.kernels.screen_lanes import Bands, Found, Screened, bench_for, screen_piece

PIECE = 256 * LANES
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
    bands, fixed_n = space.bands, space.fixed_n
    line = np.asarray(space.anchors_m)[:, None] - hand.path_m
    length = np.linalg.norm(line, axis=2)
    _check(length, len(fixed_n), bands, choices)
    table = Bands(
        force=np.ascontiguousarray(bands.force_n, dtype=np.float64),
        place=np.ascontiguousarray((length - bands.shortest_m) / bands.step_m),
        direction=np.ascontiguousarray((line / length[:, :, None]).swapaxes(1, 2)),
        fixed=np.ascontiguousarray(np.swapaxes(fixed_n, 1, 2), dtype=np.float64),
        motion=np.ascontiguousarray(hand.motion, dtype=np.float64),
        face=np.zeros((length.shape[1], 0, 3)) if pool is None else pool.face,
        grip=np.zeros(length.shape[1]) if pool is None else 1.0 / pool.grip,
    )
    count = len(choices.band)
    out = Found(np.zeros((count, 6)))
    picked = (choices.band, choices.anchor, choices.fixed)

    def work(first: int, last: int) -> None:
        screen_piece(table, picked, bench_for(length.shape[1]), out, first, last)

    share_out(count, PIECE, work, threads)
    columns = [read_only(column) for column in out.figures.T]
    if pool is not None and not pool.feasible.all():
        columns[3:5] = [read_only(np.full(count, np.inf))] * 2
    return Screened(*columns)


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
