"""What `bandwright tour` does."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from rich.text import Text

from bandwright.cli.analysed import judged, stand_in_words
from bandwright.cli.arguments import Choices
from bandwright.cli.chosen import chosen_setup
from bandwright.cli.output import show, tell
from bandwright.cli.views.analysis import in_words, verdict_view
from bandwright.cli.views.plot import curves
from bandwright.cli.written import checked_path, written
from bandwright.errors import InputError, Problem

STOPS: Final = ("bent-over-band-row", "kettlebell-band-row", "straight-arm-pulldown")
"""A band alone, a weight with two small bands, and a straight-arm pull: three unlike load curves."""


def run_tour(report: str) -> int:
    """Analyses the set-ups, shows each, and writes one report about all."""
    path = _place(report)
    setups = [chosen_setup(name, Choices()) for name in STOPS]
    pairs = []
    for count, setup in enumerate(setups, start=1):
        tell(f"{count} of {len(setups)}: {setup.exercise.name}")
        pairs.append(judged(setup))
        analysis, verdict = pairs[-1]
        drawn = curves(analysis.working.load_n, analysis.strength_n, analysis.effort, short=True)
        show(*verdict_view(analysis, verdict), Text(), drawn, Text(), in_words(analysis), Text())
    tell(stand_in_words(setups[0]), "Drawing the report")
    from bandwright.service.report import write_report  # noqa: PLC0415 — drawing is heavy and optional

    analyses, verdicts = zip(*pairs, strict=True)
    written(path, "--report", lambda where: write_report(analyses, verdicts, where))
    show(f"Report: {path}")
    return 0


def _place(report: str) -> Path:
    """Where the report goes; the folder is made.

    Raises:
        InputError: it cannot be written there.
    """
    folder = Path(report).expanduser().parent
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        said = f"The folder '{folder}' cannot be made: {error.strerror or error}."
        hint = "Name another place: bandwright tour --report tour.html"
        raise InputError(Problem("unwritable-file", said, hint=hint, path="--report")) from error
    path = checked_path(report, "--report", (".html",))
    if path is None:
        raise InputError(Problem("no-file", "No report is named.", path="--report"))
    return path
