"""How the designer's cost grows with the set-ups it judges: one exercise on ever finer grids, drawn for the docs."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import numpy as np
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from rich.console import Console
from rich.progress import track
from rich.table import Table

from bandwright.catalogue.exercises import find_exercise
from bandwright.catalogue.objectives import load_objectives
from bandwright.search.find import SEED, Search, finalists_of, prepared
from bandwright.search.grid import Steps
from bandwright.search.objective import Limits
from bandwright.search.routes import ExerciseSpace
from bandwright.search.screen import first_pool
from bandwright.search.stock import OwnedWeight
from bandwright.search.sweep import screened
from bandwright.service.design import Request, exercises_for, objective_of
from bandwright.service.design_space import space_of, stock_of
from bandwright.service.metrics import BALANCE_M

PICTURE: Final = Path(__file__).parents[1] / "docs" / "images" / "designer-growth.svg"
EXERCISE: Final = "single-arm-dumbbell-row-forward-band"

GRIDS: Final = ((30.0, 10.0), (6.0, 8.0), (2.0, 2.0), (1.0, 1.0), (1.0, 0.1), (0.5, 0.05))
"""Steps of distance, height and free length over the usual ones, and of the dumbbells' mass [kg]."""

WHOLE_UP_TO: Final = 2e7
"""Candidates up to which the whole search is timed, not the first pass alone."""

ROUNDS: Final = 3


@dataclass(frozen=True, slots=True)
class Point:
    """Candidates judged, and seconds for the first pass and for the whole search of the exercise."""

    judged: int
    first_pass_s: float
    whole_s: float | None


def search_of(request: Request) -> Search:
    """What the service would search for."""
    limits = load_objectives().limits
    return Search(
        stock_of(request.gear),
        objective_of(request),
        Limits(limits.spine_share.value, limits.forward_tip.value, BALANCE_M),
        request.options,
    )


def spaces_for(request: Request) -> Iterator[tuple[ExerciseSpace, int, Search]]:
    """Every exercise of a request that can be done and has a band to it."""
    what = search_of(request)
    for exercise in exercises_for(request):
        space = space_of(exercise, request.person, what.stock, request.find_band)
        if isinstance(space, ExerciseSpace) and space.routes:
            yield space, 0, what


def measured(request: Request, grid: tuple[float, float]) -> Point:
    """The exercise searched on one grid."""
    usual, what = Steps(), search_of(request)
    scale, mass_step = grid
    steps = Steps(scale * usual.distance_m, scale * usual.height_m, scale * usual.free_m)
    stock = replace(what.stock, weights=tuple(_stepped(one, mass_step) for one in what.stock.weights))
    what = replace(what, stock=stock, options=replace(what.options, steps=steps))
    space = space_of(find_exercise(EXERCISE), request.person, stock, request.find_band)
    if not isinstance(space, ExerciseSpace):
        raise TypeError(space.text)
    started = time.perf_counter()
    screen, appraiser = prepared(space, 0, what)
    tally = screened(screen, first_pool(screen, np.random.default_rng(SEED)), appraiser.window)
    first_pass_s = time.perf_counter() - started
    if tally.judged > WHOLE_UP_TO:
        return Point(tally.judged, first_pass_s, None)
    judged = tally.judged
    del tally, screen
    started = time.perf_counter()
    finalists_of(*prepared(space, 0, what), what.options)
    return Point(judged, first_pass_s, time.perf_counter() - started)


def _stepped(one: OwnedWeight, step_kg: float) -> OwnedWeight:
    low, high = one.masses_kg[0], one.masses_kg[-1]
    masses = np.append(np.arange(low, high, step_kg), high) if high > low else np.array([high])
    return replace(one, masses_kg=tuple(float(mass) for mass in masses.round(3)))


def growth_page(request: Request, screen: Console) -> None:
    """Measures every grid, prints the table and draws the picture."""
    measured(request, GRIDS[0])
    points = []
    for grid in track(GRIDS, "Ever finer grids", console=screen, transient=True):
        first = measured(request, grid)
        rounds = [first, *(measured(request, grid) for _ in range(ROUNDS - 1 if first.whole_s else 0))]
        whole = [one.whole_s for one in rounds if one.whole_s is not None]
        passed = statistics.median(one.first_pass_s for one in rounds)
        points.append(Point(first.judged, passed, statistics.median(whole) if whole else None))
    table = Table("set-ups judged", "first pass, s", "per million, s", "whole exercise, s", box=None)
    for one in points:
        whole_s = "" if one.whole_s is None else f"{one.whole_s:.2f}"
        each = f"{1e6 * one.first_pass_s / one.judged:.3f}"
        table.add_row(f"{one.judged:,}", f"{one.first_pass_s:.3f}", each, whole_s)
    screen.print(table)
    _draw(points)


def _draw(points: list[Point]) -> None:
    figure = Figure(figsize=(6.4, 3.8), layout="constrained")
    FigureCanvasSVG(figure)
    axes = figure.add_subplot()
    judged = np.array([one.judged for one in points], dtype=np.float64)
    axes.loglog(judged, [one.first_pass_s for one in points], "o-", color="#1f6f8b", label="first pass")
    whole = [(one.judged, one.whole_s) for one in points if one.whole_s is not None]
    axes.loglog(*zip(*whole, strict=True), "s-", color="#c8553d", label="whole exercise, answers proved")
    axes.loglog(
        judged, judged * points[-1].first_pass_s / judged[-1], ":", color="#777777", label="in proportion"
    )
    axes.set_xlabel("set-ups judged")
    axes.set_ylabel("seconds")
    axes.grid(visible=True, which="major", color="#dddddd")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False)
    PICTURE.parent.mkdir(exist_ok=True)
    figure.savefig(PICTURE, format="svg", metadata={"Date": None, "Title": "Cost of the designer by set-ups"})
