"""`bandwright analyse`."""

from __future__ import annotations

from bandwright.cli.arguments import FIGURE_TO_SCREEN, NO_CHOICES, Choices, FigureOutputs


def analyse(
    setup: str, /, *, choices: Choices = NO_CHOICES, outputs: FigureOutputs = FIGURE_TO_SCREEN
) -> int:
    """Analyse one set-up: verdict, load, strength, effort and muscles.

    Try:
      bandwright analyse bent-over-band-row
      bandwright analyse face-pull --person female,165,60 --intent posture
      bandwright analyse kettlebell-row --side left --strength coach
      bandwright analyse my-row.toml --json > row.json
      bandwright analyse my-row.toml --report row.html --figure row.svg

    Args:
        setup: A set-up file (.toml), or the id of an exercise with its usual loads.
        choices: Options that change the set-up.
        outputs: Where the answer goes.
    """
    from bandwright.cli.analysed import run_analyse  # noqa: PLC0415 — the engine takes two seconds to load

    return run_analyse(setup, choices, outputs)
