"""What an elastic product is: its law per strand, its rest length and how far it may be stretched."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final, Literal

from bandwright.bands.law import StrandLaw
from bandwright.errors import InputError, Problem

BandKind = Literal["loop", "mini-loop", "sheet", "tube", "fabric-loop"]
Confidence = Literal["measured", "chart", "geometry", "label"]

LOOP_KINDS: Final[frozenset[BandKind]] = frozenset({"loop", "mini-loop", "fabric-loop"})
"""Closed bands; the others have two ends."""

WARN_STRETCH: Final = 2.5
"""Stretch from which a warning is due (BANDBOOK)."""

MAX_STRETCH: Final = 3.0
"""Stretch that is never planned beyond (TB-CARE, DMA, SIBOARDS)."""

FORCE_SPREAD: Final[dict[Confidence, float]] = {
    "measured": 0.05,
    "chart": 0.30,
    "geometry": 0.15,
    "label": 0.50,
}
"""Relative half width of the force by where it comes from [-] (JUMPSTR, UCHIDA2016, MARTIN2023, ROGUE;
the last is judgement)."""

LENGTH_SPREAD: Final[dict[Confidence, float]] = {
    "measured": 0.01,
    "chart": 0.025,
    "geometry": 0.025,
    "label": 0.05,
}
"""Relative half width of the rest length [-]; bands of one colour differ by up to 5.2 % (MCMASTER2010), and
a label's length is a class of product (HOMEGYM, MERKUR)."""


@dataclass(frozen=True, slots=True)
class Band:
    """An elastic product as it lies on the table.

    Raises:
        InputError: a length, limit or spread is not usable.
    """

    id: str
    name: str
    brand: str
    kind: BandKind
    law: StrandLaw
    """Law of one strand."""
    rest_length_m: float
    """Loops: circumference; others: length of the piece as sold [m]."""
    width_mm: float | None = None
    thickness_mm: float | None = None
    warn_stretch: float = WARN_STRETCH
    max_stretch: float = MAX_STRETCH
    measured_to_stretch: float = MAX_STRETCH
    """Largest stretch the law rests on data for [-]."""
    confidence: Confidence = "label"
    force_spread: float = FORCE_SPREAD["label"]
    """Relative half width of the force, like one standard deviation [-]."""
    length_spread: float = LENGTH_SPREAD["label"]
    """Relative half width of the rest length, like one standard deviation [-]."""
    source: str = ""
    """Source key."""
    note: str = ""

    def __post_init__(self) -> None:
        problems = [
            Problem("bad-band", f"Band '{self.id}' has {name} = {value:g}.", (allowed,), hint=hint)
            for name, value, allowed, hint, fits in self._checks()
            if not fits
        ]
        if problems:
            raise InputError(*problems)

    @property
    def is_loop(self) -> bool:
        """Whether the band is closed, so that it has no ends."""
        return self.kind in LOOP_KINDS

    @property
    def known_to_stretch(self) -> float:
        """Largest stretch that both the band's data and its law reach [-]."""
        return min(self.measured_to_stretch, self.law.measured_to_stretch)

    def _checks(self) -> tuple[tuple[str, float, str, str, bool], ...]:
        limit_hint = "Example: warn_stretch = 2.5 and max_stretch = 3.0."
        rest, warn, most = self.rest_length_m, self.warn_stretch, self.max_stretch
        return (
            (
                "rest_length_m",
                rest,
                "a positive length in metres",
                "Example: rest_length_m = 2.08 for a 41 in loop.",
                math.isfinite(rest) and rest > 0.0,
            ),
            ("warn_stretch", warn, "above 1 and at most max_stretch", limit_hint, 1.0 < warn <= most),
            ("max_stretch", most, "a finite stretch", limit_hint, math.isfinite(most)),
            *(
                (name, value, "from 0 to 1", "Example: 0.05 for 5 %.", 0.0 <= value <= 1.0)
                for name, value in (
                    ("force_spread", self.force_spread),
                    ("length_spread", self.length_spread),
                )
            ),
        )
