"""An exercise at its start and finish as a small picture needs it, ``bandwright.poses/1``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Final, Literal

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from bandwright.catalogue.exercise import Exercise
from bandwright.catalogue.setup import STAND_IN
from bandwright.catalogue.setups import default_setup
from bandwright.catalogue.tables import StrictTable
from bandwright.loads import Load, LoadForces
from bandwright.movements import PosedRepetition
from bandwright.service.answer_tables import EndsTable, Share, Vector
from bandwright.service.case import case_of
from bandwright.service.own_bands import find_band
from bandwright.service.places import anchors, ends
from bandwright.service.rounding import numbers

SCHEMA: Final = "bandwright.poses/1"

BOTH: Final = [0, -1]
"""Start and finish."""

DECIMALS: Final = 3
"""Places are told to the millimetre."""


class PosesLoad(StrictTable):
    """What pulls, and along which lines."""

    kind: Literal["band", "cable", "weight", "body-weight"]
    ends: list[EndsTable]
    stretch_ratio: Annotated[list[float], Field(min_length=2, max_length=2)] | None = Field(
        default=None, description="Below 1 the band is slack; bands only."
    )


class PosesAnswer(StrictTable):
    """Start and finish with the usual loads, of nobody in particular."""

    schema_: Literal["bandwright.poses/1"] = Field(alias="schema")
    exercise: str
    phase: Annotated[list[Share], Field(min_length=2, max_length=2)]
    positions_m: dict[str, Annotated[list[Vector], Field(min_length=2, max_length=2)]]
    loads: list[PosesLoad]


def poses_answer(exercise: Exercise) -> dict[str, Any]:
    """Where body and loads are at start and finish.

    Raises:
        InputError, InfeasibleError, ModelError: the usual set-up cannot be worked out.
    """
    case = case_of(default_setup(exercise, STAND_IN, find_band=find_band))
    posed, loads = case.posed, case.setup.loads
    return {
        "schema": SCHEMA,
        "exercise": exercise.id,
        "phase": numbers(posed.phase[BOTH]),
        "positions_m": _at_both({**posed.points, **anchors(loads, posed)}),
        "loads": [_load(load, force, posed) for load, force in zip(loads, case.forces, strict=True)],
    }


def _at_both(places: Mapping[str, NDArray[np.float64]]) -> dict[str, Any]:
    return {name: numbers(place[BOTH].round(DECIMALS)) for name, place in places.items()}


def _load(load: Load, force: LoadForces, posed: PosedRepetition) -> dict[str, Any]:
    drawn: dict[str, Any] = {"kind": force.kind, "ends": ends(load, posed)}
    if force.band is not None:
        drawn["stretch_ratio"] = numbers(force.band.stretch_ratio[BOTH])
    return drawn
