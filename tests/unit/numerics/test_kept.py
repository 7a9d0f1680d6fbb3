"""Machine code of an older making is not used, whichever file the change was in; of the same making, it is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

import pytest
from numba.core.caching import CacheImpl

import bandwright
from bandwright.numerics.compiled import compiled
from bandwright.numerics.kept import kept

SMALL: Final = {
    "base.py": "from bandwright.numerics.compiled import compiled\n@compiled\ndef least(x):\n    return x + 1.0\n",
    "facts.py": "RATE = 10.0\n",
    "middle.py": (
        "from bandwright.numerics.compiled import compiled\nfrom base import least\n"
        "@compiled\ndef between(x):\n    return least(x) + 100.0\n"
    ),
    "top.py": (
        "from bandwright.numerics.compiled import compiled\nfrom facts import RATE\nfrom middle import between\n"
        "@compiled\ndef most(x):\n    return RATE * between(x)\n"
    ),
}
"""A function that calls one in another file, which calls one in a third, and a constant of a fourth."""

BOWS: Final = "(((0.0, 0.6, 0.8), 2.0, 3.0), ((0.6, 0.0, 0.8), 1.0, 4.0)), (0.8, 0.6, 0.0), (0.6, 0.8, 0.1)"
"""How two halves of a path bow, and their directions: what a step of the crossing is asked with."""

ASK: Final = """
from bandwright.numerics.witness import compiled_here
from {module} import {name}
print({name}({words}), compiled_here())
"""


def asked(folder: Path, module: str, name: str, words: str) -> list[str]:
    """What a new process answers, and whether it had to compile, the sources being in a folder."""
    paths = [str(folder), *(one for one in sys.path if one)]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(paths),
        "NUMBA_CACHE_DIR": str(folder / "kept"),
    }
    code = ASK.format(module=module, name=name, words=words)
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, cwd=folder, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


@pytest.mark.parametrize(
    ("file", "old", "new", "answer"),
    [
        ("base.py", "+ 1.0", "+ 2.0", "1040.0"),
        ("middle.py", "+ 100.0", "+ 200.0", "2030.0"),
        ("facts.py", "10.0", "20.0", "2060.0"),
        ("top.py", "RATE *", "RATE +", "113.0"),
    ],
)
def test_a_change_anywhere_below_counts(file: str, old: str, new: str, answer: str, tmp_path: Path) -> None:
    """Compiled once, then loaded; after a change in one of the four files, the new answer."""
    for name, text in SMALL.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert asked(tmp_path, "top", "most", "2.0") == ["1030.0", "True"]
    assert asked(tmp_path, "top", "most", "2.0") == ["1030.0", "False"]
    changed = SMALL[file].replace(old, new)
    assert changed != SMALL[file]
    (tmp_path / file).write_text(changed, encoding="utf-8")
    assert asked(tmp_path, "top", "most", "2.0") == [answer, "True"]
    assert asked(tmp_path, "top", "most", "2.0") == [answer, "False"]


def test_an_upgraded_package_answers_anew(tmp_path: Path) -> None:
    """In a copy of Bandwright a scalar product changes in one file; the step that uses it is in another."""
    source = Path(bandwright.__file__).parent
    left_out = shutil.ignore_patterns("__pycache__", "client", "data", "*.pyc")
    shutil.copytree(source, tmp_path / "bandwright", ignore=left_out)
    vectors = tmp_path / "bandwright" / "body" / "wrapping" / "vectors.py"
    ask = ("bandwright.body.wrapping.crossing", "_step", BOWS)
    before = asked(tmp_path, *ask)
    assert asked(tmp_path, *ask) == [*before[:-1], "False"]
    text = vectors.read_text(encoding="utf-8")
    changed = text.replace("+ a[2] * b[2]", "- a[2] * b[2]")
    assert changed != text
    vectors.write_text(changed, encoding="utf-8")
    after = asked(tmp_path, *ask)
    assert after[-1] == before[-1] == "True"
    assert after[:-1] != before[:-1]


def test_how_it_is_compiled_counts_too() -> None:
    """The same function by other options is another making; by the same ones it is not."""

    def twice(x: float) -> float:
        return 2.0 * x

    def making(options: dict[str, Any]) -> Any:
        made: Any = kept(twice, options)
        return made._cache._cache_file._source_stamp

    assert making({"fastmath": {"nsz", "contract"}}) == making({"fastmath": {"contract", "nsz"}})
    assert making({"fastmath": {"nsz"}}) != making({"fastmath": {"contract"}})


def test_where_nothing_can_be_kept_it_is_compiled_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """An installation that cannot be written, of somebody without a home."""
    monkeypatch.setattr(CacheImpl, "_locator_classes", [])

    def twice(x: float) -> float:
        return 2.0 * x

    assert compiled(twice)(3.0) == 6.0
