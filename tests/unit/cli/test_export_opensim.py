"""`analyse --export-opensim`: where the files go and what is said of wrong folders."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from bandwright.catalogue.opensim.tools import FILES


def test_the_folder_is_made_and_filled(tmp_path: Path, bandwright: Callable[..., Any]) -> None:
    """JSON stays alone on stdout; the folder is named on stderr and holds every file."""
    folder = tmp_path / "row"
    outcome = bandwright("analyse", "band-external-rotation", "--json", "--export-opensim", str(folder))
    assert outcome.code == 0
    assert outcome.json["exercise"] == "band-external-rotation"
    assert str(folder) in outcome.err.replace("\n", "")
    assert sorted(path.name for path in folder.iterdir()) == sorted(FILES)


def test_a_file_in_the_way_is_told(tmp_path: Path, bandwright: Callable[..., Any]) -> None:
    """A file is no folder, and a folder in a folder that does not exist is not made."""
    taken = tmp_path / "row"
    taken.write_text("mine", encoding="utf-8")
    for where, said in ((taken, "is a file"), (tmp_path / "no" / "row", "There is no folder")):
        outcome = bandwright("analyse", "band-external-rotation", "--export-opensim", str(where))
        assert outcome.code == 2
        assert said in " ".join(outcome.err.split())
    assert taken.read_text(encoding="utf-8") == "mine"
