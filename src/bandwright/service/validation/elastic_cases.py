"""A band on a limb that turns about one joint: the closed form against this program's own route to joint torque.

The limb of length r turns about O and its end P is tied to an anchor C at distance c from O. With θ between OP and OC
the band is d = √(r² + c² - 2rc cos θ) long and pulls with the lever rc sin θ / d, so an ideal band of stiffness k and
rest length -δr asks k rc sin θ (1 + δ r / d) (Biscarini2012). A band with any other law has its force in place of k d
+ k δ r.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import brentq

from bandwright.bands import Band, MartinRothStiehler
from bandwright.bands.law import StrandLaw
from bandwright.body import EQUATIONS
from bandwright.loads import BandLoad, load_forces
from bandwright.loads.load import Point
from bandwright.mechanics import hand_force, load_demand
from bandwright.movements import ArmPose, Girdle, Keyframe, Movement, PosedRepetition, pose_repetition
from bandwright.service.bodies import body_of
from bandwright.service.claims import MEDIAN_MAN
from bandwright.service.validation.markdown import table

Array = NDArray[np.float64]
Shape = Literal["falling", "rising", "peaked"]

PUBLISHED: Final[Mapping[tuple[float, float], float]] = {(1.0, -1.414): 90.0, (0.5, -1.118): 90.0}
"""Anchor distance and rest length over limb, at which the band goes taut at 90 degrees (Biscarini2012)."""

ANCHOR_SHARE: Final = 2.0
"""Anchor distance of the posed cases as a share of the limb (convention) [-]."""

REST_SHARE: Final = 1.05
"""Rest length of their band as a share of the limb (convention) [-]."""

STARTS_DEG: Final[Mapping[Shape, float]] = {"rising": 15.0, "peaked": 65.0, "falling": 105.0}
"""Angle between limb and anchor where the elbow begins to bend, by the shape of torque it is meant to give [deg]."""

ELBOW_DEG: Final = (20.0, 90.0)
"""The elbow's way (convention) [deg]."""

STIFFNESS_N: Final = 100.0
"""Strand force of the ideal band at twice its length, and M of the rubber band (convention) [N]."""


@dataclass(frozen=True, slots=True)
class SingleJoint:
    """A limb and an anchor, both measured from the joint [m]."""

    limb_m: float
    anchor_m: float

    def length_m(self, angle: ArrayLike) -> Array:
        """Distance from limb end to anchor [m] at angles [rad] between them."""
        span = 2.0 * self.limb_m * self.anchor_m * np.cos(angle)
        return np.asarray(np.sqrt(self.limb_m**2 + self.anchor_m**2 - span))

    def lever_m(self, angle: ArrayLike) -> Array:
        """Lever of a pull from limb end to anchor [m]."""
        return np.asarray(self.limb_m * self.anchor_m * np.sin(angle) / self.length_m(angle))

    def torque_nm(self, angle: ArrayLike, force_n: Array) -> Array:
        """Torque of a pull of `force_n` [N·m]."""
        return np.asarray(force_n * self.lever_m(angle))

    def taut_from(self, rest_m: float) -> float:
        """Angle from which a band of that rest length is taut [rad]."""
        return float(brentq(lambda angle: float(self.length_m(angle)) - rest_m, 0.0, np.pi))

    def ideal_nm(self, angle: ArrayLike, stiffness_n_m: float, rest_m: float) -> Array:
        """Torque of an ideal band where it is taut [N·m], in the published form."""
        stretch = np.maximum(1.0 - rest_m / self.length_m(angle), 0.0)
        return np.asarray(stiffness_n_m * self.limb_m * self.anchor_m * np.sin(angle) * stretch)


@dataclass(frozen=True, slots=True)
class IdealBand:
    """A strand whose tension grows evenly from rest: T = K (λ - 1) (Biscarini2012)."""

    k_n: float

    @property
    def measured_to_stretch(self) -> float:
        """Infinite: it is a definition."""
        return float("inf")

    def tension_n(self, stretch: ArrayLike) -> Array:
        """Tension of one strand, zero when slack [N]."""
        return np.asarray(self.k_n * np.maximum(np.asarray(stretch, dtype=np.float64) - 1.0, 0.0))

    def stiffness_n(self, stretch: ArrayLike) -> Array:
        """Derivative of tension by stretch, zero when slack [N]."""
        return np.where(np.asarray(stretch, dtype=np.float64) < 1.0, 0.0, self.k_n)

    def energy_n(self, stretch: ArrayLike) -> Array:
        """Integral of tension from 1 to the stretch [N]."""
        return np.asarray(self.tension_n(stretch) ** 2 / (2.0 * self.k_n))

    def stretch(self, tension_n: ArrayLike) -> Array:
        """Stretch at which the strand carries a tension [-]."""
        return np.asarray(1.0 + np.maximum(np.asarray(tension_n, dtype=np.float64), 0.0) / self.k_n)


SAME_NM: Final = 1e-9
"""Below this two torques are the same [N·m]."""

LAWS: Final[Mapping[str, StrandLaw]] = {
    "ideal": IdealBand(STIFFNESS_N),
    "rubber": MartinRothStiehler(STIFFNESS_N, 0.44),
}


