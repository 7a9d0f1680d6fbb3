"""Every command line in these tests has a data folder of its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bandwright.cli.front import run


@dataclass(frozen=True)
class Outcome:
    """What a command line left: exit code and both streams."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The JSON on stdout; fails when there is anything else."""
        return json.loads(self.out)


Bandwright = Callable[..., Outcome]


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder."""
    folder = tmp_path / "own"
    monkeypatch.setenv("BANDWRIGHT_DATA", str(folder))
    monkeypatch.delenv("BANDWRIGHT_DEBUG", raising=False)
    return folder


@pytest.fixture
def bandwright(capsys: pytest.CaptureFixture[str]) -> Bandwright:
    """Runs a command line in this process."""

    def call(*words: str) -> Outcome:
        capsys.readouterr()
        code = run(list(words))
        streams = capsys.readouterr()
        return Outcome(code, streams.out, streams.err)

    return call
