"""What `bandwright bands fit` and `add` do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, get_args

from rich.table import Table
from rich.text import Text

from bandwright.bands import Band, Fit, Reading, measured_band
from bandwright.catalogue.load_tables import ReadingTable
from bandwright.cli.banding import Weighed
from bandwright.cli.bands_shown import band_row, pull_n
from bandwright.cli.output import show, tell, write_json
from bandwright.cli.own_bands import OwnBandKind, OwnBandTable, check_band_id, fitted, store_band
from bandwright.cli.quantities import FORCE_UNITS, METRE_PER_UNIT, quantity
from bandwright.cli.views.layout import columns, point
from bandwright.cli.views.words import both_units, percent
from bandwright.errors import InputError, Problem, unknown_name
from bandwright.service.rounding import number

KINDS: Final[tuple[OwnBandKind, ...]] = get_args(OwnBandKind)
LOOPS: Final = frozenset({"loop", "mini-loop"})
EXAMPLE: Final = (
    "Example: --reading 1.5m:8.2kg:2 for 8.2 kg with the hooks 1.5 m apart and two strands between."
)


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured of one band, read and checked."""

    kind: OwnBandKind
    rest_length_m: float
    readings: tuple[Reading, ...]


def run_fit(weighed: Weighed, *, as_json: bool) -> int:
    """Fits a band and shows the fit."""
    measured = _measured(weighed)
    fit = fitted(measured.readings, measured.rest_length_m)
    band = measured_band(fit, id="fitted", name="fitted", kind=measured.kind)
    if as_json:
        write_json(_fit_answer(fit, band))
    else:
        show(*_fit_view(fit, band))
    return 0


def run_add(band_id: str, weighed: Weighed, name: str, *, replace: bool, as_json: bool) -> int:
    """Fits a band and keeps it in the person's folder."""
    check_band_id(band_id)
    if not name.strip() or not name.isprintable():
        hint = 'Example: --name "Green loop"'
        raise InputError(Problem("bad-name", "The name cannot be read as text.", hint=hint, path="--name"))
    measured = _measured(weighed)
    fit = fitted(measured.readings, measured.rest_length_m)
    path = store_band(_table(name, measured), band_id, overwrite=replace)
    band = measured_band(fit, id=band_id, name=name, kind=measured.kind)
    if as_json:
        write_json({**_fit_answer(fit, band), "path": str(path)})
        return 0
    show(*_fit_view(fit, band), Text(), Text(f'Kept. Use it in a set-up as band = "{band_id}".'))
    tell(f"Written: {path}")
    return 0


def _table(name: str, measured: Measured) -> OwnBandTable:
    """The band as its file keeps it, rounded so that the file is pleasant to read."""
    rows = [
        ReadingTable(length_m=tidy(one.length_m), force_n=tidy(one.force_n), strands=one.strands)
        for one in measured.readings
    ]
    rest = tidy(measured.rest_length_m)
    return OwnBandTable(name=name, kind=measured.kind, rest_length_m=rest, reading=rows)


def tidy(value: float) -> float:
    """A finite number without the digits that unit conversion leaves."""
    return float(f"{value:.6g}")


def _measured(weighed: Weighed) -> Measured:
    """What was typed, as numbers.

    Raises:
        InputError: every problem at once.
    """
    problems: list[Problem] = []
    kind = next((one for one in KINDS if one == weighed.kind), None)
    if kind is None:
        hint = "A fabric band follows no such law; its readings cannot be fitted."
        problems.append(unknown_name("kind of band", weighed.kind, KINDS, hint=hint, path="--kind"))
    rest, readings = 0.0, []
    try:
        rest = quantity(weighed.rest_length, METRE_PER_UNIT, "m", path="--rest-length")
    except InputError as error:
        problems += error.problems
    strands = weighed.strands if weighed.strands is not None else 2 if kind in LOOPS else 1
    for text in weighed.reading:
        try:
            readings.append(reading_given(text, strands))
        except InputError as error:
            problems += error.problems
    if problems or kind is None:
        raise InputError(*problems)
    return Measured(kind, rest, tuple(readings))


def reading_given(text: str, strands: int) -> Reading:
    """A reading from ``1.5m:8.2kg:2``; without the last part it has this many strands.

    Raises:
        InputError: a part is missing or is not a number.
    """
    parts = text.split(":")
    if len(parts) not in (2, 3):
        allowed = ("length:force or length:force:strands",)
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


def _next_length_m(fit: Fit) -> float:
    """How far apart the hooks should be for the next reading [m]."""
    return fit.next_reading_stretch * fit.rest_length_m / fit.readings[0].strands


def _fit_answer(fit: Fit, band: Band) -> dict[str, Any]:
    residuals = zip(fit.readings, fit.residuals.tolist(), strict=True)
    return {
        **{
            key: value
            for key, value in band_row(band, own=True).items()
            if key not in ("width_mm", "thickness_mm")
        },
        "law": {"m_n": number(fit.law.m_n), "a": number(fit.law.a)},
        "given_rest_length_m": number(fit.given_rest_length_m),
        "readings": [
            {
                "length_m": number(reading.length_m),
                "force_n": number(reading.force_n),
                "strands": reading.strands,
                "residual": number(residual),
            }
            for reading, residual in residuals
        ],
        "next_reading": {
            "stretch": number(fit.next_reading_stretch),
            "length_m": number(_next_length_m(fit)),
            "strands": fit.readings[0].strands,
        },
        "warnings": [{"code": one.code, "text": one.message, "hint": one.hint} for one in fit.warnings],
    }


def _fit_view(fit: Fit, band: Band) -> list[Text | Table]:
    table = columns(("Hooks apart", "Scale", "Strands", "Law is off by"), right=True)
    for reading, residual in zip(fit.readings, fit.residuals.tolist(), strict=True):
        shown = (f"{100 * reading.length_m:.0f} cm", both_units(reading.force_n), str(reading.strands))
        table.add_row(*shown, f"{100 * residual:+.1f} %")
    surer = (
        f"To be surer, read the scale with the hooks {100 * _next_length_m(fit):.0f} cm apart "
        f"({fit.readings[0].strands} strand(s), {fit.next_reading_stretch:.2f} times the rest length)."
    )
    return [
        Text(
            f"At twice its rest length it pulls {both_units(pull_n(band, 2.0))}, ±{percent(fit.force_spread)}.",
            "bold",
        ),
        Text(
            f"Law of one strand: M = {fit.law.m_n:.1f} N, A = {fit.law.a:.3f}; rest length "
            f"{100 * fit.rest_length_m:.1f} cm (you measured {100 * fit.given_rest_length_m:.1f})."
        ),
        Text(),
        table,
        Text(),
        *(point("!", f"{one.message} {one.hint or ''}".strip(), "yellow") for one in fit.warnings),
        point("→", surer),
    ]
