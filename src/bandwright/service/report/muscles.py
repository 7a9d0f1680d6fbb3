"""Muscles as bundles along their lines, coloured by how hard they work."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray
from scipy.interpolate import CubicSpline, PchipInterpolator

from bandwright.body import SIDES
from bandwright.service.analysis import Analysis
from bandwright.service.report.drawing import Path
from bandwright.service.report.mannequin import Mannequin
from bandwright.service.report.scene import Camera, Part, ribbon
from bandwright.service.report.tokens import level_of

Array = NDArray[np.float64]

HALF_WIDTH_M: Final[Mapping[str, float]] = {
    "trapezius_clavicular": 0.012,
    "trapezius_acromial": 0.017,
    "trapezius_middle": 0.019,
    "trapezius_lower": 0.021,
    "serratus_anterior": 0.010,
    "rhomboid": 0.014,
    "levator_scapulae": 0.008,
    "pectoralis_minor": 0.010,
    "pectoralis_major": 0.021,
    "deltoid": 0.019,
    "latissimus_dorsi": 0.022,
    "teres_major": 0.015,
    "teres_minor": 0.009,
    "infraspinatus": 0.014,
    "supraspinatus": 0.010,
    "subscapularis": 0.013,
    "coracobrachialis": 0.008,
    "triceps": 0.015,
    "biceps": 0.014,
    "brachialis": 0.015,
    "erector_spinae": 0.019,
}
"""Half width of each bundle at its belly, by the start of its id: drawing only, fitted by eye [m]."""

SHEETS: Final = (
    ("trapezius_clavicular", "trapezius_acromial", "trapezius_middle", "trapezius_lower"),
    ("latissimus_dorsi_upper", "latissimus_dorsi_middle", "latissimus_dorsi_lower"),
    ("pectoralis_major_clavicular", "pectoralis_major_sternal", "pectoralis_major_costal"),
    ("rhomboid_minor", "rhomboid_major"),
    ("infraspinatus_upper", "infraspinatus_lower"),
    ("subscapularis_upper", "subscapularis_middle", "subscapularis_lower"),
    ("serratus_anterior_upper", "serratus_anterior_middle", "serratus_anterior_lower"),
)
"""Bundles that are one flat muscle, in order across it."""

SHEET_BEYOND: Final = 0.42
"""How far a sheet reaches past its outer bundles, in distances between bundles: drawing only."""

ON_ARM: Final = ("biceps", "triceps", "brachialis", "coracobrachialis")
"""Muscles that lie on the upper arm and are drawn with it."""

ROUND_SHOULDER: Final = ("deltoid", "infraspinatus", "teres_minor", "supraspinatus")
"""Muscles that reach over the shoulder: on the near side they lie over the arm."""

FAR_SIDE: Final = -0.45
"""Cosine to the eye under which a place on the trunk is taken to be out of sight [-]."""

IDLE: Final = 0.02
"""Activation under which a muscle is shown as resting [-]."""

SMOOTH: Final = 13
"""Points along a drawn bundle."""


def half_width_m(muscle: str) -> float:
    """Half width of a muscle's bundle [m]."""
    return next((width for start, width in HALF_WIDTH_M.items() if muscle.startswith(start)), 0.01)


def muscle_lines(analysis: Analysis, figure: Mannequin) -> dict[str, Array]:
    """World line (n, 3) of every muscle by id with side [m]."""
    posed = analysis.posed
    lines = {
        f"{muscle}_{side}": posed.arms[side].muscle_lines[figure.index, column]
        for side in SIDES
        for column, muscle in enumerate(posed.muscle_ids)
    }
    return lines | erector_lines(figure)


def erector_lines(figure: Mannequin) -> dict[str, Array]:
    """World lines (8, 3) [m] of two columns a side; the model lumps them, so their place is drawing only."""
    found = {}
    spans = {"iliocostalis": (0.045, 0.08, 0.72), "longissimus_thoracis": (0.020, 0.05, 0.90)}
    for name, (away, low, high) in spans.items():
        for side, sign in (("r", -1.0), ("l", 1.0)):
            levels = np.linspace(low, high, 8)
            line = [figure.on_back(level, sign * away * (1.0 - 0.3 * level)) for level in levels]
            found[f"erector_spinae_{name}_{side}"] = np.array(line)
    return found


