"""`bandwright compare`."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from bandwright.cli.arguments import NO_CHOICES, TO_SCREEN, Choices, Outputs, OwnStrengthFile

Wanted = Annotated[str, Parameter(help="Two or three set-up files (.toml) or exercises.")]


def compare(
    *setups: Wanted,
    own_strength: OwnStrengthFile = None,
    choices: Choices = NO_CHOICES,
    outputs: Outputs = TO_SCREEN,
) -> int:
    """Compare two or three set-ups: curves under each other, and what differs.

    Try:
      bandwright compare bent-over-band-row bent-over-dumbbell-row
      bandwright compare monday.toml friday.toml --person male,182,85
      bandwright compare pull-up band-assisted-pull-up straight-arm-pulldown --json
      bandwright compare face-pull band-pull-apart --own-strength examples/own-strength.toml

    Args:
        *setups: Two or three set-up files (.toml) or exercises.
        own_strength: Your own strength: a file (.toml) with your pulls and sets.
        choices: Options that change every set-up.
        outputs: Where the answer goes.
    """
    from bandwright.cli.compared import run_compare  # noqa: PLC0415 — the engine takes two seconds to load

    return run_compare(setups, choices, outputs, own_strength)
