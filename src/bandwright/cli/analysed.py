"""What `bandwright analyse` does."""

from __future__ import annotations

from rich.text import Text

from bandwright.catalogue.own_files import own_exercises
from bandwright.catalogue.setup import SetUp
from bandwright.cli.arguments import NO_MOTION, Choices, FigureOutputs, MotionChoices
from bandwright.cli.chosen import chosen_setup, looks_like_file
from bandwright.cli.gathering import command_line
from bandwright.cli.moved import moved_setup, recording_given
from bandwright.cli.output import show, tell, write_json
from bandwright.cli.patience import patience
from bandwright.cli.strength_fitted import Tests, chosen_person, own_holder, tests_given
from bandwright.cli.views.analysis import analysis_view
from bandwright.cli.views.sensitivity import sensitivity_view
from bandwright.cli.views.words import person_words
from bandwright.cli.written import checked_folder, checked_path, written
from bandwright.curves.fit_strength import FittedHolder
from bandwright.curves.verdict import Verdict
from bandwright.curves.wording import percent
from bandwright.service.analysis import Analysis, analyse
from bandwright.service.answer import answer
from bandwright.service.judge import judge
from bandwright.service.scapular_sensitivity import (
    ScapularSensitivity,
    scapular_sensitivity,
    sensitivity_answer,
)


def run_analyse(
    text: str,
    choices: Choices,
    outputs: FigureOutputs,
    own_strength: str | None = None,
    motion: MotionChoices = NO_MOTION,
) -> int:
    """Analyses one set-up and shows, prints or writes the answer."""
    with command_line() as also:
        report = also.read(checked_path, outputs.report, "--report", (".html",))
        figure = also.read(checked_path, outputs.figure, "--figure", (".svg", ".png"))
        exported = also.read(checked_folder, outputs.export_opensim, "--export-opensim")
        recording = also.read(recording_given, motion)
        tests = None if own_strength is None else also.read(tests_given, own_strength, "--own-strength")
        choices = chosen_person(text, choices, own_strength if tests else None)
        setup = chosen_setup(text, choices)
    setup = setup if recording is None else moved_setup(setup, recording, quietly=outputs.json)
    analysis, verdict = judged(setup) if tests is None else judged_as_tested(setup, tests)
    sensitivity = _scapular(analysis) if outputs.scapular_sensitivity else None
    if outputs.json:
        extra = {} if sensitivity is None else {"sensitivity": sensitivity_answer(sensitivity)}
        write_json(answer(analysis, verdict) | extra, compact=True)
    else:
        show(*analysis_view(analysis, verdict), *(sensitivity_view(sensitivity) if sensitivity else ()))
    if choices.person is None and not looks_like_file(text):
        tell(stand_in_words(setup))
    if report is not None:
        from bandwright.service.report import write_report  # noqa: PLC0415 — drawing is heavy and optional

        written(report, "--report", lambda path: write_report((analysis,), (verdict,), path))
    if figure is not None:
        from bandwright.service.report import write_figure  # noqa: PLC0415 — as above

        written(figure, "--figure", lambda path: write_figure(analysis, verdict, path))
    if exported is not None:
        from bandwright.service.opensim_export import export_opensim  # noqa: PLC0415 — seldom asked for

        written(exported, "--export-opensim", lambda path: export_opensim(analysis, path))
    return 0


def _scapular(analysis: Analysis) -> ScapularSensitivity:
    """What hangs on the scapular motion; says so when it takes long."""
    with patience():
        return scapular_sensitivity(analysis)


def judged(setup: SetUp) -> tuple[Analysis, Verdict]:
    """A set-up analysed and judged; says so when it takes long."""
    return judged_by(setup, None)


def judged_by(setup: SetUp, holder: FittedHolder | None) -> tuple[Analysis, Verdict]:
    """The same with a person's own fitted strength; None: as people of that size and sex are."""
    with patience():
        analysis = analyse(setup, holder=holder)
        return analysis, judge(analysis, exercises=own_exercises())


def judged_as_tested(setup: SetUp, tests: Tests) -> tuple[Analysis, Verdict]:
    """The same with the strength fitted to a file of tests, which is said."""
    analysis, verdict = judged_by(setup, own_holder(setup, tests))
    said = own_strength_words(analysis, tests)
    if said is not None:
        tell(said)
    return analysis, verdict


def own_strength_words(analysis: Analysis, tests: Tests) -> Text | None:
    """What the strength was fitted to and how sure it is; None where another curve took its place."""
    if analysis.holder is None or analysis.setup.strength_curve == "measured":
        return None
    doubt = percent(analysis.holder.strength_cv(analysis.working))
    return Text(f"Strength: your own, fitted to {tests.name}; about ±{doubt}.")


def stand_in_words(setup: SetUp) -> Text:
    """Whose body was used when nobody said."""
    said = f"Worked out for a {person_words(setup.person)}; say who you are with --person female,165,60."
    return Text(said)
