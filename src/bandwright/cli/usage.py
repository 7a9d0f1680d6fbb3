"""What cyclopts found wrong with a command line, said the way all our errors are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

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

from bandwright.errors import InputError, Problem, nearest_match, unknown_name

LONG_OPTION = "--"


def usage_error(error: CycloptsError, app: App) -> InputError:
    """The same error as one the person can read: what was given, what is allowed, an example."""
    chain = list(error.command_chain or ())
    help_line = f"'{' '.join(['bandwright', *chain, '--help'])}' shows how, with examples."
    match error:
        case UnknownCommandError():
            given = (error.unused_tokens or [""])[0]
            return InputError(unknown_name("command", given, _commands(app, chain), hint=help_line))
        case UnknownOptionError():
            return InputError(_unknown_option(error, help_line))
        case MissingArgumentError():
            return InputError(_missing(error, help_line))
        case UnusedCliTokensError():
            extra = ", ".join(f"'{token}'" for token in error.unused_tokens or ())
            return InputError(Problem("too-many-words", f"There is no use for {extra} here.", hint=help_line))
        case RepeatArgumentError() | CoercionError():
            return InputError(Problem("bad-option", _first_line(error), hint=help_line))
        case _:
            return InputError(Problem("bad-usage", _first_line(error), hint=help_line))


def _commands(app: App, chain: Iterable[str]) -> list[str]:
    for name in chain:
        app = app[name]
    return [name for name in app if not name.startswith("-")]


def _unknown_option(error: UnknownOptionError, hint: str) -> Problem:
    given = (error.token.keyword or error.token.value).partition("=")[0]
    allowed = sorted(set(_options(error)))
    near = nearest_match(given, allowed)
    return Problem("unknown-option", f"There is no option '{given}' here.", tuple(allowed), near, hint)


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
