"""Ctrl-C also where a library keeps it to itself."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def interrupts_heard() -> Iterator[None]:
    """Lets an error that comes of Ctrl-C end as what it is.

    A library that is stopped while it is imported says something else, and names Ctrl-C as the cause. The compiler
    calls back into Python from where no exception can pass: Python would print Ctrl-C and go on, until the compiler
    fails for the lack of what it was making.

    Raises:
        KeyboardInterrupt: in the place of such an error.
    """
    swallowed: list[BaseException | None] = []
    before = sys.unraisablehook

    def notice(lost: sys.UnraisableHookArgs) -> None:
        if issubclass(lost.exc_type, KeyboardInterrupt):
            swallowed.append(lost.exc_value)
        else:
            before(lost)

    sys.unraisablehook = notice
    try:
        yield
    except Exception as error:
        if swallowed or _behind(error):
            raise KeyboardInterrupt from error
        raise
    finally:
        sys.unraisablehook = before


def _behind(error: BaseException | None) -> bool:
    """Whether Ctrl-C is among an error's causes."""
    while error is not None:
        if isinstance(error, KeyboardInterrupt):
            return True
        error = error.__cause__ or error.__context__
    return False
