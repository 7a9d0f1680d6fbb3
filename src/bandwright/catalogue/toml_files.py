"""Reading a TOML file a person wrote, with the line of what cannot be read."""

from __future__ import annotations

import difflib
import re
import tomllib
from pathlib import Path
from typing import Any

from bandwright.errors import InputError, Problem


def read_table(path: Path) -> dict[str, Any]:
    """The table in a TOML file.

    Raises:
        InputError: the file cannot be opened, is not UTF-8 text or is not TOML; says the line.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except tomllib.TOMLDecodeError as error:
        raise InputError(_broken(path, str(error))) from error
    except UnicodeDecodeError as error:
        problem = Problem(
            "not-text", "The file is not UTF-8 text.", hint="Save it again as UTF-8.", path=path.name
        )
        raise InputError(problem) from error
    except OSError as error:
        said = f"The file cannot be read: {error.strerror or error}."
        raise InputError(Problem("unreadable-file", said, path=str(path))) from error


def missing_file(path: Path, shown: str, hint: str, where: str | None = None) -> Problem:
    """The problem of a file that is not there, with the nearest TOML file beside where it would be."""
    beside = [other.name for other in path.parent.glob("*.toml")] if path.parent.is_dir() else []
    near = difflib.get_close_matches(path.name, beside, n=1)
    nearest = str(Path(shown).with_name(near[0])) if near else None
    return Problem("no-file", f"There is no file '{shown}'.", nearest=nearest, hint=hint, path=where)


def _broken(path: Path, said: str) -> Problem:
    match = re.search(r"\(at line (\d+), column (\d+)\)", said)
    line = f": line {match[1]}, column {match[2]}" if match else ": last line"
    what = said.partition(" (at ")[0]
    return Problem(
        "broken-file",
        f"The file is not valid TOML here: {what}.",
        hint='Write texts in quotes and one key per line, e.g. name = "Face pull".',
        path=f"{path.name}{line}",
    )
