"""Colours, lines and type of every picture: one accent colour per meaning, light and dark."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

Theme = Literal["light", "dark"]

LEVELS: Final = 10
"""Steps of the muscle and effort scales above zero."""

FONT: Final = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif"


@dataclass(frozen=True, slots=True)
class Style:
    """How one role is drawn: colours by token name, widths and sizes in picture units."""

    fill: str | None = None
    stroke: str | None = None
    width: float = 0.0
    """Line width; 0 = each mark brings its own."""
    dash: tuple[float, float] | None = None
    opacity: float = 1.0
    size: float = 0.0
    """Height of the type; 0 = not a text."""
    bold: bool = False
    halo: bool = False
    """Whether the ground shows as a rim round the letters, so that they read on top of lines."""


def oklch(lightness: float, chroma: float, hue_deg: float) -> str:
    """The colour as #rrggbb of an even-lightness space (Ottosson2020)."""
    hue = math.radians(hue_deg)
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    linear = (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
    return "#" + "".join(f"{round(255 * _gamma(value)):02x}" for value in linear)


def _gamma(value: float) -> float:
    value = min(max(value, 0.0), 1.0)
    return 12.92 * value if value <= 0.0031308 else 1.055 * value ** (1 / 2.4) - 0.055


def _scale(name: str, first: tuple[float, float, float], last: tuple[float, float, float]) -> dict[str, str]:
    """Evenly spaced colours from the first (lightness, chroma, hue) to the last."""
    found = {}
    for level in range(LEVELS + 1):
        share = level / LEVELS
        mixed = [low + share * (high - low) for low, high in zip(first, last, strict=True)]
        found[f"{name}-{level:02d}"] = oklch(*mixed)
    return found


def _effort(lightness: float) -> dict[str, str]:
    """Grey when idle, green when matched, red past what can be held; the last level is over 1."""
    found = {}
    for level in range(LEVELS + 1):
        share = min(level / 7.0, 1.0)
        found[f"effort-{level:02d}"] = oklch(lightness, 0.01 + 0.13 * share, 150.0)
    return found | {f"effort-{LEVELS:02d}": oklch(lightness - 0.06, 0.19, 27.0)}


PLAIN: Final[Mapping[str, tuple[str, str]]] = {
    # token: light, dark
    "page": ("#f4f6f8", "#0f1317"),
    "card": ("#ffffff", "#181e25"),
    "ink": ("#18212b", "#e9eef4"),
    "soft": ("#53606e", "#a5b1bf"),
    "rule": ("#d7dde4", "#313b46"),
    "floor": ("#e9edf1", "#202831"),
    "skin": ("#dde2e8", "#3b4652"),
    "skin-lit": ("#e6eaef", "#434f5c"),
    "skin-edge": ("#94a0ad", "#7a8897"),
    "bone": ("#ffffff", "#c8d2dd"),
    "gear": ("#8a94a0", "#8793a0"),
    "gear-dark": ("#4c5763", "#b4bfcb"),
    "load": ("#b84e00", "#ff9d4d"),
    "load-soft": ("#f7b37a", "#7a4a1f"),
    "strength": ("#1d5fbf", "#7db3ff"),
    "strength-soft": ("#a9c8f2", "#27466f"),
    "band": ("#00786c", "#3ccdb9"),
    "band-fleck": ("#d6fff8", "#06302b"),
    "good": ("#1c7a45", "#63d196"),
    "fair": ("#8a5a00", "#f0bd55"),
    "poor": ("#b3261e", "#ff8d85"),
}
"""Colours with one meaning each; text colours keep 4.5 : 1 on card and page (WCAG2.2)."""


def colours(theme: Theme) -> dict[str, str]:
    """Every token's colour in a theme."""
    dark = theme == "dark"
    plain = {name: pair[dark] for name, pair in PLAIN.items()}
    muscle = (
        _scale("muscle", (0.40, 0.035, 5.0), (0.87, 0.085, 25.0))
        if dark
        else _scale("muscle", (0.94, 0.03, 20.0), (0.36, 0.15, 5.0))
    )
    return plain | muscle | _effort(0.66 if dark else 0.62)


def level_of(share: float) -> int:
    """Step of a scale for a share [-]; root spacing, so that 5, 25 and 100 % are as far apart as they feel."""
    return round(LEVELS * math.sqrt(min(max(share, 0.0), 1.0)))


def effort_level(effort: float) -> int:
    """Step of the effort scale: the last one is kept for more than can be held [-]."""
    return LEVELS if effort > 1.0 else min(round(LEVELS * max(effort, 0.0)), LEVELS - 1)


STYLES: Final[Mapping[str, Style]] = {
    "backdrop": Style(fill="card"),
    "floor": Style(fill="floor"),
    "skin": Style(fill="skin", stroke="skin-edge", width=2.6),
    "skin-lit": Style(fill="skin-lit"),
    "crease": Style(stroke="skin-edge", width=1.0, opacity=0.55),
    "bone": Style(fill="bone", stroke="skin-edge", width=1.0, opacity=0.45),
    "bone-line": Style(stroke="skin-edge", width=3.0, opacity=0.45),
    "gear": Style(fill="gear", stroke="gear-dark", width=1.0),
    "gear-dark": Style(fill="gear-dark", stroke="gear-dark", width=1.0),
    "gear-line": Style(stroke="gear-dark", width=5.0),
    "wire": Style(stroke="gear-dark", width=2.0),
    "panel": Style(fill="rule", stroke="gear", width=1.0, opacity=0.5),
    "anchor": Style(fill="card", stroke="gear-dark", width=2.0),
    "band": Style(stroke="band"),
    "band-fleck": Style(stroke="band-fleck", width=1.3, dash=(1.0, 5.0)),
    "band-slack": Style(stroke="band", width=3.0, dash=(6.0, 5.0)),
    "path": Style(stroke="soft", width=1.2, dash=(2.0, 4.0)),
    "arrow": Style(stroke="load", width=3.2),
    "arrow-head": Style(fill="load", stroke="load", width=1.0),
    "arrow-label": Style(fill="load", size=15.0, bold=True, halo=True),
    "muscle-idle": Style(fill="muscle-00", stroke="muscle-03", width=0.5, opacity=0.5),
    "axis": Style(stroke="rule", width=1.0),
    "axis-strong": Style(stroke="soft", width=1.2),
    "limit": Style(stroke="poor", width=1.2, dash=(5.0, 4.0)),
    "load-area": Style(fill="load-soft", opacity=0.45),
    "strength-area": Style(fill="strength-soft", opacity=0.40),
    "load-line": Style(stroke="load", width=3.0),
    "strength-line": Style(stroke="strength", width=3.0, dash=(9.0, 4.0)),
    "effort-line": Style(stroke="ink", width=1.8),
    "effort-area": Style(fill="soft", opacity=0.16),
    "idle-tint": Style(fill="soft", opacity=0.13),
    "over-tint": Style(fill="poor", opacity=0.14),
    "mark": Style(fill="card", stroke="ink", width=1.6),
    "thumb": Style(fill="skin-edge", stroke="skin-edge", width=1.0),
    "thumb-band": Style(stroke="band"),
    "text": Style(fill="ink", size=13.0),
    "text-soft": Style(fill="soft", size=12.0),
    "text-load": Style(fill="load", size=13.0, bold=True, halo=True),
    "text-strength": Style(fill="strength", size=13.0, bold=True, halo=True),
    "text-key": Style(fill="ink", size=13.0, bold=True, halo=True),
    "text-tint": Style(fill="soft", size=12.0, halo=True),
    "text-pose": Style(fill="ink", size=15.0, bold=True),
    "title": Style(fill="ink", size=26.0, bold=True),
    "headline": Style(fill="ink", size=17.0),
    **{
        f"muscle-{level:02d}": Style(fill=f"muscle-{level:02d}", stroke="card", width=0.5, opacity=0.95)
        for level in range(LEVELS + 1)
    },
    **{f"deep-{level:02d}": Style(fill=f"muscle-{level:02d}", opacity=0.22) for level in range(LEVELS + 1)},
    **{
        f"effort-{level:02d}": Style(fill=f"effort-{level:02d}", stroke=f"effort-{level:02d}", width=0.7)
        for level in range(LEVELS + 1)
    },
}
"""How each role is drawn; the same for the page, the SVG file and the PNG file."""
