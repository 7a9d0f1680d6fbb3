"""The engine's one thread: order, limits and faults."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import pytest

from bandwright.errors import InputError, Problem
from bandwright.web.engine import Engine
from bandwright.web.faults import StoppedError
from bandwright.web.settings import WebSettings

T = TypeVar("T")


def _run(work: Coroutine[Any, Any, T]) -> T:
    """Runs a coroutine in a thread of its own: browser tests leave a loop running in the main one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def test_work_is_done_in_one_thread_in_turn() -> None:
    """Bodies are never shared between threads."""

    async def asked() -> list[tuple[int, str]]:
        engine = Engine(WebSettings())
        work = [engine.run(lambda n=n: (n, threading.current_thread().name)) for n in range(5)]  # type: ignore[misc]  # a lambda with a default
        return list(await asyncio.gather(*work))

    found = _run(asked())
    assert [number for number, _ in found] == list(range(5))
    assert len({name for _, name in found}) == 1


def test_a_full_queue_and_a_long_answer_are_refused() -> None:
    """Both with a code that says to ask again; the engine lives on."""

    async def asked() -> tuple[str, str, int]:
        engine, gate = Engine(WebSettings(most_waiting=1, longest_s=0.05)), threading.Event()
        slow = asyncio.ensure_future(engine.run(gate.wait))
        await asyncio.sleep(0)
        with pytest.raises(StoppedError) as full:
            await engine.run(lambda: 1)
        with pytest.raises(StoppedError) as late:
            await slow
        gate.set()
        calm = Engine(WebSettings())
        return full.value.problems[0].code, late.value.problems[0].code, await calm.run(lambda: 3)

    assert _run(asked()) == ("busy", "too-slow", 3)


def test_problems_come_through() -> None:
    """An error raised on purpose arrives as it is."""

    def refused() -> None:
        raise InputError(Problem("some-code", "Words."))

    with pytest.raises(InputError, match=r"Words\."):
        _run(Engine(WebSettings()).run(refused))


def test_whoever_waits_when_the_server_stops_is_told() -> None:
    """Cancelled by the server's end, a question is refused like any other instead of breaking off."""

    async def stopped() -> str:
        engine, gate = Engine(WebSettings()), threading.Event()
        waiting = asyncio.ensure_future(engine.run(gate.wait))
        await asyncio.sleep(0.01)
        waiting.cancel()
        with pytest.raises(StoppedError) as told:
            await waiting
        gate.set()
        return told.value.problems[0].code

    assert _run(stopped()) == "stopping"
