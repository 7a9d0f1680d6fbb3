"""The report: one self-contained page, in the order answer, picture, numbers."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Final

from bandwright import __version__
from bandwright.catalogue.exercises import find_exercise
from bandwright.curves.verdict import Verdict
from bandwright.errors import InputError, Problem
from bandwright.service.analysis import Analysis
from bandwright.service.certainty import certainty_words
from bandwright.service.report.charts import draw_curves
from bandwright.service.report.figure import PLACES, draw_close_up, draw_poses, pose_indices
from bandwright.service.report.loads_words import setup_words
from bandwright.service.report.sheet import caption, draw_legend
from bandwright.service.report.svg import rules, svg, variables
from bandwright.service.report.tables import (
    figures_table,
    head,
    limits_table,
    muscle_tables,
    provenance_table,
    table,
)
from bandwright.service.report.words import effort_sentence, load_sentence, percent, strength_sentence

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
    names = [analysis.setup.exercise.name for analysis in analyses]
    style = _style()
    frame = Template((FOLDER / "page.html").read_text(encoding="utf-8"))
    return frame.substitute(
        title=escape(names[0] if len(names) == 1 else f"{len(names)} set-ups compared"),
        version=escape(__version__),
        style=style,
        style_hash=_hash(style),
        overview=_overview(pairs) if len(pairs) > 1 else "",
        sections="\n".join(
            _section(a, v, n, a.setup.exercise.name if len(pairs) > 1 else "Verdict")
            for n, (a, v) in enumerate(pairs, start=1)
        ),
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
            f"<td>{_chip(verdict)}</td>"
            f'<td class="num">{percent(summary.peak_effort)}</td>'
            f'<td class="num">{percent(summary.underloaded)}</td></tr>'
        )
    heads = [head("Set-up"), head("Verdict"), head("Peak effort", "num"), head("Idles for", "num")]
    return f'<div class="card">{table("The set-ups side by side", heads, rows)}</div>'


def _chip(verdict: Verdict) -> str:
    return f'<span class="chip {escape(verdict.grade)}">{escape(verdict.grade.capitalize())}</span>'


def _section(analysis: Analysis, verdict: Verdict, number: int, title: str) -> str:
    """One set-up from verdict to sources."""
    key = f"s{number}"
    return f"""<section class="setup" id="set-up-{number}" aria-labelledby="{key}-h">
