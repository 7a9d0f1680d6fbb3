"""What a question to the designer costs with a well filled garage, beside its targets; and how cost grows.

Run: python -m benchmarks.bench_designer [gear.toml] [intent]
     python -m benchmarks.bench_designer --growth       writes docs/images/designer-growth.svg
"""

from __future__ import annotations

import resource
import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from rich.console import Console
from rich.progress import track
from rich.table import Table

from bandwright.body import Person
from bandwright.catalogue.gear import Gear, read_gear
from bandwright.catalogue.tables import INTENTS
from bandwright.search.find import SEED, prepared
from bandwright.search.screen import first_pool
from bandwright.search.sweep import screened
from bandwright.service.design import Progress, Request, design
from benchmarks.designer_growth import growth_page, spaces_for

PERSON: Final = Person("male", 1.80, 80.0)
GARAGE: Final = Path(__file__).parent / "garage.toml"
WARM: Final = 7
"""Rounds after the first one; their median counts."""

MIB: Final = 1024.0


@dataclass(frozen=True, slots=True)
class Round:
    """One question: seconds to the first answer and to the last, processor seconds, candidates."""

    first_s: float
    all_s: float
    processor_s: float
    judged: int


def asked(request: Request) -> Round:
    """Puts the question once."""
    first: list[float] = []
    started, busy = time.perf_counter(), time.process_time()

    def watch(now: Progress) -> bool:
        if now.suiting and not first:
            first.append(time.perf_counter() - started)
        return True

    found = design(request, watch)
    took = time.perf_counter() - started
    return Round(first[0] if first else took, took, time.process_time() - busy, found.judged)


def first_pass_rate(request: Request) -> float:
    """Candidates a second in the first pass over all exercises that have bands: kernel, counting and keeping."""
    judged, took = 0, 0.0
    for screen, appraiser in (prepared(*one) for one in spaces_for(request)):
        pool = first_pool(screen, np.random.default_rng(SEED))
        started = time.perf_counter()
        judged += screened(screen, pool, appraiser.window).judged
        took += time.perf_counter() - started
    return judged / took


def measured(gear: Gear, intent: str, screen: Console) -> Table:
    """The figures beside the targets."""
    request = Request(gear, next(one for one in INTENTS if one == intent), PERSON)
    with screen.status("First question: the body takes up every movement …"):
        cold = asked(request)
    warm = [asked(request) for _ in track(range(WARM), "Again, warm", console=screen, transient=True)]
    rate = statistics.median(first_pass_rate(request) for _ in range(3))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MIB
    table = Table("", "target", "median, warm", "best, warm", "first question", title=intent, box=None)
    for name, target, of in (
        ("first good answer, s", "≤ 0.3", "first_s"),
        ("all answers, s", "≤ 3", "all_s"),
        ("processor time, s", "", "processor_s"),
    ):
        values = [float(getattr(one, of)) for one in warm]
        table.add_row(
            name, target, *(f"{x:.2f}" for x in (statistics.median(values), min(values), getattr(cold, of)))
        )
    table.add_row("set-ups judged", "≥ 1 000 000", f"{warm[0].judged:,}", "", "")
    table.add_row("peak memory, MiB", "≤ 1 024", f"{memory:.0f}", "", "")
    table.add_row("first pass, set-ups/s", "", f"{rate:,.0f}", "", "")
    return table


def main(words: list[str]) -> None:
    """Measures what is asked for."""
    screen = Console()
    if "--growth" in words:
        growth_page(Request(read_gear(GARAGE), "strength-and-size", PERSON), screen)
        return
    gear = read_gear(Path(words[0]) if words else GARAGE)
    screen.print(measured(gear, words[1] if len(words) > 1 else "strength-and-size", screen))


if __name__ == "__main__":
    main(sys.argv[1:])
