"""The strength part of the validation page: every measured strength beside what the model gives now."""

from __future__ import annotations

from collections.abc import Sequence

from bandwright.service.validation.markdown import table
from bandwright.service.validation.strength_model import modelled
from bandwright.service.validation.strength_targets import Target, load_targets

Found = tuple[Target, float]


def strength_lines() -> list[str]:
    """The section as lines of Markdown."""
    found = [(target, modelled(target)) for target in load_targets()]
    return [
        "## How strong: isometric whole-joint strength",
        "",
        "Every measured strength is a test of its own (`tests/validation/test_strength.py`), within the study's",
        "SD or 30 % where none is given. *fit* = used to fit the muscle factors (decision 0005), *check* = not used,",
        "*bound* = must not be exceeded. The model's figures are computed here, not recorded.",
        "",
        *table(("role", "targets", "within tolerance"), _roles(found)),
        *table(("target", "role", "measured", "model", "model / measured", "within"), map(_line, found)),
    ]


def _roles(found: Sequence[Found]) -> list[tuple[str, ...]]:
    counted: list[tuple[str, ...]] = []
    for role in dict.fromkeys(target.role for target, _ in found):
        same = [one for one in found if one[0].role == role]
        counted.append((role, str(len(same)), str(sum(target.holds(value) for target, value in same))))
    return counted


def _line(found: Found) -> tuple[str, ...]:
    target, value = found
    return (
        target.id,
        target.role,
        f"{target.value:.0f} ± {target.tolerance:.0f} {target.unit}",
        f"{value:.0f} {target.unit}",
        f"{value / target.value:.2f}",
        "yes" if target.holds(value) else "**no**",
    )
