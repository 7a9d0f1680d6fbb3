"""Files that the person asked for: checked before the work begins, written after it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from bandwright.cli.output import tell
from bandwright.errors import InputError, Problem


def checked_path(text: str | None, option: str, endings: Sequence[str]) -> Path | None:
    """The path an option names, if it can be written as far as can be told beforehand.

    Raises:
        InputError: its ending is not one of these, it is a folder, or the folder it would be in does not exist.
    """
    if text is None:
        return None
    path = Path(text).expanduser()
    example = f"Example: {option} row{endings[0]}"
    if path.is_dir():
        raise InputError(Problem("is-a-folder", f"'{text}' is a folder.", hint=example, path=option))
    if path.suffix.lower() not in endings:
        said = f"'{text}' does not end in {' or '.join(endings)}."
        raise InputError(Problem("bad-ending", said, tuple(endings), hint=example, path=option))
    if not path.parent.is_dir():
        said = f"There is no folder '{path.parent}'."
        raise InputError(Problem("no-folder", said, hint="Make it first, or name another.", path=option))
    return path


def checked_folder(text: str | None, option: str) -> Path | None:
    """The folder an option names, which need not exist yet.

    Raises:
        InputError: it is a file, or the folder it would be in does not exist.
    """
    if text is None:
        return None
    path = Path(text).expanduser()
    if path.exists() and not path.is_dir():
        said = f"'{text}' is a file."
        raise InputError(Problem("is-a-file", said, hint=f"Name a folder: {option} row", path=option))
    if not path.absolute().parent.is_dir():
        said = f"There is no folder '{path.parent}'."
        raise InputError(Problem("no-folder", said, hint="Make it first, or name another.", path=option))
    return path


def written(path: Path, option: str, write: Callable[[Path], object]) -> None:
    """Writes a file and says where it is.

    Raises:
        InputError: it cannot be written, or drawing needs a library that is not installed.
    """
    try:
        write(path)
    except OSError as error:
        said = f"'{path}' cannot be written: {error.strerror or error}."
        raise InputError(Problem("unwritable-file", said, hint="Name another place.", path=option)) from error
    except ModuleNotFoundError as error:
        said = f"Drawing needs {error.name}, which is not installed."
        hint = "Install it with: pip install 'bandwright[figures]'"
        raise InputError(Problem("no-figures", said, hint=hint, path=option)) from error
    tell(f"Written: {path}")
