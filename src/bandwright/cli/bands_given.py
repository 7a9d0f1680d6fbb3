"""What was measured of a band, from the words of a command line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, get_args

from bandwright.bands import Reading
from bandwright.catalogue.own_bands import OwnBandKind
from bandwright.catalogue.own_readings import read_readings
from bandwright.cli.banding import Weighed
from bandwright.cli.gathering import Gathering
from bandwright.cli.quantities import FORCE_UNITS, METRE_PER_UNIT, quantity
from bandwright.errors import InputError, Problem, unknown_name
from bandwright.service.own_bands import Measured

KINDS: Final[tuple[OwnBandKind, ...]] = get_args(OwnBandKind)
LOOPS: Final = frozenset({"loop", "mini-loop", "fabric-loop"})
EXAMPLE: Final = (
    "Example: --reading 1.5m:8.2kg:2 for 8.2 kg with the hooks 1.5 m apart and two strands between."
)
OPTION_OF: Final = {"name": "--name", "rest_length_m": "--rest-length"}
OPTION_OF_CODE: Final = {"bad-rest-length": "--rest-length", "bad-name": "--name"}
WAY_OUT: Final = {
    "not-a-band": "Check for a mixed-up length, force or number of strands; for a fabric band add --table.",
    "own-band-exists": "Choose another id, or add --replace.",
}
"""What to do on a command line, where that differs from what to do in a file."""


@dataclass(frozen=True, slots=True)
class Given:
    """What was measured, and the words on the command line or the line of a file that said so."""

    measured: Measured
    places: tuple[str, ...]
    """Where each reading was given."""


def given(weighed: Weighed) -> Given:
    """What was typed, as numbers.

    Raises:
        InputError: every problem at once.
    """
    strands = weighed.strands if weighed.strands is not None else 2 if weighed.kind in LOOPS else 1
    readings: list[tuple[str, Reading]] = []
    with Gathering() as also:
        for row, text in enumerate(weighed.reading, start=1):
            readings += also.read(_readings, text, strands, f"--reading {row}") or ()
        rest = also.read(quantity, weighed.rest_length, METRE_PER_UNIT, "m", path="--rest-length") or 0.0
        kind = _kind(weighed.kind)
    places, values = zip(*readings, strict=True)
    return Given(Measured(kind, rest, values, "table" if weighed.table else None), places)


def _kind(text: str) -> OwnBandKind:
    kind = next((one for one in KINDS if one == text), None)
    if kind is None:
        raise InputError(unknown_name("kind of band", text, KINDS, path="--kind"))
    return kind


def _readings(text: str, strands: int, place: str) -> list[tuple[str, Reading]]:
    """The one reading that was typed, or those of the file that is named."""
    if text.lower().endswith(".csv"):
        return list(read_readings(Path(text).expanduser(), strands).items())
    return [(place, reading_given(text, strands))]


def reading_given(text: str, strands: int) -> Reading:
    """A reading from ``1.5m:8.2kg:2``; without the last part it has this many strands.

    Raises:
        InputError: a part is missing or is not a number.
    """
    parts = text.split(":")
    if len(parts) not in (2, 3):
        allowed = ("length:force, length:force:strands or a .csv file",)
        raise InputError(
            Problem("bad-reading", f"'{text}' is not a reading.", allowed, hint=EXAMPLE, path="--reading")
        )
    if len(parts) == 3:
        if not parts[2].strip().isdecimal():
            said = f"'{parts[2]}' is not a number of strands."
            raise InputError(Problem("bad-strands", said, ("1 or more",), hint=EXAMPLE, path="--reading"))
        strands = int(parts[2])
    length = quantity(parts[0], METRE_PER_UNIT, "m", path="--reading")
    return Reading(length, quantity(parts[1], FORCE_UNITS, "kg", path="--reading"), strands)


def on_options(problems: Iterable[Problem], places: tuple[str, ...]) -> InputError:
    """The problems at the options that gave what is wrong, in the words of those options."""
    return InputError(*(_on_option(problem, places) for problem in problems))


def _on_option(problem: Problem, places: tuple[str, ...]) -> Problem:
    row = re.match(r"readings?\[(\d+)\]", problem.path or "")
    path = (
        places[int(row[1])] if row else OPTION_OF.get(problem.path or "") or OPTION_OF_CODE.get(problem.code)
    )
    said = re.sub(r"readings\[(\d+)\]", lambda found: places[int(found[1])], problem.message)
    return replace(problem, message=said, path=path, hint=WAY_OUT.get(problem.code, problem.hint))
