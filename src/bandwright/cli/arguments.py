"""Options that several commands share, as cyclopts reads them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from cyclopts import Parameter

Json = Annotated[bool, Parameter(help="Print JSON and nothing else on stdout.")]


@Parameter(name="*")
@dataclass(frozen=True, slots=True)
class Choices:
    """Options that change a set-up, as typed; they win over what a file says."""

    person: Annotated[
        str | None,
        Parameter(help="sex,stature in cm,mass in kg, e.g. female,165,60; or a TOML file with a [person]."),
    ] = None
    intent: Annotated[
        str | None,
        Parameter(
            help="strength-and-size, squeeze, direction, assistance, posture, shoulder-health or travel. "
            "Left out: what the file says, or what the exercise suits best."
        ),
    ] = None
    strength: Annotated[
        str | None,
        Parameter(help="Strength curve: computed, coach, or measured (needs [[pull]] in the file)."),
    ] = None
    tempo: Annotated[str | None, Parameter(help="Seconds to lift/hold/lower, e.g. 1/0/2.")] = None
    side: Annotated[str | None, Parameter(help="Which arm works, left or right; for one-arm exercises.")] = (
        None
    )


OwnStrengthFile = Annotated[
    str | None, Parameter(help="Your own strength: a file (.toml) with your pulls and sets.")
]


@Parameter(name="*")
@dataclass(frozen=True, slots=True)
class MotionChoices:
    """A recording that moves the body instead of the exercise's keyframes."""

    motion: Annotated[
        str | None,
        Parameter(help="Move as recorded: OpenSim coordinates (.mot, .sto) or markers, y up (.trc)."),
    ] = None
    arm: Annotated[str | None, Parameter(help="Which arm of the recording to read, right or left.")] = None
    lift: Annotated[
        str | None,
        Parameter(
            help="When the lift starts and finishes in the recording in seconds, e.g. 1.2/2.4. "
            "Left out: found from the hand."
        ),
    ] = None


@Parameter(name="*")
@dataclass(frozen=True, slots=True)
class Outputs:
    """Where the answer goes."""

    json: Json = False
    report: Annotated[str | None, Parameter(help="Also write a report to this .html file.")] = None


@Parameter(name="*")
@dataclass(frozen=True, slots=True)
class FigureOutputs(Outputs):
    """Where the answer about one set-up goes."""

    figure: Annotated[str | None, Parameter(help="Also write the curves to this .svg or .png file.")] = None
    export_opensim: Annotated[
        str | None, Parameter(help="Also write model, motion and loads for OpenSim into this folder.")
    ] = None
    scapular_sensitivity: Annotated[
        bool,
        Parameter(
            negative="", help="Also show each muscle with 30 % less and more motion of the shoulder blade."
        ),
    ] = False


NO_CHOICES: Final = Choices()
NO_MOTION: Final = MotionChoices()
TO_SCREEN: Final = Outputs()
FIGURE_TO_SCREEN: Final = FigureOutputs()
