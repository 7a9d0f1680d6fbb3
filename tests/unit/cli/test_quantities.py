"""Numbers with units as people type them."""

from __future__ import annotations

import math
from typing import Any

import pint
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bandwright.cli.quantities import FORCE_UNITS, KILOGRAM_PER_UNIT, METRE_PER_UNIT, quantity
from bandwright.errors import InputError

UNITS: Any = pint.UnitRegistry()
PINT_LENGTH = {"m": "meter", "cm": "centimeter", "mm": "millimeter", "in": "inch"}
PINT_FORCE = {"N": "newton", "n": "newton", "kg": "kilogram_force", "lb": "pound_force"}


@given(value=st.floats(1e-3, 1e6), unit=st.sampled_from(sorted(METRE_PER_UNIT)))
def test_lengths_agree_with_pint(value: float, unit: str) -> None:
    """Lengths convert as the referee converts them."""
    expected = UNITS.Quantity(value, PINT_LENGTH[unit]).to("meter").magnitude
    assert quantity(f"{value!r}{unit}", METRE_PER_UNIT, "m", path="x") == pytest.approx(expected, rel=1e-9)


@given(value=st.floats(1e-3, 1e6), unit=st.sampled_from(sorted(FORCE_UNITS)))
def test_forces_agree_with_pint(value: float, unit: str) -> None:
    """Scale readings convert as the referee converts them."""
    expected = UNITS.Quantity(value, PINT_FORCE[unit]).to("newton").magnitude
    assert quantity(f"{value!r} {unit}", FORCE_UNITS, "kg", path="x") == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(("text", "expected"), [("60", 60.0), ("132.277lb", 60.0), (" 60 KG ", 60.0)])
def test_masses(text: str, expected: float) -> None:
    """A mass may lack its unit; pounds are mass here."""
    assert quantity(text, KILOGRAM_PER_UNIT, "kg", path="x") == pytest.approx(expected, rel=1e-4)


def test_nan_and_infinity_are_left_for_the_range_check() -> None:
    """They are numbers, which the check of ranges refuses with the range in hand."""
    assert math.isnan(quantity("nan", METRE_PER_UNIT, "m", path="x"))
    assert quantity("1e999", METRE_PER_UNIT, "m", path="x") == math.inf


@given(text=st.text(max_size=12))
def test_any_text_is_a_number_or_an_input_error(text: str) -> None:
    """No text makes it fail otherwise."""
    try:
        found: object = quantity(text, METRE_PER_UNIT, "m", path="--x")
    except InputError as error:
        found = error.problems[0].path
    assert isinstance(found, float) or found == "--x"
