"""The person's own folder: their bands and exercises."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Final

from bandwright.errors import InputError, Problem

DATA: Final = "BANDWRIGHT_DATA"
"""Names the folder in place of the platform's usual one."""

ID_FORM: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_ID: Final = 80


def data_folder() -> Path:
    """Where the person's own files are; it need not exist yet."""
    given = os.environ.get(DATA)
    if given:
        return Path(given).expanduser()
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", "~/AppData/Local")).expanduser() / "Bandwright"
    if sys.platform == "darwin":
        return Path("~/Library/Application Support/Bandwright").expanduser()
    return Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share").expanduser() / "bandwright"


def own_exercises() -> Path:
    """Folder of the person's own exercises."""
    return data_folder() / "exercises"


def own_bands_folder() -> Path:
    """Folder of the person's own bands."""
    return data_folder() / "bands"


def check_id(given: str, example: str) -> None:
    """Refuses an id that cannot be a file's name on every system.

    Raises:
        InputError: it has other characters or is too long.
    """
    if ID_FORM.fullmatch(given) and len(given) <= LONGEST_ID:
        return
    allowed = ("small letters, digits and single hyphens between them",)
    shown = given if len(given) <= LONGEST_ID else f"{given[:LONGEST_ID]}..."
    raise InputError(Problem("bad-id", f"'{shown}' cannot be an id.", allowed, hint=f"Example: {example}"))
