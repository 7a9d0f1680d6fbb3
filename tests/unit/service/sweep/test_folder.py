"""A sweep's folder: whose it is, what it refuses, and that it is done once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from bandwright.errors import InputError
from bandwright.service.sweep.job import Job
from bandwright.service.sweep.run import Progress, sweep
from bandwright.service.sweep.shards import Shard, shards_of
from tests.unit.service.sweep.studies import SIX_SHARDS, here, study_of

ONE = (
    '[[person]]\nid = "a"\nsex = "male"\nstature_m = 1.8\nmass_kg = {}\n'
    '[[setup]]\nid = "s"\nexercise = "cable-row"\n'
)


def refused(text: str, tmp_path: Path, out: Path) -> str:
    """The code of why a sweep into a folder is refused, and its words."""
    with pytest.raises(InputError) as caught:
        sweep(study_of(text, tmp_path), out, here)
    (problem,) = caught.value.problems
    return f"{problem.code}: {problem.message}"


def test_another_study_is_refused_and_said(tmp_path: Path) -> None:
    """A folder keeps to the study it was begun with, finished or not."""
    first = sweep(study_of(ONE.format(80), tmp_path), tmp_path / "out", here)
    assert first.rows == 1
    said = refused(ONE.format(81), tmp_path, tmp_path / "out")
    assert said.startswith("another-sweep")
    assert "the study or its gear changed" in said


def test_other_versions_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Rows of two versions are never mixed."""
    study = study_of(ONE.format(80), tmp_path)
    sweep(study, tmp_path / "out", here)
    other = {"program": "bandwright 99", "data": "none"}
    monkeypatch.setattr("bandwright.service.sweep.fingerprint.engine", lambda: other)
    said = refused(ONE.format(80), tmp_path, tmp_path / "out")
    assert "version of Bandwright" in said
    assert "the data it computes with" in said


def test_a_folder_of_something_else_is_left_alone(tmp_path: Path) -> None:
    """Files that are not a sweep's stay, and nothing is written beside them."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear", encoding="utf-8")
    assert refused(ONE.format(80), tmp_path, tmp_path / "mine").startswith("not-a-sweep")
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_a_finished_sweep_is_not_done_again(tmp_path: Path) -> None:
    """The second time nobody is asked to judge, and the answer is the same."""
    study = study_of(ONE.format(80), tmp_path)
    first = sweep(study, tmp_path / "out", here)

    asked: list[tuple[Job, Sequence[Shard]]] = []

    def notes(job: Job, shards: Sequence[Shard]) -> Iterator[tuple[int, bytes]]:
        asked.append((job, shards))
        return here(job, shards)

    assert sweep(study, tmp_path / "out", notes) == first
    assert asked == []
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["manifest.json", "sweep.parquet"]


def test_what_is_there_is_not_judged_again_and_a_torn_part_is(whole: bytes, tmp_path: Path) -> None:
    """Stopped after two of six parts, one of them then torn: five are judged, and the table is that of one go."""
    study = study_of(SIX_SHARDS, tmp_path)

    def stops(job: Job, shards: Sequence[Shard]) -> Iterator[tuple[int, bytes]]:
        yield from here(job, shards[:2])
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sweep(study, tmp_path / "out", stops)
    parts = sorted((tmp_path / "out" / "parts").iterdir())
    assert [path.name for path in parts] == ["000000.parquet", "000001.parquet"]
    parts[1].write_bytes(parts[1].read_bytes()[:-40])
    told: list[Progress] = []
    found = sweep(study, tmp_path / "out", here, told.append)
    assert told[0] == Progress(1, 6, 1)
    assert len(told) == 6
    assert found.table.read_bytes() == whole


def test_shards_are_the_study_alone(tmp_path: Path) -> None:
    """Every person and set-up once, in pieces that know nothing of workers."""
    text = SIX_SHARDS.replace("people = 2", "people = 50") + (
        '[[setup]]\nid = "grid"\nexercise = "cable-row"\n'
        '[[setup.vary]]\nwhat = "cable.force_n"\nrange = { min = 1, max = 1000, step = 1 }\n'
    )
    study = study_of(text, tmp_path)
    shards = shards_of(study)
    assert [one.index for one in shards] == list(range(len(shards)))
    seen = [
        (one.entry, member.id, place)
        for one in shards
        for member in one.members
        for place in range(one.first, one.last)
    ]
    assert len(seen) == len(set(seen)) == study.rows
    assert max(one.last - one.first for one in shards) < 1000
