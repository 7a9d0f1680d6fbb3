"""Ids that a person gives their own bands and exercises: they become file names."""

from __future__ import annotations

import re
from typing import Final

from bandwright.errors import InputError, Problem

FORM: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST: Final = 80


def check_id(given: str, example: str) -> None:
    """Refuses an id that cannot be a file's name on every system.

    Raises:
        InputError: it has other characters or is too long.
    """
    if FORM.fullmatch(given) and len(given) <= LONGEST:
        return
    allowed = ("small letters, digits and single hyphens between them",)
    shown = given if len(given) <= LONGEST else f"{given[:LONGEST]}..."
    raise InputError(Problem("bad-id", f"'{shown}' cannot be an id.", allowed, hint=f"Example: {example}"))
