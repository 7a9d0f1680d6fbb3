"""The report's tables: figures, muscles, limits and where the numbers come from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Final, TypeVar

from bandwright.catalogue.anatomy import load_erectors
from bandwright.curves import MuscleDose
from bandwright.service.analysis import Analysis
from bandwright.service.provenance import provenance
from bandwright.service.report.charts import figures_at
from bandwright.service.report.limits_words import limits_along, muscle_names
from bandwright.service.report.tokens import level_of
from bandwright.service.report.words import kilograms, percent

Value = TypeVar("Value")

SHOWN: Final = 12
"""Muscles listed before the rest is folded away."""

CHIPS: Final[dict[str, str]] = {
    "measured": "measured",
    "chart": "maker’s chart",
    "estimated": "estimated",
}

BACK_COLUMNS: Final = "Erector spinae"
"""The columns beside the spine; the model does not follow their length."""

SIDES: Final = {"r": "right", "l": "left"}


def table(caption: str, heads: Sequence[str], rows: Iterable[str]) -> str:
    """A table with column heads; `heads` and `rows` are markup."""
    head = "".join(heads)
    return (
        f'<div class="scroll" tabindex="0" role="group" aria-label="{escape(caption)}"><table>'
        f"<caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def head(text: str, kind: str = "") -> str:
    """A column head."""
    mark = f' class="{kind}"' if kind else ""
    return f'<th scope="col"{mark}>{escape(text)}</th>'


def figures_table(analysis: Analysis) -> str:
    """Load, strength and effort at the named poses, kilograms first and newtons second."""
    rows = []
    for place, at in figures_at(analysis):
        load, strength = float(analysis.working.load_n[at]), float(analysis.strength_n[at])
        said = place if place != "hardest" else f"hardest, {percent(float(analysis.posed.phase[at]))}"
        rows.append(
            f'<tr><th scope="row">{said}</th>{_force(load)}{_force(strength)}'
            f'<td class="num">{percent(float(analysis.effort[at]))}</td></tr>'
        )
    heads = [head("Place"), head("It asks", "num"), head("You can hold", "num"), head("Effort", "num")]
    where = "each hand" if len(analysis.results) > 1 else f"the {SIDES[analysis.working.side]} hand"
    return table(f"Force in {where}: as it feels, and in newtons", heads, rows)


def _force(force_n: float) -> str:
    return f'<td class="num">{kilograms(force_n)} <span class="soft second">{force_n:.0f} N</span></td>'


def muscle_tables(analysis: Analysis) -> str:
    """Muscles of the working side by mean activation; the quiet ones folded away."""
    side = analysis.working.side
    doses = _doses(analysis)
    likely = _likely(analysis)
    ordered = sorted(doses, key=lambda name: -doses[name].mean)
    rows = [_muscle_row(name, doses[name], likely.get(name, "–")) for name in ordered]
    heads = [
        head("Muscle"),
        '<td aria-hidden="true"></td>',
        head("Mean", "num"),
        head("Likely", "num"),
        head("Short", "num thirds"),
        head("Long", "num thirds"),
    ]
    caption = f"Share of what each muscle can give, {SIDES[side]} side; short and long third of its length"
    shown, rest = rows[:SHOWN], rows[SHOWN:]
    more = f"<details><summary>{len(rest)} quieter parts</summary>{table(caption, heads, rest)}</details>"
    return table(caption, heads, shown) + (more if rest else "")


def _doses(analysis: Analysis) -> dict[str, MuscleDose]:
    """Dose of each muscle of the working side by name; the back's columns, which share one load, as one."""
    return _by_name(analysis, analysis.summary.muscle_dose)


def _likely(analysis: Analysis) -> dict[str, str]:
    """5th to 95th percentile of each muscle's mean, by name; none where nothing was drawn."""
    rest = analysis.spread.rest
    if rest is None:
        return {}
    ranges = {key: (float(one[0, 0]), float(one[2, 0])) for key, one in rest.figures.muscle_dose.items()}
    return {
        name: f"{100 * low:.0f}–{100 * high:.0f} %"
        for name, (low, high) in _by_name(analysis, ranges).items()
    }


def _by_name(analysis: Analysis, values: Mapping[str, Value]) -> dict[str, Value]:
    """What is known of the working side's muscles, by their names."""
    names, side, columns = muscle_names(), analysis.working.side, {lump.id for lump in load_erectors()}
    found = {}
    for key, value in values.items():
        muscle = key[:-2]
        if key.endswith(f"_{side}"):
            found[BACK_COLUMNS if muscle in columns else names.get(muscle, muscle)] = value
    return found


def _muscle_row(name: str, dose: MuscleDose, likely: str) -> str:
    thirds = ("–", "–") if name == BACK_COLUMNS else (percent(dose.shortened), percent(dose.lengthened))
    return (
        f'<tr><th scope="row">{escape(name)}</th><td class="barcell">{_bar(dose.mean)}</td>'
        f'<td class="num">{percent(dose.mean)}</td><td class="num soft">{likely}</td>'
        + "".join(f'<td class="num thirds">{third}</td>' for third in thirds)
        + "</tr>"
    )


def _bar(share: float) -> str:
    """A bar whose length and colour both say the share."""
    return (
        '<svg class="bar" viewBox="0 0 96 12" preserveAspectRatio="none" aria-hidden="true">'
        '<rect width="96" height="12" rx="2" class="floor"/>'
        f'<rect width="{96 * min(max(share, 0.0), 1.0):.1f}" height="12" rx="2" '
        f'class="muscle-{max(level_of(share), 2):02d}"/></svg>'
    )


def limits_table(analysis: Analysis) -> str:
    """What stops the load from growing, place by place."""
    rows = [
        f'<tr><td class="num">{percent(start)} to {percent(stop)}</td><td>{escape(said)}</td></tr>'
        for start, stop, said in limits_along(analysis)
    ]
    heads = [head("Of the way", "num"), head("Gives out first")]
    return table("What would give out first if the load grew", heads, rows)


def provenance_table(analysis: Analysis) -> str:
    """Where each number comes from, with a chip."""
    rows = [
        f'<tr><th scope="row">{escape(_capital(one.what))}</th>'
        f'<td><span class="chip {one.kind}">{CHIPS[one.kind]}</span></td>'
        f'<td class="words">{escape(one.note)}</td><td class="soft source">{escape(one.source)}</td></tr>'
        for one in provenance(analysis)
    ]
    heads = [head("Number"), head("Comes from"), head("How to read it"), head("Source", "source")]
    return table("Measured by you, from a maker’s chart, or estimated", heads, rows)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
