"""Everything that is wrong with a command line, told at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from types import TracebackType
from typing import ParamSpec, Self, TypeVar

from bandwright.errors import InputError, Problem

P = ParamSpec("P")
T = TypeVar("T")

_MISREAD: ContextVar[tuple[Problem, ...]] = ContextVar("misread", default=())


class Gathering:
    """Reads one thing given after another, and raises in the end what is wrong with all of them.

    The last thing, which nothing goes without, is read plainly inside the `with`.
    """

    def __init__(self, already: Iterable[Problem] = ()) -> None:
        self._problems = list(already)

    def read(self, reader: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """What the reader makes of it; None where that is wrong."""
        try:
            return reader(*args, **kwargs)
        except InputError as error:
            self.tell(error.problems)
            return None

    def tell(self, problems: Iterable[Problem]) -> None:
        """Notes problems found in another way."""
        self._problems += problems

    def __enter__(self) -> Self:
        """Begins."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Raises what was gathered, and with it the problem that the work ended with.

        Raises:
            InputError: something was wrong.
        """
        if isinstance(error, InputError):
            self.tell(error.problems)
        elif error is not None:
            return
        if self._problems:
            raise InputError(*dict.fromkeys(self._problems)) from error


def command_line() -> Gathering:
    """A command's own gathering: begins with what was wrong with the words before they came to mean anything."""
    return Gathering(_MISREAD.get())


@contextmanager
def misread(problems: Sequence[Problem]) -> Iterator[None]:
    """Lets a command look for what else is wrong: its `command_line` raises, and nothing is done."""
    token = _MISREAD.set(tuple(problems))
    try:
        yield
    finally:
        _MISREAD.reset(token)
