"""The person's own folder: their bands and exercises."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

DATA: Final = "BANDWRIGHT_DATA"
"""Names the folder in place of the platform's usual one."""


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
