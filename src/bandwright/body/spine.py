"""The lower back: which part of its capacity a posture and its loads take."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ErectorLump:
    """Erector spinae elements lumped by column: share of the total force, lever about L5/S1 [m]."""

    id: str
    name: str
    force_share: float
    lever_m: float


@dataclass(frozen=True, slots=True)
class SpinalLoad:
    """Extension moment at L5/S1 (K,) [N·m], the back's capacity [N·m] and the share of it used (K,) [-].

    `supported` postures carry the trunk on a bench or bar; their moment is not judged.
    """

    moment_nm: Array
    capacity_nm: float
    share: Array
    supported: bool


def spinal_load(moment_nm: Array, capacity_nm: float, *, supported: bool) -> SpinalLoad:
    """Spinal load from the L5/S1 moment; a flexing moment asks nothing of the back's extensors."""
    carried = np.zeros_like(moment_nm) if supported else moment_nm
    return SpinalLoad(carried, capacity_nm, np.maximum(carried, 0.0) / capacity_nm, supported)


def erector_force_n(lump: ErectorLump, lumps: tuple[ErectorLump, ...], spine: SpinalLoad) -> Array:
    """Force of one lump on one side [N], of the shape of the share, when all share the moment at equal activation."""
    lever = sum(other.force_share * other.lever_m for other in lumps)
    both_sides = spine.capacity_nm / lever
    return np.asarray(np.minimum(spine.share, 1.0) * both_sides * lump.force_share / 2)