<div class="card verdict"><h2 id="{key}-h">{escape(title)}</h2>{_verdict(verdict)}</div>
<div class="card"><h3>The repetition</h3>{_poses(analysis, key)}</div>
<div class="grid two">
<div class="card"><h3>Load, strength and effort</h3>{_curves(analysis, key)}</div>
<div class="card"><h3>Figures</h3>{figures_table(analysis)}{_summary(analysis)}{limits_table(analysis)}</div>
</div>
<div class="grid narrow-wide">
<div class="card"><h3>Muscles at work</h3>{svg(draw_close_up(analysis), f"{key}-close")}</div>
<div class="card"><h3>Muscle by muscle</h3>{muscle_tables(analysis)}{_spine(analysis)}</div>
</div>
<div class="grid two">
<div class="card"><h3>Set it up</h3>{_setup(analysis)}</div>
<div class="card"><h3>Do it well</h3>{_coaching(analysis)}</div>
</div>
<div class="card origins"><h3>Where the numbers come from</h3>{provenance_table(analysis)}</div>
</section>"""


def _verdict(verdict: Verdict) -> str:
    sure = certainty_words(verdict)
    parts = [
        f'{_chip(verdict)}<p class="headline">{escape(verdict.headline)}</p>',
        _items(reason.text for reason in verdict.reasons),
        f'<p class="soft">{escape(sure)}</p>' if sure else "",
        *(
            f'<p class="warning"><strong>Mind:</strong> {escape(warning.text)}</p>'
            for warning in verdict.warnings
        ),
    ]
    if verdict.alternatives:
        parts.append("<h3>What would be better</h3>")
        parts.append(
            "<ul>"
            + "".join(
                f"<li><strong>{escape(_exercise_name(one.exercise))}.</strong> {escape(one.text)}</li>"
                for one in verdict.alternatives
            )
            + "</ul>"
        )
    return "".join(parts)


def _items(texts: object) -> str:
    said = [f"<li>{escape(str(text))}</li>" for text in texts]  # type: ignore[attr-defined]
    return f"<ul>{''.join(said)}</ul>" if said else ""


def _exercise_name(exercise_id: str) -> str:
    try:
        return find_exercise(exercise_id).name
    except InputError:  # one of the person's own
        return exercise_id


def _poses(analysis: Analysis, key: str) -> str:
    shown = zip(draw_poses(analysis), PLACES, pose_indices(analysis.posed), strict=True)
    figures = "".join(
        f"<figure>{svg(drawing, f'{key}-{place}')}"
        f"<figcaption><strong>{place.capitalize()}</strong>{escape(caption(analysis, index))}</figcaption></figure>"
        for drawing, place, index in shown
    )
    return f'<div class="poses">{figures}</div><div class="key">{svg(draw_legend(), f"{key}-key")}</div>'


def _curves(analysis: Analysis, key: str) -> str:
    sentences = (load_sentence(analysis), strength_sentence(analysis), effort_sentence(analysis))
    picture = svg(draw_curves(analysis), f"{key}-curves").replace('class="pic"', 'class="pic wide"', 1)
    return f"{picture}{_items(sentences)}"


def _summary(analysis: Analysis) -> str:
    summary = analysis.summary
    none = "none, since the hardest place asks for all you have"
    reps = none if summary.reps_estimate < 1 else f"about {summary.reps_estimate:.0f}"
    even = f"Evenness {percent(summary.evenness)}{_likely(analysis, 'evenness', percent)}"
    said = [f"{even}: mean effort over peak effort, 100 % is matched everywhere."]
    if not analysis.posed.movement.isometric:
        said.append(f"Repetitions until you tire: {reps}{_likely(analysis, 'reps_estimate', _whole)}.")
        said.append(f"Work in one repetition: {summary.work_j:.0f} J{_likely(analysis, 'work_j', _whole)}.")
    return _items(said)


def _likely(analysis: Analysis, figure: str, shown: Callable[[float], str]) -> str:
    """The range of a figure between its 5th and 95th percentile, in brackets."""
    rest = analysis.spread.rest
    if rest is None:
        return ""
    low, _, high = (shown(float(one)) for one in getattr(rest.figures, figure))
    return f" (likely {low} to {high})" if low != high else ""


def _whole(value: float) -> str:
    return f"{value:.0f}"


def _spine(analysis: Analysis) -> str:
    if analysis.spine.supported:
        return "<p>Your trunk is carried, so the load on your lower back is not counted.</p>"
    share = float(analysis.spine.share.max())
    moment = float(analysis.spine.moment_nm.max())
    rest = analysis.spread.rest
    likely = ""
    if rest is not None:
        low, high = (float(rest.spine_share[at].max()) for at in (0, 2))
        likely = f"; likely {percent(low)} to {percent(high)}"
    return f"<p>Your lower back holds up to {percent(share)} of what it can ({moment:.0f} N·m{likely}).</p>"


def _setup(analysis: Analysis) -> str:
    items = "".join(f"<dt>{escape(term)}</dt><dd>{escape(said)}</dd>" for term, said in setup_words(analysis))
    return f"<dl>{items}</dl>"


def _coaching(analysis: Analysis) -> str:
    exercise = analysis.setup.exercise
    watch = f"<p><strong>Watch out</strong></p>{_items(exercise.safety)}"
    return f"<p><strong>Cues</strong></p>{_items(exercise.cues)}{watch if exercise.safety else ''}"
