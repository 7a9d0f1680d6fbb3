"""`analyse --motion`: what the options mean and what is said of wrong ones."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--arm", "left"), "--arm is about a recording"),
        (("--lift", "1/2"), "--lift is about a recording"),
        (("--motion", "row.mot", "--arm", "third"), "There is no arm 'third'"),
        (("--motion", "row.mot", "--lift", "1"), "'1' is not a lift"),
        (("--motion", "none.mot"), "There is no file 'none.mot'"),
        (("--motion", "row.c3d"), "no kind of recording"),
    ],
)
def test_wrong_options(words: tuple[str, ...], said: str, bandwright: Callable[..., Any]) -> None:
    """Each is told in words with exit code 2."""
    outcome = bandwright("analyse", "band-external-rotation", *words)
    assert outcome.code == 2
    assert said in " ".join(outcome.err.split())


def test_a_malformed_file_is_told_with_its_line(tmp_path: Path, bandwright: Callable[..., Any]) -> None:
    """The line is part of the message."""
    file = tmp_path / "row.mot"
    file.write_text("row\nnRows=1\nnColumns=2\ninDegrees=yes\nendheader\ntime elbow_flex_r\n0.0 bent\n")
    outcome = bandwright("analyse", "band-external-rotation", "--motion", str(file))
    assert outcome.code == 2
    assert "row.mot: line 7" in outcome.err
