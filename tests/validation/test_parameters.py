"""The page says where every table and every sourced constant comes from."""

from __future__ import annotations

import re
from importlib.resources import files

from bandwright.service.validation.parameters import MEANINGS, parameter_lines

DATA = files("bandwright") / "data"


def test_every_table_is_listed_with_known_keys() -> None:
    """Each anatomy and band table appears, and every key but `none` is in the bibliography."""
    lines = parameter_lines()
    bibliography = (DATA / "sources.bib").read_text(encoding="utf-8")
    known = {"none", *re.findall(r"^@\w+\{([^,]+),", bibliography, re.MULTILINE)}
    listed = [line for line in lines if line.startswith("| `")]
    for name in (
        f"anatomy/{path.name}" for path in (DATA / "anatomy").iterdir() if path.name.endswith(".csv")
    ):
        assert any(line.startswith(f"| `{name}`") for line in listed)
    for line in listed:
        keys = re.sub(r" \(\d+\)", "", line.strip("| ").split(" | ")[-1])
        assert set(re.split(r"[;,] ", keys)) <= known, line


def test_words_are_kept_for_tables_that_exist() -> None:
    """No meaning is left over from a table that went."""
    for name in MEANINGS:
        assert (DATA / name).is_file() or (DATA / name).is_dir()


def test_known_constants_are_listed() -> None:
    """The glenoid's limits and the force-length shape carry their sources."""
    text = "\n".join(parameter_lines())
    assert re.search(r"STABILITY_UP_DOWN \| 0\.61 \| Hasan2025", text)
    assert re.search(r"FORCE_LENGTH_SHAPE \| 0\.45 \| Thelen2003", text)
