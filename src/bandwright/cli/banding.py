"""`bandwright bands`: list, show, fit, add."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from cyclopts import App, Parameter

from bandwright.cli.arguments import Json


@Parameter(name="*")
@dataclass(frozen=True, slots=True)
class Weighed:
    """What was measured of one band."""

    reading: Annotated[
        tuple[str, ...],
        Parameter(
            help="length:force[:strands], e.g. 1.5m:8.2kg:2; give it once for each reading of the scale, or "
            "name a .csv file with columns such as length_m, force_kg, strands.",
            negative=(),
        ),
    ]
    rest_length: Annotated[
        str,
        Parameter(help="Whole length laid straight, a loop's all the way round, e.g. 2.08m or 82in."),
    ]
    strands: Annotated[
        int | None,
        Parameter(help="Strands between the hooks, where a reading does not say: 2 for a loop, 1 otherwise."),
    ] = None
    kind: Annotated[str, Parameter(help="loop, mini-loop, sheet, tube or fabric-loop.")] = "loop"
    table: Annotated[
        bool,
        Parameter(
            help="Keep the readings as a table, straight through them, for bands that do not pull as rubber "
            "does; always so for a fabric-loop."
        ),
    ] = False


def bands() -> App:
    """The group of commands about bands."""
    group = App(
        name="bands",
        help="Bands: list them, show one, fit your own from a luggage scale.\n\n"
        "Try:\n"
        "  bandwright bands list\n"
        "  bandwright bands show rogue-monster-3\n"
        "  bandwright bands fit --rest-length 2.08m --reading 1.5m:8.2kg --reading 2.5m:17kg",
    )
    group.command(list_bands, name="list")
    group.command(show, name="show")
    group.command(fit, name="fit")
    group.command(add, name="add")
    return group


def list_bands(*, json: Json = False) -> int:
    """List the bands known by name, your own first.

    Try:
      bandwright bands list
      bandwright bands list --json

    Args:
        json: Print JSON and nothing else on stdout.
    """
    from bandwright.cli.bands_shown import run_list  # noqa: PLC0415 — reading the charts takes a second

    return run_list(as_json=json)


def show(band: str, /, *, json: Json = False) -> int:
    """Show one band: force against length, limits, and how sure the figures are.

    Try:
      bandwright bands show rogue-monster-3
      bandwright bands show loop-29x4.5mm --json

    Args:
        band: Its id; for any layered loop its size, e.g. loop-29x4.5mm.
        json: Print JSON and nothing else on stdout.
    """
    from bandwright.cli.bands_shown import run_show  # noqa: PLC0415 — as above

    return run_show(band, as_json=json)


def fit(*, weighed: Weighed, json: Json = False) -> int:
    """Fit a band from scale readings: its law, how well it fits, and which reading to take next.

    Hook the band over a luggage scale, pull it to a length, and note both.

    Try:
      bandwright bands fit --rest-length 2.08m --reading 1.5m:8.2kg:2 --reading 2.5m:17kg:2
      bandwright bands fit --kind tube --rest-length 1.2m --reading 2m:60N --json
      bandwright bands fit --rest-length 66cm --table --reading hip-band.csv

    Args:
        weighed: What was measured.
        json: Print JSON and nothing else on stdout.
    """
    from bandwright.cli.bands_fitted import run_fit  # noqa: PLC0415 — as above

    return run_fit(weighed, as_json=json)


def add(
    band: str, /, *, weighed: Weighed, name: str | None = None, replace: bool = False, json: Json = False
) -> int:
    """Keep a fitted band of your own, for use in set-ups by its id.

    Try:
      bandwright bands add green-loop --rest-length 2.08m --reading 1.5m:8.2kg --reading 2.5m:17kg
      bandwright bands add door-tube --kind tube --rest-length 1.2m --reading 2m:60N --name "Door tube"
      bandwright bands add hip-band --kind fabric-loop --rest-length 66cm --reading hip-band.csv

    Args:
        band: Its id: small letters, digits and hyphens.
        weighed: What was measured.
        name: What to call it; left out: its id.
        replace: Write over a band of your own of that id.
        json: Print JSON and nothing else on stdout.
    """
    from bandwright.cli.bands_fitted import run_add  # noqa: PLC0415 — as above

    return run_add(band, weighed, name or band, replace=replace, as_json=json)
