"""How a week is counted and judged, read from its file; a file with any mistake is refused with all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import Annotated, Any, Final

from pydantic import Field, ValidationError

from bandwright.catalogue.problems import problems_of
from bandwright.catalogue.tables import StrictTable, Text
from bandwright.catalogue.toml_files import read_table
from bandwright.catalogue.verdict_rules import MetricTable, checked_rules, load_rulebook, rulebook_of
from bandwright.curves.verdict import Rulebook
from bandwright.errors import CatalogueError, InputError

RULES: Final = "programme.toml"
COUNTING: Final = "counting"


class ShareTable(StrictTable):
    """A convention that is a share."""

    value: Annotated[float, Field(ge=0.0, le=1.0)]
    source: Text
    means: Text


class SecondsTable(StrictTable):
    """A convention that is a time."""

    value: Annotated[float, Field(gt=0.0, le=60.0)]
    source: Text
    means: Text


class CountingTable(StrictTable):
    """The conventions by which a week is counted."""

    full_share: ShareTable
    half_share: ShareTable
    half_counts: ShareTable
    idle_below: ShareTable
    band_alone_from: ShareTable
    reliant_above: ShareTable
    unloaded_below: ShareTable
    least_travel: ShareTable
    repetition_s: SecondsTable


class _File(StrictTable):
    """The part of the file that is not rules."""

    counting: CountingTable


@dataclass(frozen=True, slots=True)
class Counting:
    """The conventions by which a week is counted; `docs/verdict.md` says what each does."""

    full_share: float
    half_share: float
    half_counts: float
    idle_below: float
    band_alone_from: float
    reliant_above: float
    unloaded_below: float
    least_travel: float
    repetition_s: float
    sources: str


@cache
def load_counting() -> Counting:
    """The conventions that come with the program.

    Raises:
        CatalogueError: the file is not valid.
    """
    return counting_of(_shipped())


@cache
def load_week_rules() -> Rulebook:
    """The rules by which a week is judged; muscles are called what the rules of a set-up call them.

    Raises:
        CatalogueError: the file is not valid; every problem at once.
    """
    return rulebook_of(_rules(_shipped()))


@cache
def load_week_metrics() -> Mapping[str, MetricTable]:
    """What every figure of a week's verdict means, by name.

    Raises:
        CatalogueError: the file is not valid.
    """
    return checked_rules(_rules(_shipped()), RULES).metric


def counting_of(raw: Mapping[str, Any]) -> Counting:
    """The conventions in a table such as the file holds.

    Raises:
        CatalogueError: every problem at once.
    """
    try:
        table = _File.model_validate({key: raw[key] for key in (COUNTING,) if key in raw}).counting
    except ValidationError as error:
        raise CatalogueError(*problems_of(error, _File, RULES)) from error
    given = table.model_dump()
    keys = dict.fromkeys(one["source"] for one in given.values())
    return Counting(**{name: one["value"] for name, one in given.items()}, sources="; ".join(keys))


def _rules(raw: Mapping[str, Any]) -> dict[str, Any]:
    rules = {key: value for key, value in raw.items() if key != COUNTING}
    return {**rules, "muscles": dict(load_rulebook().muscle_words)}


def _shipped() -> dict[str, Any]:
    with as_file(files("bandwright") / "data" / "verdict" / RULES) as path:
        try:
            return read_table(path)
        except InputError as error:
            raise CatalogueError(*error.problems) from error
