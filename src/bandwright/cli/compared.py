"""What `bandwright compare` does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from typing import Final

from rich.text import Text

from bandwright.catalogue.setup import SetUp
from bandwright.cli.analysed import judged, judged_by, own_strength_words, stand_in_words
from bandwright.cli.arguments import Choices, Outputs
from bandwright.cli.chosen import chosen_setup, looks_like_file
from bandwright.cli.gathering import Gathering, command_line
from bandwright.cli.output import show, tell, write_json
from bandwright.cli.strength_fitted import Tests, chosen_person, own_holders, tests_given
from bandwright.cli.views.comparison import comparison_view
from bandwright.cli.written import checked_path, written
from bandwright.curves.verdict import Verdict
from bandwright.errors import InputError, Problem
from bandwright.service.analysis import Analysis
from bandwright.service.answer import answer
from bandwright.service.differences import differences

FEWEST: Final = 2
MOST: Final = 3
LETTERS: Final = "ABC"


def run_compare(
    texts: Sequence[str], choices: Choices, outputs: Outputs, own_strength: str | None = None
) -> int:
    """Compares set-ups and shows, prints or writes the answer."""
    with command_line() as also:
        report = also.read(checked_path, outputs.report, "--report", (".html",))
        tests = None if own_strength is None else also.read(tests_given, own_strength, "--own-strength")
        also.tell(_count_problems(len(texts)))
        setups = all_chosen(texts[:MOST], choices, own_strength if tests else None)
    pairs = all_judged(setups, tests)
    found = differences([analysis for analysis, _ in pairs])
    if outputs.json:
        answers = [answer(analysis, verdict) for analysis, verdict in pairs]
        body = {"schema": "bandwright.comparison/1", "analyses": answers}
        write_json({**body, "differences": [asdict(one) for one in found]}, compact=True)
    else:
        show(*comparison_view(pairs, found))
    if choices.person is None and own_strength is None and not all(looks_like_file(text) for text in texts):
        tell(stand_in_words(setups[[looks_like_file(text) for text in texts].index(False)]))
    if report is not None:
        from bandwright.service.report import write_report  # noqa: PLC0415 — drawing is heavy and optional

        analyses, verdicts = zip(*pairs, strict=True)
        written(report, "--report", lambda path: write_report(analyses, verdicts, path))
    return 0


def _count_problems(count: int) -> Iterator[Problem]:
    if not FEWEST <= count <= MOST:
        said = f"{count} set-up{'s' if count != 1 else ''} given."
        hint = "Example: bandwright compare bent-over-band-row bent-over-dumbbell-row"
        yield Problem("bad-count", said, ("two or three",), hint=hint)


def all_judged(setups: Sequence[SetUp], tests: Tests | None) -> list[tuple[Analysis, Verdict]]:
    """The set-ups analysed and judged, with the strength fitted once to a file of tests if there is one."""
    if tests is None:
        return [judged(setup) for setup in setups]
    pairs = [
        judged_by(setup, holder) for setup, holder in zip(setups, own_holders(setups, tests), strict=True)
    ]
    for letter, (analysis, _) in zip(LETTERS, pairs, strict=False):
        said = own_strength_words(analysis, tests)
        if said is not None:
            tell(Text.assemble(f"{letter}  ", said))
    return pairs


def all_chosen(texts: Sequence[str], choices: Choices, own_strength: str | None = None) -> list[SetUp]:
    """The set-ups that are meant, or every problem of all of them.

    Raises:
        InputError: problems, each with the letter of its set-up.
    """
    with Gathering() as also:
        found = [
            also.read(_lettered, letter, text, chosen_person(text, choices, own_strength))
            for letter, text in zip(LETTERS, texts, strict=False)
        ]
    return [setup for setup in found if setup is not None]


def _lettered(letter: str, text: str, choices: Choices) -> SetUp:
    try:
        return chosen_setup(text, choices)
    except InputError as error:
        where = (f"{letter}{f', {one.path}' if one.path else ''}" for one in error.problems)
        problems = (replace(one, path=path) for one, path in zip(error.problems, where, strict=True))
        raise InputError(*problems) from error
