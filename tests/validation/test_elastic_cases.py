"""Bands about one joint: the program's route against the closed form, and the closed form against the paper."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bandwright.bands import MartinRothStiehler
from bandwright.service.validation.elastic_cases import (
    LAWS,
    PUBLISHED,
    STARTS_DEG,
    IdealBand,
    Shape,
    SingleJoint,
    posed_case,
    shape_of,
)

ANGLES = np.radians(np.linspace(1.0, 179.0, 357))


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize("shape", STARTS_DEG)
def test_posed_curl_asks_the_closed_form_torque(shape: Shape, law: str) -> None:
    """Band, anchor, body, hand force and Jacobian give the triangle's torque to 1e-9 N·m, and its shape."""
    case = posed_case(STARTS_DEG[shape], LAWS[law])
    np.testing.assert_allclose(case.product_nm, case.closed_form_nm, rtol=0, atol=1e-9)
    assert case.shape == shape


@given(start=st.floats(5.0, 105.0), m=st.floats(5.0, 300.0), a=st.floats(0.25, 0.8))
def test_any_anchor_and_any_band(start: float, m: float, a: float) -> None:
    """The two routes agree wherever the anchor is behind the fist and whatever the law's figures are."""
    case = posed_case(start, MartinRothStiehler(m, a))
    np.testing.assert_allclose(case.product_nm, case.closed_form_nm, rtol=1e-10, atol=1e-8)


@pytest.mark.parametrize(("ratio", "delta"), PUBLISHED)
def test_taut_from_the_published_angle(ratio: float, delta: float) -> None:
    """A band of the paper's limiting rest length goes taut at 90 degrees (Biscarini2012), to its three digits."""
    taut = np.degrees(SingleJoint(1.0, ratio).taut_from(-delta))
    assert taut == pytest.approx(PUBLISHED[ratio, delta], abs=0.1)


@pytest.mark.parametrize(
    ("rest", "peak_deg", "shape"), [(0.0, 90.0, "peaked"), (-1000.0, 0.0, "falling"), (1.0, None, "peaked")]
)
def test_shapes_of_an_ideal_band_anchored_at_limb_length(
    rest: float, peak_deg: float | None, shape: Shape
) -> None:
    """A sine with no rest length, the cosine of half the angle far pre-stretched, a peak between when slack first."""
    joint = SingleJoint(1.0, 1.0)
    torque = joint.torque_nm(ANGLES, np.maximum(joint.length_m(ANGLES) - rest, 0.0))
    assert shape_of(torque) == shape
    if peak_deg is not None:
        assert np.degrees(ANGLES[np.argmax(torque)]) == pytest.approx(peak_deg, abs=1.0)
    np.testing.assert_allclose(
        torque, np.maximum(np.sin(ANGLES) - rest * np.cos(ANGLES / 2), 0.0), rtol=0, atol=1e-9
    )


@given(rest=st.floats(0.1, 1.8), ratio=st.floats(0.3, 3.0), stiffness=st.floats(10.0, 1e3))
def test_published_form_is_force_times_lever(rest: float, ratio: float, stiffness: float) -> None:
    """k rc sin θ (1 - rest / d) equals the pull times its lever, slack included."""
    joint = SingleJoint(0.35, 0.35 * ratio)
    force = IdealBand(stiffness * rest).tension_n(joint.length_m(ANGLES) / rest)
    np.testing.assert_allclose(
        joint.torque_nm(ANGLES, force), joint.ideal_nm(ANGLES, stiffness, rest), rtol=1e-9, atol=1e-9
    )


@given(limb=st.floats(0.2, 0.6), anchor=st.floats(0.1, 3.0))
def test_lever_is_the_slope_of_length(limb: float, anchor: float) -> None:
    """dd/dθ is the lever: work done on the band is work done about the joint."""
    joint, step = SingleJoint(limb, anchor), 1e-6
    inner = ANGLES[10:-10]
    slope = (joint.length_m(inner + step) - joint.length_m(inner - step)) / (2 * step)
    np.testing.assert_allclose(joint.lever_m(inner), slope, rtol=1e-4, atol=1e-6)
