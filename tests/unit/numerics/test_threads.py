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


def test_shared_work_may_share_out_its_own() -> None:
    """All threads being busy with pieces that are shared out in turn, nobody waits for anybody for ever."""
    lock, cases = threading.Lock(), []

    def outer(first: int, last: int) -> None:
        def inner(one: int, other: int) -> None:
            with lock:
                cases.append((first, one))
            assert last - first == other - one == 1

        share_out(3, 1, inner, 2)

    share_out(4, 1, outer, 2)
    assert sorted(cases) == [(first, one) for first in range(4) for one in range(3)]


def test_a_failure_is_not_lost() -> None:
    """What goes wrong on a thread is raised where the work was asked for."""

    def work(first: int, last: int) -> None:
        raise ValueError((first, last))

    with pytest.raises(ValueError, match="0, 2"):
        share_out(4, 2, work, 2)
