"""A study cut into shards, the same whoever works on them: each is judged by itself and kept by itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bandwright.body.cohort import Member
from bandwright.catalogue.study import Study, StudySetUp

POSING: Final = 40
"""Judging a person in an exercise begins with posing them, in its alternative too: as long as so many set-ups take
(measured)."""

LEAST: Final = 300
"""Set-ups of a shard, posing counted in: a few seconds' work, which is what stopping can cost."""

MOST_SHARDS: Final = 20_000
"""A very large study has larger shards instead of more of them."""


@dataclass(frozen=True, slots=True)
class Shard:
    """Set-ups first … last − 1 of one entry's grid, for some members; without an entry: the designer's for them."""

    index: int
    entry: int | None
    members: tuple[Member, ...]
    first: int = 0
    last: int = 0

    @property
    def name(self) -> str:
        """What its file is called."""
        return f"{self.index:06d}.parquet"


def shards_of(study: Study) -> tuple[Shard, ...]:
    """Every shard in order: by set-up as written, then by member, then along the grid."""
    return tuple(
        Shard(index, entry, members, first, last)
        for index, (entry, members, first, last) in enumerate(_pieces(study))
    )


def _pieces(study: Study) -> Iterator[tuple[int | None, tuple[Member, ...], int, int]]:
    members = study.members
    work = len(members) * sum(POSING + one.size for one in study.setups)
    size = max(LEAST, -(-work // MOST_SHARDS))
    for entry, one in enumerate(study.setups):
        together = max(1, size // (POSING + one.size))
        for start in range(0, len(members), together):
            for first, last in _along(one, size):
                yield entry, members[start : start + together], first, last
    if study.design is not None:
        for member in members:
            yield None, (member,), 0, 0


def _along(one: StudySetUp, size: int) -> Iterator[tuple[int, int]]:
    for first in range(0, one.size, size):
        yield first, min(first + size, one.size)
