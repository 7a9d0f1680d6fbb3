"""`bandwright sweep`: the table, what is said, and misuse with every problem at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from bandwright.service.sweep.job import Job, judge_shard
from bandwright.service.sweep.shards import Shard

STUDY = """
[[person]]
id = "a"
sex = "male"
stature_m = 1.8
mass_kg = 80
[[setup]]
id = "row"
exercise = "cable-row"
[[setup.vary]]
what = "cable.force_n"
values = [100, 200]
"""


class Here:
    """Workers of this computer that are this process: what others do is tested where they are."""

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def __call__(self, job: Job, shards: Sequence[Shard]) -> Iterator[tuple[int, bytes]]:
        """Judges every shard."""
        for shard in shards:
            yield shard.index, judge_shard(job, shard)


@pytest.fixture
def study(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A small study, in the folder one is in."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("bandwright.service.sweep.pool.LocalPool", Here)
    (tmp_path / "mine.toml").write_text(STUDY, encoding="utf-8")
    return "mine.toml"


def test_table_and_json(bandwright: Callable[..., Any], study: str, tmp_path: Path) -> None:
    """One row each, in a folder named after the study; JSON counts them."""
    shown = bandwright("sweep", study, "--json")
    assert shown.code == 0
    assert shown.json["schema"] == "bandwright.sweep/1"
    assert shown.json["rows"] == 2
    assert shown.json["status"] == {"ok": 2}
    table = pq.read_table(tmp_path / shown.json["table"])
    assert shown.json["table"] == str(Path("mine-sweep") / "sweep.parquet")
    assert table["vary_cable_force_n"].to_pylist() == [100.0, 200.0]
    assert table.schema.metadata is not None
    assert table.schema.metadata[b"bandwright.fingerprint"].decode() == shown.json["fingerprint"]


def test_in_words(bandwright: Callable[..., Any], study: str) -> None:
    """How many rows, where, and what became of them."""
    shown = bandwright("sweep", study, "--out", "rows", "--workers", "1")
    assert shown.code == 0
    assert "2 rows in rows/sweep.parquet" in shown.out
    assert "status: ok 2" in shown.out
    assert "1 person" in shown.err


def test_every_problem_at_once(bandwright: Callable[..., Any], study: str) -> None:
    """Options and file together."""
    Path(study).write_text(STUDY.replace("cable-row", "cable-rw"), encoding="utf-8")
    shown = bandwright("sweep", study, "--workers", "2", "--scheduler", "tcp://127.0.0.1:1", "--json")
    assert shown.code == 2
    assert [one["code"] for one in shown.json["errors"]] == ["two-backends", "unknown-exercise"]
    shown = bandwright("sweep", study, "--workers", "0", "--json")
    assert [one["code"] for one in shown.json["errors"]] == ["bad-workers", "unknown-exercise"]


def test_no_such_study(bandwright: Callable[..., Any], study: str) -> None:
    """The nearest file is named."""
    shown = bandwright("sweep", study.replace("mine", "mien"))
    assert shown.code == 2
    assert "Did you mean 'mine.toml'?" in shown.err


def test_nobody_answers(bandwright: Callable[..., Any], study: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A scheduler that is not there is the person's to put right."""
    pytest.importorskip(
        "distributed", reason="distributed is not installed: pip install 'bandwright[cluster]'"
    )
    monkeypatch.setattr("bandwright.service.sweep.cluster.WAIT_S", 1)
    shown = bandwright("sweep", study, "--scheduler", "tcp://127.0.0.1:1")
    assert shown.code == 2
    assert "No Dask scheduler answers at 'tcp://127.0.0.1:1'" in shown.err
