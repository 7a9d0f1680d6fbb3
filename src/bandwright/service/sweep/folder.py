"""A sweep's folder: a manifest that says whose it is, a file for each shard done, and in the end one table."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bandwright.errors import InputError, Problem

SCHEMA: Final = "bandwright.sweep-folder/1"
WHERE: Final = "folder"

CHANGED: Final = {
    "study": "the study or its gear",
    "program": "the version of Bandwright or of a library it computes with",
    "data": "the data it computes with, or bands or exercises of your own",
}


@dataclass(frozen=True, slots=True)
class Folder:
    """Where the parts and the table of one study are."""

    path: Path

    @property
    def table(self) -> Path:
        """The finished table."""
        return self.path / "sweep.parquet"

    @property
    def parts(self) -> Path:
        """Where each shard's file is until all are there."""
        return self.path / "parts"

    @property
    def manifest(self) -> Path:
        """Whose folder it is, and the outcome."""
        return self.path / "manifest.json"

    def outcome(self) -> dict[str, Any] | None:
        """What the finished sweep came to; None while it is not finished."""
        found: dict[str, Any] | None = self._manifest().get("outcome")
        return found if found is not None and self.table.is_file() else None

    def claim(self, fingerprint: Mapping[str, str]) -> None:
        """Makes the folder this study's, if it is not another's.

        Raises:
            InputError: it holds another study's sweep or other files, or cannot be written.
        """
        if self.manifest.is_file():
            self._compare(fingerprint)
        elif self.path.exists() and (not self.path.is_dir() or any(self.path.iterdir())):
            said = f"'{self.path}' is there already and is not a sweep's folder."
            hint = "Name a new one."
            raise InputError(Problem("not-a-sweep", said, hint=hint, path=WHERE))
        else:
            self._make()
            self._write_manifest({"fingerprint": dict(fingerprint)})
        if self.outcome() is None:
            self.parts.mkdir(exist_ok=True)

    def keep(self, name: str, content: bytes) -> None:
        """Keeps a shard's file, whole or not at all."""
        _at_once(self.parts / name, lambda path: path.write_bytes(content))

    def finish(self, write: Callable[[Path], Mapping[str, Any]]) -> dict[str, Any]:
        """Writes the table, whole or not at all, then lets the parts go; answers the outcome."""
        found: dict[str, Any] = {}
        _at_once(self.table, lambda path: found.update(write(path)))
        self._write_manifest({**self._manifest(), "outcome": found})
        self.tidy()
        return found

    def tidy(self) -> None:
        """Lets parts go that a finished table has taken in."""
        shutil.rmtree(self.parts, ignore_errors=True)

    def _make(self) -> None:
        try:
            self.path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            said = f"'{self.path}' cannot be made: {error.strerror or error}."
            problem = Problem("unwritable-folder", said, hint="Name another place.", path=WHERE)
            raise InputError(problem) from error

    def _compare(self, fingerprint: Mapping[str, str]) -> None:
        kept = self._manifest().get("fingerprint", {})
        changed = [words for name, words in CHANGED.items() if kept.get(name) != fingerprint[name]]
        if changed:
            said = f"'{self.path}' holds another sweep; since then {' and '.join(changed)} changed."
            hint = "Name a new folder, or delete that one. Rows of two kinds are never mixed."
            raise InputError(Problem("another-sweep", said, hint=hint, path=WHERE))

    def _manifest(self) -> dict[str, Any]:
        try:
            found = json.loads(self.manifest.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def _write_manifest(self, content: Mapping[str, Any]) -> None:
        text = json.dumps({"schema": SCHEMA, **content}, indent=2) + "\n"
        _at_once(self.manifest, lambda path: path.write_text(text, encoding="utf-8"))


def _at_once(path: Path, write: Callable[[Path], object]) -> None:
    """Writes beside the file and puts it in its place when it is whole and on the disk."""
    beside = path.with_name(f"{path.name}.new")
    write(beside)
    with beside.open("rb") as file:
        os.fsync(file.fileno())
    beside.replace(path)
