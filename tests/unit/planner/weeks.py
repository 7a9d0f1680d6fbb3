"""Made-up weeks for the planner's laws."""

from __future__ import annotations

from typing import Final

import numpy as np
from hypothesis import strategies as st

from bandwright.catalogue.week_rules import Counting
from bandwright.planner.training import Fibre, Kind, Training

POSES: Final = 51
MUSCLES: Final = ("lats", "biceps", "erector_spinae")

COUNTING: Final = Counting(
    full_share=0.5,
    half_share=0.25,
    half_counts=0.5,
    idle_below=0.01,
    band_alone_from=0.9,
    reliant_above=2 / 3,
    unloaded_below=1 / 6,
    least_travel=0.05,
    repetition_s=4.5,
    sources="COACH",
)


def fibre(start: float, finish: float, longest: float = 1.2, shortest: float = 0.8) -> Fibre:
    """An element that shortens evenly while its activation goes evenly from one value to another."""
    return Fibre(np.linspace(start, finish, POSES), np.linspace(longest, shortest, POSES))


def training(kind: Kind = "no-bands", sets: int = 3, **fibres: Fibre) -> Training:
    """An exercise of ten repetitions, meant for every muscle it names."""
    return Training(kind, kind, sets, 10.0, {name: (one,) for name, one in fibres.items()}, tuple(fibres))


activations = st.floats(0.02, 1.0)
fibres = st.builds(fibre, activations, activations, st.floats(1.0, 1.4), st.floats(0.5, 0.9))


def trainings(*kinds: Kind) -> st.SearchStrategy[Training]:
    """Exercises of some kinds that work all the muscles."""
    return st.builds(
        lambda kind, sets, one, two, three: training(kind, sets, lats=one, biceps=two, erector_spinae=three),
        st.sampled_from(kinds),
        st.integers(1, 12),
        fibres,
        fibres,
        fibres,
    )


ANY: Final = trainings("bands-alone", "band-assisted", "bands-and-more", "no-bands")
WEEKS: Final = st.lists(ANY, min_size=1, max_size=4)
