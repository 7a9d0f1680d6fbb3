"""Work shared out over threads."""

from __future__ import annotations

import threading

import pytest

from bandwright.numerics.threads import share_out


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_every_case_is_done_once(threads: int) -> None:
    """The pieces cover all cases and are the same for any number of threads."""
    lock, pieces = threading.Lock(), []

    def work(first: int, last: int) -> None:
        with lock:
            pieces.append((first, last))

    share_out(10, 4, work, threads)
    assert sorted(pieces) == [(0, 4), (4, 8), (8, 10)]


def test_a_failure_is_not_lost() -> None:
    """What goes wrong on a thread is raised where the work was asked for."""

    def work(first: int, last: int) -> None:
        raise ValueError((first, last))

    with pytest.raises(ValueError, match="0, 2"):
        share_out(4, 2, work, 2)
