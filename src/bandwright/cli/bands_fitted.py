"""What `bandwright bands fit` and `add` do."""

from __future__ import annotations

from typing import Final

from rich.table import Table
from rich.text import Text

from bandwright.bands import Band, Fit, TableFit
from bandwright.cli.banding import Weighed
from bandwright.cli.bands_given import Given, given, on_options
from bandwright.cli.gathering import command_line
from bandwright.cli.output import show, tell, write_json
from bandwright.cli.views.layout import columns, point
from bandwright.cli.views.words import both_units
from bandwright.curves.wording import percent
from bandwright.errors import InputError
from bandwright.service.band_answer import fit_answer, next_length_m, pull_n
from bandwright.service.own_bands import fit_measured, keep_band, naming_problems

FABRIC_HINT: Final = "Fabric? Keep the readings as they are: add --table."


def run_fit(weighed: Weighed, *, as_json: bool) -> int:
    """Fits a band and shows the fit."""
    with command_line():
        fit, band = _fitted(given(weighed))
    if as_json:
        write_json(fit_answer(fit, band))
    else:
        show(*_fit_view(fit, band))
    return 0


def run_add(band_id: str, weighed: Weighed, name: str, *, replace: bool, as_json: bool) -> int:
    """Fits a band and keeps it in the person's folder."""
    with command_line() as also:
        also.tell(on_options(naming_problems(band_id, name, overwrite=replace), ()).problems)
        what = given(weighed)
        _fitted(what)
    try:
        kept = keep_band(band_id, name, what.measured, overwrite=replace)
    except InputError as error:
        raise on_options(error.problems, what.places) from error
    if as_json:
        write_json({**fit_answer(kept.fit, kept.band), "path": str(kept.path)})
        return 0
    use = f'Kept. Use it in a set-up as band = "{band_id}".'
    show(*_fit_view(kept.fit, kept.band), Text(), Text(use))
    tell(f"Written: {kept.path}")
    return 0


def _fitted(what: Given) -> tuple[Fit | TableFit, Band]:
    """The fit, or what is wrong with the readings at the options that gave them.

    Raises:
        InputError: every problem at once.
    """
    try:
        return fit_measured(what.measured)
    except InputError as error:
        raise on_options(error.problems, what.places) from error


def _fit_view(fit: Fit | TableFit, band: Band) -> list[Text | Table]:
    # Nobody should stretch fabric as far as a rubber law would like.
    unlike = isinstance(fit, Fit) and fit.unlike_rubber
    surer = (
        FABRIC_HINT
        if unlike
        else (
            f"To be surer, read the scale with the hooks {100 * next_length_m(fit):.0f} cm apart "
            f"({fit.readings[0].strands} strand(s), {fit.next_reading_stretch:.2f} times the rest length)."
        )
    )
    return [
        *(_rubber_lines(fit, band) if isinstance(fit, Fit) else _table_lines(fit, band)),
        Text(),
        _readings_table(fit),
        Text(),
        *(point("!", f"{one.message} {one.hint or ''}".strip(), "yellow") for one in fit.warnings),
        point("→", surer),
    ]


def _rubber_lines(fit: Fit, band: Band) -> list[Text]:
    pull = both_units(pull_n(band, 2.0))
    return [
        Text(f"At twice its rest length it pulls {pull}, ±{percent(fit.force_spread)}.", "bold"),
        Text(
            f"Law of one strand: M = {fit.law.m_n:.1f} N, A = {fit.law.a:.3f}; rest length "
            f"{100 * fit.rest_length_m:.1f} cm (you measured {100 * fit.given_rest_length_m:.1f})."
        ),
    ]


def _table_lines(fit: TableFit, band: Band) -> list[Text]:
    end = fit.measured_to_stretch
    pull = both_units(pull_n(band, end))
    return [
        Text(f"At {end:.2f} times its rest length it pulls {pull}, ±{percent(fit.force_spread)}.", "bold"),
        Text(f"A table through your {len(fit.readings)} readings; beyond {end:.2f} times it is a guess."),
    ]


def _readings_table(fit: Fit | TableFit) -> Table:
    off = ("Law is off by",) if isinstance(fit, Fit) else ()
    table = columns(("Hooks apart", "Scale", "Strands", *off), right=True)
    for reading, residual in zip(fit.readings, fit.residuals.tolist(), strict=True):
        shown = (f"{100 * reading.length_m:.0f} cm", both_units(reading.force_n), str(reading.strands))
        table.add_row(*shown, *((f"{100 * residual:+.1f} %",) if off else ()))
    return table