@dataclass(frozen=True, slots=True)
class Posed:
    """An elbow curl with a band, K poses: angle to the anchor [rad], and elbow torque [N·m] by both routes."""

    angle: Array
    closed_form_nm: Array
    product_nm: Array

    @property
    def shape(self) -> Shape:
        """Where the greatest torque is: at the start, at the end, or between."""
        return shape_of(self.product_nm)


def shape_of(torque_nm: Array) -> Shape:
    """Where the greatest torque of a curve is: at the start, at the end, or between."""
    peak = int(np.argmax(torque_nm))
    if peak == 0:
        return "falling"
    return "rising" if peak == len(torque_nm) - 1 else "peaked"


@cache
def curl() -> PosedRepetition:
    """The median man's elbow bending, upper arm hanging."""
    frames = tuple(
        Keyframe(
            phase,
            0.0,
            0.0,
            Girdle(0.0, 0.0, float(np.radians(4.0))),
            ArmPose(0.0, 0.0, 0.0, float(np.radians(elbow)), 0.0),
        )
        for phase, elbow in zip((0.0, 1.0), ELBOW_DEG, strict=True)
    )
    return pose_repetition(Movement("curl", "standing", "right", "neutral", frames), body_of(MEDIAN_MAN))


@dataclass(frozen=True, slots=True)
class Circle:
    """What the fist runs along: centre and axes (3,) in its plane, the first to where it starts [m]."""

    centre: Array
    outward: Array
    onward: Array
    radius_m: float


def circle_of(path: Array) -> Circle:
    """The circle through the start, middle and end of a path (K, 3): geometry alone, no joint axis is asked."""
    a, b, c = path[0], path[len(path) // 2], path[-1]
    u, v = b - a, c - a
    normal = np.cross(u, v)
    centre = a + np.cross((u @ u) * v - (v @ v) * u, normal) / (2.0 * (normal @ normal))
    outward = (a - centre) / np.linalg.norm(a - centre)
    onward = np.cross(normal / np.linalg.norm(normal), outward)
    return Circle(centre, outward, onward, float(np.linalg.norm(a - centre)))


def posed_case(start_deg: float, law: StrandLaw) -> Posed:
    """The curl with an anchor in the fist's plane, `start_deg` behind where the fist starts."""
    posed = curl()
    path = posed.arms["r"].grip_path
    circle = circle_of(path)
    back = np.radians(start_deg)
    share = ANCHOR_SHARE * circle.radius_m
    anchor = circle.centre + share * (np.cos(back) * circle.outward - np.sin(back) * circle.onward)
    joint = SingleJoint(circle.radius_m, share)
    from_start = (path - circle.centre) @ np.column_stack([circle.outward, circle.onward])
    angle = back + np.arctan2(from_start[:, 1], from_start[:, 0])
    rest = REST_SHARE * circle.radius_m
    force = law.tension_n(joint.length_m(angle) / rest)
    return Posed(angle, joint.torque_nm(angle, force), _product_nm(posed, anchor, rest, law))


def _product_nm(posed: PosedRepetition, anchor: Array, rest_m: float, law: StrandLaw) -> Array:
    """Elbow torque to be held (K,) [N·m] with the band as a load like any other."""
    band = Band(id="single-joint", name="", brand="", kind="tube", law=law, rest_length_m=rest_m)
    point = Point(*(float(x) for x in anchor))
    loads = load_forces((BandLoad("band", band, "strand", point, "hand_r"),), posed)
    demand = load_demand(posed.arms["r"], hand_force(loads, "r", len(posed.phase)))
    return np.asarray(demand.torque[:, EQUATIONS.index("elbow_flexion")])


def elastic_lines() -> list[str]:
    """The section as lines of Markdown."""
    return [
        "## Bands about one joint: the published closed form",
        "",
        "A band tied to a limb that turns about one joint can ask a falling, a rising or a peaked torque, by where",
        "it is anchored (Biscarini2012). The median man bends his elbow from 20 to 90 degrees with a band anchored",
        "in the fist's plane at twice the forearm's reach, 15, 65 or 105 degrees behind the fist. The closed form",
        "asks only for lengths and angles; the program goes through band, anchor, posed body, hand force, Jacobian.",
        "",
        *table(
            ("anchor behind the fist", "band", "torque over the way, N·m", "shape", "worst difference, N·m"),
            [_case(shape, name) for shape in STARTS_DEG for name in LAWS],
        ),
        "Where an ideal band goes taut, against the paper's two figures:",
        "",
        *table(
            ("anchor / limb", "rest length / limb", "taut from, published", "closed form"),
            [_published(*case) for case in PUBLISHED],
        ),
    ]


def _case(shape: Shape, law: str) -> tuple[str, ...]:
    case = posed_case(STARTS_DEG[shape], LAWS[law])
    along = " ".join(f"{value:.1f}" for value in case.product_nm[:: (len(case.product_nm) - 1) // 4])
    worst = float(np.abs(case.product_nm - case.closed_form_nm).max())
    same = f"under {SAME_NM:g}" if worst < SAME_NM else f"**{worst:.2g}**"
    return f"{STARTS_DEG[shape]:.0f}°", law, along, case.shape, same


def _published(ratio: float, delta: float) -> tuple[str, ...]:
    taut = np.degrees(SingleJoint(1.0, ratio).taut_from(-delta))
    return f"{ratio:g}", f"{-delta:g}", f"{PUBLISHED[ratio, delta]:.0f}°", f"{taut:.0f}°"
