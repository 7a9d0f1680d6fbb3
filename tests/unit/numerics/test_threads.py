"""Work shared out over threads."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import partial

import pytest

from bandwright.numerics.threads import begin, begin_after, once, share_out, side_by_side


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


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_work_that_was_begun_is_done_once_it_is_asked_for(threads: int) -> None:
    """All of it, each piece once, whatever is shared out meanwhile."""
    done: list[int] = []
    other: list[int] = []
    finish = begin(7, 2, lambda first, last: done.extend(range(first, last)), threads)
    share_out(5, 1, lambda first, last: other.extend(range(first, last)), threads)
    assert sorted(other) == list(range(5))
    finish()
    assert sorted(done) == list(range(7))


def test_work_begun_by_others_fails_where_it_is_asked_for() -> None:
    """Not where it is begun."""
    asked = threading.current_thread()

    def fails(_first: int, _last: int) -> None:
        if threading.current_thread() is not asked:
            raise ValueError
        threading.Event().wait(0.05)

    finish = begin(8, 1, fails, 2)
    with pytest.raises(ValueError):  # noqa: PT011 — ours
        finish()


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_work_that_needs_other_work_is_prepared_once(threads: int) -> None:
    """By whichever thread is first, also where that has to wait for work begun before; the others wait for it."""
    first: list[int] = []
    prepared: list[int] = []
    done: list[int] = []
    finish = begin(6, 1, lambda one, last: first.extend(range(one, last)), threads)

    def prepare() -> tuple[int, int, Callable[[int, int], None]]:
        finish()
        prepared.append(len(first))
        return 7, 2, lambda one, last: done.extend(range(one, last))

    begin_after(prepare, threads)()
    assert prepared == [6]
    assert sorted(done) == list(range(7))


def test_what_cannot_be_prepared_fails_where_it_is_asked_for() -> None:
    """The other threads' failures are not lost, and nobody waits for ever."""

    def prepare() -> tuple[int, int, Callable[[int, int], None]]:
        message = "no"
        raise ValueError(message)

    finish = begin_after(prepare, 3)
    with pytest.raises(ValueError, match="no"):
        finish()


def test_what_is_done_once_is_done_by_one_thread_alone() -> None:
    """Those that ask meanwhile wait for it, and get the very same."""
    begun: list[int] = []

    def work() -> object:
        begun.append(threading.get_ident())
        threading.Event().wait(0.02)
        return object()

    ask = once(work)
    found: list[object] = []
    askers = [threading.Thread(target=lambda: found.append(ask())) for _ in range(4)]
    for one in askers:
        one.start()
    for one in askers:
        one.join()
    assert len(begun) == 1
    assert found == [found[0]] * 4


@pytest.mark.parametrize("threads", [1, 2, 5])
def test_jobs_side_by_side_answer_in_order(threads: int) -> None:
    """Every job is done once and its answer comes in its turn, whichever ended first."""
    jobs = [partial(pow, 2, n) for n in range(9)]
    assert list(side_by_side(jobs, threads)) == [2**n for n in range(9)]


def test_jobs_after_the_last_one_wanted_are_not_drawn() -> None:
    """Whoever stops early leaves most jobs undone, and nothing waits for them."""
    drawn = []

    def jobs() -> Iterator[Callable[[], int]]:
        for n in range(100):
            drawn.append(n)
            yield partial(pow, 2, n)

    coming = side_by_side(jobs(), 2)
    assert next(coming) == 1
    coming.close()
    assert len(drawn) < 10


def test_a_job_that_fails_says_so_in_its_turn() -> None:
    """What the jobs before it gave comes first."""
    coming = side_by_side([partial(pow, 2, 1), partial(divmod, 1, 0), partial(pow, 2, 3)], 2)
    assert next(coming) == 2
    with pytest.raises(ZeroDivisionError):
        next(coming)
