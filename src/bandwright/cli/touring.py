"""`bandwright tour`."""

from __future__ import annotations


def tour(*, report: str = "reports/bandwright-tour.html") -> int:
    """Analyse three set-ups that come with the program, and write a report about them.

    Try:
      bandwright tour
      bandwright tour --report tour.html

    Args:
        report: Where to write the report (.html).
    """
    from bandwright.cli.toured import run_tour  # noqa: PLC0415 — the engine takes two seconds to load

    return run_tour(report)
