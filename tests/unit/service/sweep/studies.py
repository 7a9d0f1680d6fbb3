"""Small studies for the tests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from bandwright.catalogue.studies import read_study
from bandwright.catalogue.study import Study
from bandwright.service.sweep.job import Job, judge_shard
from bandwright.service.sweep.shards import Shard

PEOPLE: Final = """
[cohort]
people = 2
seed = 5
"""

EXERCISES: Final = (
    "bent-over-dumbbell-row",
    "band-pull-apart",
    "face-pull",
    "cable-row",
    "band-external-rotation",
    "reverse-dumbbell-fly",
)

SIX_SHARDS: Final = PEOPLE + "".join(
    f'[[setup]]\nid = "s{index}"\nexercise = "{name}"\n' for index, name in enumerate(EXERCISES)
)

ROWS: Final = f"""
curves = true
{PEOPLE}
[[person]]
id = "anna"
sex = "female"
stature_m = 1.62
mass_kg = 58
strength = 1.3
[[setup]]
id = "row"
exercise = "standing-band-row"
[[setup.vary]]
what = "band.band"
values = ["rogue-monster-1", "theraband-red"]
[[setup.vary]]
what = "band.from.x_m"
values = [1.5, 2.0, 6.0]
"""


def study_of(text: str, folder: Path) -> Study:
    """The study that a text describes."""
    path = folder / "study.toml"
    path.write_text(text, encoding="utf-8")
    return read_study(path)


def here(job: Job, shards: Sequence[Shard]) -> Iterator[tuple[int, bytes]]:
    """A backend that is this process."""
    for shard in shards:
        yield shard.index, judge_shard(job, shard)
