"""Drawings as SVG: styles by class, colours by variable, so that they follow the reader's theme."""

from __future__ import annotations

from html import escape
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.service.report.drawing import Drawing, Label, Mark, Path, Shape
from bandwright.service.report.tokens import FONT, STYLES, Style, Theme, colours

Array = NDArray[np.float64]

NAMESPACE: Final = "http://www.w3.org/2000/svg"


def svg(drawing: Drawing, name: str) -> str:
    """A drawing to stand inside a page; `name` makes its ids unique there."""
    return (
        f'<svg viewBox="0 0 {drawing.width:.0f} {drawing.height:.0f}" role="img" '
        f'aria-labelledby="{escape(name)}-t {escape(name)}-d" class="pic">'
        f'<title id="{escape(name)}-t">{escape(drawing.title)}</title>'
        f'<desc id="{escape(name)}-d">{escape(drawing.description)}</desc>'
        f"{''.join(map(_mark, drawing.marks))}</svg>"
    )


def svg_file(drawing: Drawing) -> str:
    """A drawing as a file of its own, with its styles inside."""
    inner = svg(drawing, "figure").replace("<svg ", f'<svg xmlns="{NAMESPACE}" ', 1)
    size = f' width="{drawing.width:.0f}" height="{drawing.height:.0f}"'
    inner = inner.replace(' role="img"', f'{size} role="img"', 1)
    head, body = inner.split("</desc>", 1)
    return f"{head}</desc><style>{variables(':root', 'light')}{rules()}</style>{body}\n"


def variables(selector: str, theme: Theme) -> str:
    """Every colour token of a theme as a CSS variable."""
    said = "".join(f"--{name}:{value};" for name, value in colours(theme).items())
    return f"{selector}{{{said}}}"


def rules() -> str:
    """One CSS class for each role."""
    return "".join(f".{role}{{{_declarations(style)}}}" for role, style in STYLES.items())


def _declarations(style: Style) -> str:
    said = [f"fill:var(--{style.fill})" if style.fill else "fill:none"]
    if style.stroke:
        said += [f"stroke:var(--{style.stroke})", "stroke-linecap:round", "stroke-linejoin:round"]
        # A class would win over the width a mark gives itself.
        said += [f"stroke-width:{style.width:g}"] if style.width else []
    if style.dash:
        said.append(f"stroke-dasharray:{style.dash[0]:g} {style.dash[1]:g}")
    if style.fill and style.stroke:
        said.append("paint-order:stroke")
    if style.opacity < 1.0:
        said.append(f"opacity:{style.opacity:g}")
    if style.size:
        said += [f"font-size:{style.size:g}px", f"font-family:{FONT}"]
        said += ["font-weight:650"] if style.bold else []
    if style.halo:
        said.append("paint-order:stroke;stroke:var(--card);stroke-width:4px;stroke-linejoin:round")
    return ";".join(said)


def _mark(mark: Mark) -> str:
    if isinstance(mark, Label):
        return (
            f'<text x="{mark.at[0]:.1f}" y="{mark.at[1]:.1f}" class="{mark.role}" '
            f'text-anchor="{mark.anchor}">{escape(mark.text)}</text>'
        )
    if isinstance(mark, Shape):
        return f'<path class="{mark.role}" d="{"".join(_closed(outline) for outline in mark.outlines)}"/>'
    width = f' stroke-width="{mark.width:.1f}"' if mark.width is not None else ""
    return f'<path class="{mark.role}"{width} d="{_outline(mark)}"/>'


def _outline(path: Path) -> str:
    return _closed(path.points) if path.closed else _open(path.points)


def _closed(points: Array) -> str:
    return f"{_open(points)}z"


def _open(points: Array) -> str:
    """Whole tenths: from the first point on, each as a step from the one before, which is half as long."""
    tenths = np.rint(10.0 * points).astype(int)
    steps = "".join(f"{_tenth(x)}{_tenth(y)}" for x, y in np.diff(tenths, axis=0).tolist())
    x, y = tenths[0].tolist()
    return f"M{_tenth(x)}{_tenth(y)}l{steps}".replace("l ", "l").replace("M ", "M")


def _tenth(value: int) -> str:
    """A number of tenths with the sign or space that parts it from the one before."""
    whole, rest = divmod(abs(value), 10)
    said = f"{whole or ''}.{rest}" if rest else f"{whole}"
    return f"-{said}" if value < 0 else f" {said}"
