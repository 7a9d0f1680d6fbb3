"""`bandwright analyse`."""

from __future__ import annotations

from bandwright.cli.arguments import (
    FIGURE_TO_SCREEN,
    NO_CHOICES,
    NO_MOTION,
    Choices,
    FigureOutputs,
    MotionChoices,
    OwnStrengthFile,
)


def analyse(
    setup: str,
    /,
    *,
    own_strength: OwnStrengthFile = None,
    choices: Choices = NO_CHOICES,
    motion: MotionChoices = NO_MOTION,
    outputs: FigureOutputs = FIGURE_TO_SCREEN,
) -> int:
    """Analyse one set-up: verdict, load, strength, effort and muscles.

    Try:
      bandwright analyse bent-over-band-row
      bandwright analyse face-pull --person female,165,60 --intent posture
      bandwright analyse kettlebell-row --side left --strength coach
      bandwright analyse face-pull --own-strength examples/own-strength.toml
      bandwright analyse bent-over-band-row --motion row.trc --arm left
      bandwright analyse bent-over-band-row --export-opensim row-in-opensim
      bandwright analyse my-row.toml --json > row.json
      bandwright analyse my-row.toml --report row.html --figure row.svg
      bandwright analyse cable-row --scapular-sensitivity

    Args:
        setup: A set-up file (.toml), or the id of an exercise with its usual loads.
        own_strength: Your own strength: a file (.toml) with your pulls and sets.
        choices: Options that change the set-up.
        motion: A recording to move by.
        outputs: Where the answer goes.
    """
    from bandwright.cli.analysed import run_analyse  # noqa: PLC0415 — the engine takes two seconds to load

    return run_analyse(setup, choices, outputs, own_strength, motion)
