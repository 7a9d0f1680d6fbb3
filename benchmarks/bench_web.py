"""How quickly the server answers while somebody drags, and how small the moving body is.

Run `make bench` or `python benchmarks/bench_web.py`. A server of its own listens on loopback; every question asks
for another place of the anchor or another weight, at even times whether or not the last one is answered, so that
waiting counts (`inf`: refused, since too many wait). `in turn` waits for each answer first, as the app does. A
body is asked for once before, as when the app opens an exercise. Times end with the last byte of an answer, which is
not looked into: a client that does more took 3 to 5 ms for the half megabyte of a whole one, on a processor that the
server would have needed for the next.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from functools import partial
from http import HTTPStatus
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

import numpy as np
from rich.console import Console
from rich.table import Table

PER_SECOND = 20
WANTED_MS = 50
"""Within this come 95 of 100 answers to questions at that pace."""

BODY_KB = 15
"""Compressed, a moving body takes at most this."""

QUESTIONS = 200
PERSON: dict[str, str | float] = {"sex": "male", "stature_m": 1.8, "mass_kg": 80}


def anchored(step: int) -> dict[str, Any]:
    """A row whose anchor moves."""
    start = {"x_m": 1.2 + 0.001 * step, "z_m": 0.8 + 0.002 * (step % 97)}
    load = {"id": "band", "kind": "band", "band": "rogue-monster-2", "from": start, "to": "hands"}
    return {"exercise": "standing-band-row", "person": PERSON, "load": [load]}


def weighted(step: int) -> dict[str, Any]:
    """A kettlebell and bands, whose verdict compares the most."""
    bell = {"id": "bell", "kind": "weight", "mass_kg": 8 + 0.05 * step, "to": "hand_r"}
    bands = [
        {"id": f"band-{n}", "kind": "band", "band": "rogue-monster-1", "from": "foot_r", "to": "hand_r"}
        for n in (1, 2)
    ]
    return {"exercise": "kettlebell-band-row", "person": PERSON, "load": [bell, *bands]}


@contextmanager
def server() -> Iterator[str]:
    """A server of its own, and its address."""
    command = [sys.executable, "-m", "bandwright", "serve", "--port", "0", "--no-browser"]
    with tempfile.TemporaryDirectory() as own:
        env = {**os.environ, "BANDWRIGHT_DATA": own}
        with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=env) as process:  # noqa: S603 — ours
            assert process.stderr is not None  # noqa: S101 — for the types
            found = re.search(r"http://\S+/", process.stderr.readline())
            try:
                yield found[0] if found else ""
            finally:
                process.terminate()


def answered(address: str, method: str, path: str, body: dict[str, Any] | None = None) -> tuple[int, int]:
    """Status and size [bytes] of an answer, once all of it has come."""
    headers = {"Accept-Encoding": "gzip", "Content-Type": "application/json"}
    with closing(HTTPConnection(urlsplit(address).netloc, timeout=120)) as connection:
        connection.request(method, path, None if body is None else json.dumps(body), headers)
        answer = connection.getresponse()
        return answer.status, len(answer.read())


def asked(address: str, path: str, body: dict[str, Any]) -> float:
    """Milliseconds until a question is answered in full; infinite when the server has too many of them."""
    start = time.perf_counter()
    status, _ = answered(address, "POST", path, body)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        return float("inf")
    if status != HTTPStatus.OK:
        message = f"{path} was answered with {status}"
        raise RuntimeError(message)
    return 1000.0 * (time.perf_counter() - start)


def paced(ask: Callable[[dict[str, Any]], float], bodies: list[dict[str, Any]]) -> list[float]:
    """Times of questions asked at an even pace."""
    with ThreadPoolExecutor(len(bodies)) as askers:
        start, asking = time.perf_counter(), []
        for index, body in enumerate(bodies):
            time.sleep(max(0.0, start + index / PER_SECOND - time.perf_counter()))
            asking.append(askers.submit(ask, body))
        return [one.result() for one in asking]


def measured(address: str) -> tuple[dict[str, list[float]], dict[str, int]]:
    """Times of each kind of question, and sizes of moving bodies on the way [bytes]."""
    kinds = {"anchor": anchored, "kettlebell and bands": weighted}
    times: dict[str, list[float]] = {}
    for name, body in kinds.items():
        for detail in ("full", "curves"):
            ask = partial(asked, address, f"/api/analyse?detail={detail}")
            ask(body(0))
            bodies = [body(step + 1) for step in range(QUESTIONS)]
            times[f"{name}, {detail}"] = paced(ask, bodies)
            times[f"{name}, {detail}, in turn"] = [ask(one) for one in bodies[:50]]
    others = [{**anchored(0), "person": {**PERSON, "mass_kg": 60 + k}} for k in range(10)]
    times["a new body, full, in turn"] = [asked(address, "/api/analyse", one) for one in others]
    sizes = {}
    for exercise in ("bent-over-band-row", "chin-up", "kettlebell-row"):
        query = urlencode({**PERSON, "exercise": exercise})
        _, sizes[exercise] = answered(address, "GET", f"/api/repetition?{query}")
    return times, sizes


def main() -> None:
    """Prints the tables."""
    with server() as address:
        times, sizes = measured(address)
    title = f"{PER_SECOND} questions a second; load {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors"
    table = Table("question", "p50 ms", "p95 ms", "wanted", "most ms", title=title)
    for name, values in times.items():
        p50, p95, most = (f"{figure:.0f}" for figure in np.percentile(values, [50, 95, 100], method="higher"))
        table.add_row(name, p50, p95, "" if "in turn" in name else f"{WANTED_MS}", most)
    console = Console()
    console.print(table)
    for exercise, size in sizes.items():
        console.print(f"moving body of {exercise}: {size / 1000:.1f} kB compressed, of {BODY_KB}")


if __name__ == "__main__":
    main()
