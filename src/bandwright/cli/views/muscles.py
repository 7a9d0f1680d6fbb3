"""Which muscles work, as bars with names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Final

from rich.text import Text

from bandwright.catalogue.anatomy import load_anatomy
from bandwright.cli.views.plot import effort_style
from bandwright.curves.wording import percent
from bandwright.service.analysis import Analysis

BACK: Final = "erector_spinae"
SHOWN: Final = 8
BAR: Final = 24
EIGHTHS: Final = " ▏▎▍▌▋▊▉█"


@cache
def muscle_names() -> dict[str, str]:
    """Names of all muscles by id without side."""
    named = {one.id: one.name for one in load_anatomy().muscles}
    return {**named, BACK: "Erector spinae (lower back)"}


def muscle_bars(analysis: Analysis) -> Text:
    """The muscles that work most on the working side, by mean activation."""
    doses = analysis.summary.muscle_dose
    side = f"_{analysis.working.side}"
    means = dict(
        _grouped((name.removesuffix(side), one.mean) for name, one in doses.items() if name.endswith(side))
    )
    likely = _likely(analysis, side)
    head = "Muscles, mean share of their strength over the pull"
    drawn = Text(f"{head}{', and the likely range' if likely else ''}\n", no_wrap=True)
    for name in sorted(means, key=lambda one: (-means[one], one))[:SHOWN]:
        drawn.append(f"  {muscle_names().get(name, name):<38.38} ")
        drawn.append(bar(means[name]), effort_style(means[name]))
        drawn.append(f" {percent(means[name]):>5}{likely.get(name, '')}\n")
    drawn.rstrip()
    return drawn


def _likely(analysis: Analysis, side: str) -> dict[str, str]:
    """5th to 95th percentile of each muscle's mean on one side; none where nothing was drawn."""
    rest = analysis.spread.rest
    if rest is None:
        return {}
    found = {
        name.removesuffix(side): one for name, one in rest.figures.muscle_dose.items() if name.endswith(side)
    }
    ranges = {name: f" {100 * one[0, 0]:.0f}–{100 * one[2, 0]:.0f}" for name, one in found.items()}
    back = next((words for name, words in ranges.items() if name.startswith(BACK)), "")
    return {**ranges, BACK: back}


def _grouped(means: Iterable[tuple[str, float]]) -> Iterator[tuple[str, float]]:
    """The lumps of the erector spinae as one: the model drives them alike."""
    for name, mean in means:
        yield (BACK if name.startswith(BACK) else name), mean


def bar(share: float, cells: int = BAR) -> str:
    """A bar of so many cells, in eighths of a cell."""
    eighths = round(min(max(share, 0.0), 1.0) * cells * 8)
    full, rest = divmod(eighths, 8)
    return ("█" * full + (EIGHTHS[rest] if rest else "")).ljust(cells, "·")
