"""One set-up on a page, from verdict to sources."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from pathlib import Path

from bandwright.catalogue.exercises import find_exercise
from bandwright.curves.verdict import Verdict
from bandwright.errors import InputError
from bandwright.service.analysis import Analysis
from bandwright.service.certainty import certainty_words
from bandwright.service.report.charts import draw_curves
from bandwright.service.report.figure import PLACES, draw_close_up, draw_poses, pose_indices
from bandwright.service.report.loads_words import setup_words
from bandwright.service.report.sheet import caption, draw_legend
from bandwright.service.report.svg import svg
from bandwright.service.report.tables import figures_table, limits_table, muscle_tables, provenance_table
from bandwright.service.report.words import effort_sentence, load_sentence, percent, strength_sentence


def chip(verdict: Verdict) -> str:
    """The grade as a chip."""
    return f'<span class="chip {escape(verdict.grade)}">{escape(verdict.grade.capitalize())}</span>'


def setup_section(analysis: Analysis, verdict: Verdict, number: int, title: str, answer: str = "") -> str:
    """One set-up from verdict to sources; `answer` is markup that comes right after the verdict."""
    key = f"s{number}"
    return f"""<section class="setup" id="set-up-{number}" aria-labelledby="{key}-h">
<div class="card verdict"><h2 id="{key}-h">{escape(title)}</h2>{_verdict(verdict)}</div>
{answer}
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
        f'{chip(verdict)}<p class="headline">{escape(verdict.headline)}</p>',
        items(reason.text for reason in verdict.reasons),
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
                f"<li><strong>{escape(exercise_name(one.exercise))}.</strong> {escape(one.text)}</li>"
                for one in verdict.alternatives
            )
            + "</ul>"
        )
    return "".join(parts)


def items(texts: Iterable[str]) -> str:
    """A list of sentences; nothing where there are none."""
    said = [f"<li>{escape(text)}</li>" for text in texts]
    return f"<ul>{''.join(said)}</ul>" if said else ""


def exercise_name(exercise_id: str, own: Path | None = None) -> str:
    """What an exercise is called; `own` is the folder of the person's."""
    try:
        return find_exercise(exercise_id, own).name
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
    return f"{picture}{items(sentences)}"


def _summary(analysis: Analysis) -> str:
    summary = analysis.summary
    none = "none, since the hardest place asks for all you have"
    reps = none if summary.reps_estimate < 1 else f"about {summary.reps_estimate:.0f}"
    even = f"Evenness {percent(summary.evenness)}{_likely(analysis, 'evenness', percent)}"
    said = [f"{even}: mean effort over peak effort, 100 % is matched everywhere."]
    if not analysis.posed.movement.isometric:
        said.append(f"Repetitions until you tire: {reps}{_likely(analysis, 'reps_estimate', _whole)}.")
        said.append(f"Work in one repetition: {summary.work_j:.0f} J{_likely(analysis, 'work_j', _whole)}.")
    return items(said)


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
    watch = f"<p><strong>Watch out</strong></p>{items(exercise.safety)}"
    return f"<p><strong>Cues</strong></p>{items(exercise.cues)}{watch if exercise.safety else ''}"
