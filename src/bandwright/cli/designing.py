"""`bandwright design`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from cyclopts import Parameter

from bandwright.cli.arguments import TO_SCREEN, Outputs


@Parameter(name="*")
@dataclass(frozen=True, slots=True)
class Wishes:
    """What is wanted, as typed."""

    person: Annotated[
        str | None,
        Parameter(help="sex,stature in cm,mass in kg, e.g. female,165,60; or a TOML file with a [person]."),
    ] = None
    exercise: Annotated[
        tuple[str, ...],
        Parameter(help="Only this exercise; may be given again. Left out: those that suit the intent."),
    ] = ()
    muscle: Annotated[
        tuple[str, ...],
        Parameter(help="Muscle group that counts, e.g. latissimus_dorsi; may be given again."),
    ] = ()
    reps: Annotated[
        str | None, Parameter(help="Repetitions of a set, e.g. 8-12. Left out: the intent's usual ones.")
    ] = None
    reserve: Annotated[
        float | None, Parameter(help="Repetitions left at the end of a set. Left out: the intent's usual.")
    ] = None
    top: Annotated[int, Parameter(help="How many set-ups to show, 5 when left out.")] = 5


NO_WISHES: Final = Wishes()


def design(
    *,
    gear: Annotated[str, Parameter(help="What you own: a file (.toml).")],
    intent: Annotated[
        str,
        Parameter(
            help="strength-and-size, squeeze, direction, assistance, posture, shoulder-health or travel."
        ),
    ] = "strength-and-size",
    wishes: Wishes = NO_WISHES,
    outputs: Outputs = TO_SCREEN,
) -> int:
    """Find the best set-ups that your gear allows, different from each other.

    The gear file lists bands, weights, anchors and room; one to begin with is
    examples/gear.toml. Ctrl-C shows the best so far.

    Try:
      bandwright design --gear examples/gear.toml --intent strength-and-size
      bandwright design --gear examples/gear.toml --intent posture --person female,165,60
      bandwright design --gear examples/gear.toml --exercise standing-band-row --reps 12-15 --top 3
      bandwright design --gear examples/gear.toml --intent direction --muscle latissimus_dorsi --json
      bandwright design --gear examples/gear.toml --report set-ups.html

    Args:
        gear: What you own.
        intent: What you want.
        wishes: What the answer is to be like.
        outputs: Where the answer goes.
    """
    from bandwright.cli.designed import run_design  # noqa: PLC0415 — the engine takes two seconds to load

    return run_design(gear, intent, wishes, outputs)
