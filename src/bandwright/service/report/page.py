"""The report: one self-contained page, in the order answer, picture, numbers."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Final

from bandwright import __version__
from bandwright.curves.verdict import Verdict
from bandwright.errors import InputError, Problem
from bandwright.service.analysis import Analysis
from bandwright.service.report.section import chip, setup_section
from bandwright.service.report.svg import rules, variables
from bandwright.service.report.tables import head, table
from bandwright.service.report.words import percent

FOLDER: Final = files("bandwright") / "data" / "report"
"""Where the page's frame and style sheet are."""


def write_report(analyses: Sequence[Analysis], verdicts: Sequence[Verdict], path: Path) -> None:
    """Writes one page about one or more set-ups; it needs nothing from outside and runs no script.

    Raises:
        InputError: no analysis, or not one verdict for each.
    """
    if not analyses or len(analyses) != len(verdicts):
        said = f"A report of {len(analyses)} set-up(s) was given {len(verdicts)} verdict(s)."
        raise InputError(Problem("bad-report", said, ("one verdict for each set-up, one or more set-ups",)))
    path.write_text(report_page(analyses, verdicts), encoding="utf-8")


def report_page(analyses: Sequence[Analysis], verdicts: Sequence[Verdict]) -> str:
    """The page as text."""
    pairs = list(zip(analyses, verdicts, strict=True))
    alone = len(pairs) == 1
    names = [analysis.setup.exercise.name for analysis in analyses]
    return framed(
        names[0] if alone else f"{len(pairs)} set-ups compared",
        "" if alone else _overview(pairs),
        [
            setup_section(analysis, verdict, number, "Verdict" if alone else name)
            for number, ((analysis, verdict), name) in enumerate(zip(pairs, names, strict=True), start=1)
        ],
    )


def framed(title: str, overview: str, sections: Iterable[str]) -> str:
    """The whole page round its sections; `overview` and `sections` are markup."""
    style = _style()
    frame = Template((FOLDER / "page.html").read_text(encoding="utf-8"))
    return frame.substitute(
        title=escape(title),
        version=escape(__version__),
        style=style,
        style_hash=_hash(style),
        overview=overview,
        sections="\n".join(sections),
    )


@cache
def _style() -> str:
    """Colours of both themes, the roles of the drawings, and the page's own rules."""
    page = (FOLDER / "style.css").read_text(encoding="utf-8")
    dark = f"@media screen and (prefers-color-scheme:dark){{{variables(':root', 'dark')}}}"
    return f"{variables(':root', 'light')}{dark}{rules()}\n{page}"


def _hash(style: str) -> str:
    """What the content policy knows the style sheet by, so that it admits no other."""
    digest = hashlib.sha256(style.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


def _overview(pairs: Sequence[tuple[Analysis, Verdict]]) -> str:
    """One line for each set-up, to compare."""
    rows = []
    for number, (analysis, verdict) in enumerate(pairs, start=1):
        summary = analysis.summary
        rows.append(
            f'<tr><th scope="row"><a href="#set-up-{number}">{escape(analysis.setup.exercise.name)}</a></th>'
            f"<td>{chip(verdict)}</td>"
            f'<td class="num">{percent(summary.peak_effort)}</td>'
            f'<td class="num">{percent(summary.underloaded)}</td></tr>'
        )
    heads = [head("Set-up"), head("Verdict"), head("Peak effort", "num"), head("Idles for", "num")]
    return f'<div class="card">{table("The set-ups side by side", heads, rows)}</div>'
