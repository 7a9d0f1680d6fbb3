"""What `bandwright analyse` does."""

from __future__ import annotations

from pathlib import Path

from rich.text import Text

from bandwright.catalogue.setup import SetUp
from bandwright.cli.arguments import NO_MOTION, Choices, FigureOutputs, MotionChoices
from bandwright.cli.chosen import chosen_setup, looks_like_file
from bandwright.cli.moved import moved_setup
from bandwright.cli.output import show, tell, write_json
from bandwright.cli.own_files import own_exercises
from bandwright.cli.patience import patience
from bandwright.cli.strength_fitted import chosen_person, own_holder
from bandwright.cli.views.analysis import analysis_view
from bandwright.cli.views.words import percent, person_words
from bandwright.cli.written import checked_path, written
from bandwright.curves.verdict import Verdict
from bandwright.service.analysis import Analysis, analyse
from bandwright.service.answer import answer
from bandwright.service.judge import judge


def run_analyse(
    text: str,
    choices: Choices,
    outputs: FigureOutputs,
    own_strength: str | None = None,
    motion: MotionChoices = NO_MOTION,
) -> int:
    """Analyses one set-up and shows, prints or writes the answer."""
    report = checked_path(outputs.report, "--report", (".html",))
    figure = checked_path(outputs.figure, "--figure", (".svg", ".png"))
    choices = chosen_person(text, choices, own_strength)
    setup = moved_setup(chosen_setup(text, choices), motion, quietly=outputs.json)
    analysis, verdict = judged(setup) if own_strength is None else judged_as_tested(setup, own_strength)
    if outputs.json:
        write_json(answer(analysis, verdict), compact=True)
    else:
        show(*analysis_view(analysis, verdict))
    if choices.person is None and not looks_like_file(text):
        tell(stand_in_words(setup))
    if report is not None:
        from bandwright.service.report import write_report  # noqa: PLC0415 — drawing is heavy and optional

        written(report, "--report", lambda path: write_report((analysis,), (verdict,), path))
    if figure is not None:
        from bandwright.service.report import write_figure  # noqa: PLC0415 — as above

        written(figure, "--figure", lambda path: write_figure(analysis, verdict, path))
    return 0


def judged(setup: SetUp) -> tuple[Analysis, Verdict]:
    """A set-up analysed and judged; says so when it takes long."""
    with patience():
        analysis = analyse(setup)
        return analysis, judge(analysis, exercises=own_exercises())


def judged_as_tested(setup: SetUp, tests: str) -> tuple[Analysis, Verdict]:
    """The same with the strength fitted to a file of tests, which is said."""
    holder = own_holder(setup, tests)
    with patience():
        analysis = analyse(setup, holder=holder)
        verdict = judge(analysis, exercises=own_exercises())
    if setup.strength_curve != "measured":
        doubt = percent(holder.strength_cv(analysis.working))
        tell(Text(f"Strength: your own, fitted to {Path(tests).name}; about ±{doubt}."))
    return analysis, verdict


def stand_in_words(setup: SetUp) -> Text:
    """Whose body was used when nobody said."""
    said = f"Worked out for a {person_words(setup.person)}; say who you are with --person female,165,60."
    return Text(said)
