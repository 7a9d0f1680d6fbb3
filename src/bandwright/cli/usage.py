"""What cyclopts found wrong with a command line, said the way all our errors are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from inspect import BoundArguments
from typing import Final

from cyclopts import App
from cyclopts.exceptions import (
    CoercionError,
    CycloptsError,
    MissingArgumentError,
    RepeatArgumentError,
    UnknownCommandError,
    UnknownOptionError,
    UnusedCliTokensError,
)

from bandwright.errors import Problem, nearest_match, unknown_name

LONG_OPTION: Final = "--"

STAND_IN: Final = "?"
"""For a word that lacks, so that the others can be looked at; no command runs with it."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What a command line's words mean."""

    command: Callable[..., object] | None
    """None where that cannot be told."""
    bound: BoundArguments | None
    problems: tuple[Problem, ...]
    """What is wrong with the words; the rest is read as if the nearest had been meant."""


def read_usage(app: App, words: Sequence[str]) -> Usage:
    """Reads the words, going on after a wrong one for as long as the rest can be understood."""
    problems: list[Problem] = []
    guessed = lacking = False
    while True:
        try:
            command, bound, _ = app.parse_args(words, exit_on_error=False, print_error=False)
        except CycloptsError as error:
            problem = usage_problem(error, app)
            if not _made_by_reading_on(error, problems, guessed=guessed):
                problems.append(problem)
            further = _put_right(error, problem, list(words))
            if further is None:
                return Usage(None, None, tuple(problems))
            guessed = guessed or len(further) == len(words) - 2
            lacking = lacking or len(further) > len(words)
            words = further
        else:
            return Usage(None if lacking else command, bound, tuple(problems))


def _made_by_reading_on(error: CycloptsError, before: Sequence[Problem], *, guessed: bool) -> bool:
    """Whether the words as typed may well not have had this fault."""
    if isinstance(error, RepeatArgumentError):
        return bool(before)
    return guessed and isinstance(error, MissingArgumentError | UnusedCliTokensError)


def _put_right(error: CycloptsError, problem: Problem, words: list[str]) -> list[str] | None:
    """The words with a wrong one replaced or left out, or a stand-in for one that lacks; None where nothing helps."""
    match error:
        case UnknownOptionError():
            return _renamed(_given(error), problem.nearest, words)
        case CoercionError() if error.token is not None and error.token.keyword is not None:
            return _renamed(error.token.keyword, None, words)
        case MissingArgumentError() if error.argument is not None:
            return _completed(error.argument.name, words)
        case _:
            return None


def _completed(name: str, words: list[str]) -> list[str]:
    """The words without an option that has no value, or with a value for what lacks."""
    if name in words:
        return [word for word in words if word != name]
    return [*words, name, STAND_IN] if name.startswith(LONG_OPTION) else [*words, STAND_IN]


def _renamed(option: str, name: str | None, words: list[str]) -> list[str] | None:
    """The words with an option under another name, or without it and its value."""
    for index, word in enumerate(words):
        given, equals, value = word.partition("=")
        if given == option:
            if name is not None:
                return [*words[:index], f"{name}{equals}{value}", *words[index + 1 :]]
            rest = words[index + 1 :]
            has_value = not equals and bool(rest) and not rest[0].startswith("-")
            return words[:index] + (rest[1:] if has_value else rest)
    return None


def usage_problem(error: CycloptsError, app: App) -> Problem:
    """An error as a problem the person can read: what was given, what is allowed, an example."""
    chain = list(error.command_chain or ())
    help_line = f"'{' '.join(['bandwright', *chain, '--help'])}' shows how, with examples."
    match error:
        case UnknownCommandError():
            given = (error.unused_tokens or [""])[0]
            return unknown_name("command", given, _commands(app, chain), hint=help_line)
        case UnknownOptionError():
            return _unknown_option(error, help_line)
        case MissingArgumentError():
            return _missing(error, help_line)
        case UnusedCliTokensError():
            extra = ", ".join(f"'{token}'" for token in error.unused_tokens or ())
            return Problem("too-many-words", f"There is no use for {extra} here.", hint=help_line)
        case RepeatArgumentError() | CoercionError():
            return Problem("bad-option", _first_line(error), hint=help_line)
        case _:
            return Problem("bad-usage", _first_line(error), hint=help_line)


def _commands(app: App, chain: Iterable[str]) -> list[str]:
    for name in chain:
        app = app[name]
    return [name for name in app if not name.startswith("-")]


def _unknown_option(error: UnknownOptionError, hint: str) -> Problem:
    given = _given(error)
    allowed = sorted(set(_options(error)))
    near = nearest_match(given, allowed)
    return Problem("unknown-option", f"There is no option '{given}' here.", tuple(allowed), near, hint)


def _given(error: UnknownOptionError) -> str:
    return (error.token.keyword or error.token.value).partition("=")[0]


def _options(error: UnknownOptionError) -> Iterator[str]:
    for argument in error.argument_collection:
        yield from (name for name in argument.names if name.startswith(LONG_OPTION))
    yield "--help"


def _missing(error: MissingArgumentError, hint: str) -> Problem:
    argument = error.argument
    name = argument.name if argument is not None else "value"
    if name.startswith(LONG_OPTION):
        return Problem("missing-value", f"'{name}' is missing, or has no value.", hint=hint)
    return Problem("missing-argument", f"{name.upper()} is missing.", hint=hint)


def _first_line(error: CycloptsError) -> str:
    return str(error).splitlines()[-1]
