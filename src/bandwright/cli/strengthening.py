"""`bandwright strength`: fit a person's own strength."""

from __future__ import annotations

from cyclopts import App

from bandwright.cli.arguments import Json


def strength() -> App:
    """The group of commands about a person's own strength."""
    group = App(
        name="strength",
        help="Your own strength: fit it from pulls on a scale or sets you have done.\n\n"
        "Try:\n"
        "  bandwright strength fit me.toml\n"
        "  bandwright strength fit me.toml --json\n\n"
        "Then give the same file to analyse or compare as --own-strength. One to begin with is\n"
        "examples/own-strength.toml.",
    )
    group.command(fit)
    return group


def fit(tests: str, /, *, json: Json = False) -> int:
    """Fit how strong your muscle groups are, with spread, from pulls held still and sets done.

    The file has a [person], and for each test a [[pull]] (exercise, phase, kg) or a [[set]] (exercise,
    reps; reserve for those left; strict = true for slow ones, else the load counts as swung past its
    hardest place).

    Try:
      bandwright strength fit examples/own-strength.toml
      bandwright strength fit me.toml --json

    Args:
        tests: A file (.toml) with your pulls and sets.
        json: Print JSON and nothing else on stdout.
    """
    from bandwright.cli.strength_fitted import run_fit  # noqa: PLC0415 — the engine takes two seconds to load

    return run_fit(tests, as_json=json)
