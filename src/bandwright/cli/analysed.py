"""What `bandwright analyse` does."""

from __future__ import annotations

from rich.text import Text

from bandwright.catalogue.setup import SetUp
from bandwright.cli.arguments import Choices, FigureOutputs
from bandwright.cli.chosen import chosen_setup, looks_like_file
from bandwright.cli.output import show, tell, write_json
from bandwright.cli.own_files import own_exercises
from bandwright.cli.patience import patience
from bandwright.cli.views.analysis import analysis_view
from bandwright.cli.views.words import person_words
from bandwright.cli.written import checked_path, written
from bandwright.curves.verdict import Verdict
from bandwright.service.analysis import Analysis, analyse
from bandwright.service.answer import answer
from bandwright.service.judge import judge


def run_analyse(text: str, choices: Choices, outputs: FigureOutputs) -> int:
    """Analyses one set-up and shows, prints or writes the answer."""
    report = checked_path(outputs.report, "--report", (".html",))
    figure = checked_path(outputs.figure, "--figure", (".svg", ".png"))
    setup = chosen_setup(text, choices)
    analysis, verdict = judged(setup)
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


def stand_in_words(setup: SetUp) -> Text:
    """Whose body was used when nobody said."""
    said = f"Worked out for a {person_words(setup.person)}; say who you are with --person female,165,60."
    return Text(said)