def activation_at(analysis: Analysis, muscle: str, index: int) -> float:
    """Activation of a muscle by id with side [-]; 0 for the arm that does not work."""
    curve = analysis.muscles.get(muscle)
    return float(curve.activation[index]) if curve is not None else 0.0


def muscle_parts(analysis: Analysis, figure: Mannequin, view: Camera, body: Mapping[str, Part]) -> list[Part]:
    """Every muscle as a part, harder working ones over lighter ones."""
    lines = muscle_lines(analysis, figure)
    outlines = _outlines(lines, view)
    found = []
    for muscle, line in lines.items():
        activation = activation_at(analysis, muscle, figure.index)
        bearer = _bearer(muscle, body)
        hidden = bearer == "torso" and _behind(figure, view, line)
        if hidden and activation < IDLE:
            continue
        near = body[bearer].near + (1e-3 if hidden else 2e-3 + 1e-3 * activation)
        found.append(Part(near, (Path(outlines[muscle], _role(activation, hidden=hidden), closed=True),)))
    return found


def _bearer(muscle: str, body: Mapping[str, Part]) -> str:
    """The part of the body that a muscle is drawn on."""
    arm = f"arm_{muscle[-1]}"
    if muscle.startswith(ON_ARM):
        return arm
    over = muscle.startswith(ROUND_SHOULDER) and body[arm].near > body["torso"].near
    return arm if over else "torso"


def _role(activation: float, *, hidden: bool) -> str:
    if activation < IDLE:
        return "muscle-idle"
    return f"{'deep' if hidden else 'muscle'}-{level_of(activation):02d}"


def _behind(figure: Mannequin, view: Camera, line: Array) -> bool:
    """Whether the trunk lies between a muscle and the eye."""
    middle = line[len(line) // 2]
    level = float((middle - figure.point("pelvis")) @ figure.up) / figure.trunk_length_m
    out = middle - figure.axis(level)
    return float(out @ view.toward) < FAR_SIDE * float(np.linalg.norm(out))


def _outlines(lines: Mapping[str, Array], view: Camera) -> dict[str, Array]:
    """The outline of every muscle: bundles of one sheet share its width, others are spindles."""
    seen = view.flat(np.array(list(lines.values())))
    smooth = PchipInterpolator(np.linspace(0.0, 1.0, seen.shape[1]), seen, axis=1)
    flat = dict(zip(lines, smooth(np.linspace(0.0, 1.0, SMOOTH)), strict=True))
    sheets = [[f"{bundle}_{side}" for bundle in sheet] for sheet in SHEETS for side in SIDES]
    in_sheets = {name for sheet in sheets for name in sheet}
    found = {name: _spindle(line, name) for name, line in flat.items() if name not in in_sheets}
    for sheet in sheets:
        found |= dict(zip(sheet, _sheet(np.array([flat[name] for name in sheet])), strict=True))
    return found


def _spindle(line: Array, muscle: str) -> Array:
    share = np.linspace(0.0, 1.0, len(line))
    belly = 0.15 + 0.85 * np.sin(np.pi * share) ** 0.8
    return ribbon(line, half_width_m(muscle) * belly)


def _sheet(lines: Array) -> list[Array]:
    """Outlines of neighbouring bundles: each reaches half way to the next, the outer ones a little beyond."""
    at = np.arange(len(lines), dtype=np.float64)
    edges = np.concatenate([[-SHEET_BEYOND], at[:-1] + 0.5, [at[-1] + SHEET_BEYOND]])
    fans = CubicSpline(at, lines, bc_type="natural")(np.linspace(edges[:-1], edges[1:], 5, axis=1))
    return [np.concatenate([fan[0], fan[1:-1, -1], fan[-1, ::-1], fan[-2:0:-1, 0]]) for fan in fans]
