"""Bands combined: side by side, where forces add, and end to end, where lengths add."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import ArrayLike

from bandwright.bands.inverse import invert_rising
from bandwright.errors import InputError, Problem
from bandwright.numerics.arrays import FloatArray


class Spring(Protocol):
    """Anything that pulls two places together; every method works on scalars and arrays."""

    @property
    def rest_length_m(self) -> float:
        """Length up to which it does not pull [m]."""

    def force_n(self, length_m: ArrayLike) -> FloatArray:
        """Pull at a length, zero up to the rest length [N]."""

    def length_m(self, force_n: ArrayLike) -> FloatArray:
        """Length at a pull; the rest length when it does not pull [m]."""

    def stiffness_n_m(self, length_m: ArrayLike) -> FloatArray:
        """Derivative of force by length [N/m]."""

    def energy_j(self, length_m: ArrayLike) -> FloatArray:
        """Stored energy, the integral of force by length [J]."""

    def stretch_ratio(self, length_m: ArrayLike) -> FloatArray:
        """The largest stretch of any strand in it [-]."""


@dataclass(frozen=True, slots=True)
class Parallel:
    """Springs between the same two places: one length, forces add."""

    members: tuple[Spring, ...]

    @property
    def rest_length_m(self) -> float:
        """Rest length of the shortest member, the first to pull [m]."""
        return min(member.rest_length_m for member in self.members)

    def force_n(self, length_m: ArrayLike) -> FloatArray:
        """Pull of all members together [N]."""
        return np.asarray(sum(member.force_n(length_m) for member in self.members))

    def length_m(self, force_n: ArrayLike) -> FloatArray:
        """Length at which all members together pull this hard [m]."""
        rest = self.rest_length_m
        return invert_rising(self._rising, force_n, low=rest, width=rest)

    def stiffness_n_m(self, length_m: ArrayLike) -> FloatArray:
        """Derivative of force by length [N/m]."""
        return np.asarray(sum(member.stiffness_n_m(length_m) for member in self.members))

    def energy_j(self, length_m: ArrayLike) -> FloatArray:
        """Energy stored by all members [J]."""
        return np.asarray(sum(member.energy_j(length_m) for member in self.members))

    def _rising(self, length_m: FloatArray) -> tuple[FloatArray, FloatArray]:
        return self.force_n(length_m), self.stiffness_n_m(length_m)

    def stretch_ratio(self, length_m: ArrayLike) -> FloatArray:
        """The largest stretch of any strand in it [-]."""
        return np.asarray(np.max([member.stretch_ratio(length_m) for member in self.members], axis=0))


@dataclass(frozen=True, slots=True)
class Series:
    """Springs end to end: one force, lengths add."""

    members: tuple[Spring, ...]

    @property
    def rest_length_m(self) -> float:
        """Sum of the members' rest lengths [m]."""
        return sum(member.rest_length_m for member in self.members)

    def force_n(self, length_m: ArrayLike) -> FloatArray:
        """The one force at which the members' lengths add up to this length [N]."""
        beyond = np.asarray(length_m, dtype=np.float64) - self.rest_length_m
        return invert_rising(self._reach, beyond, low=0.0, width=self._typical_n())

    def length_m(self, force_n: ArrayLike) -> FloatArray:
        """Sum of the members' lengths at this force [m]."""
        return np.asarray(sum(member.length_m(force_n) for member in self.members))

    def stiffness_n_m(self, length_m: ArrayLike) -> FloatArray:
        """Derivative of force by length, zero when slack [N/m]."""
        slack = np.asarray(length_m, dtype=np.float64) < self.rest_length_m
        return np.asarray(np.where(slack, 0.0, 1.0 / self._reach(self.force_n(length_m))[1]))

    def energy_j(self, length_m: ArrayLike) -> FloatArray:
        """Energy stored by all members [J]."""
        lengths = self.member_lengths_m(length_m)
        return np.asarray(sum(m.energy_j(part) for m, part in zip(self.members, lengths, strict=True)))

    def stretch_ratio(self, length_m: ArrayLike) -> FloatArray:
        """The largest stretch of any strand in it; below 1 when slack [-]."""
        slack = np.asarray(length_m, dtype=np.float64) / self.rest_length_m
        lengths = self.member_lengths_m(length_m)
        taut = [m.stretch_ratio(part) for m, part in zip(self.members, lengths, strict=True)]
        return np.asarray(np.where(slack < 1.0, slack, np.max(taut, axis=0)))

    def member_lengths_m(self, length_m: ArrayLike) -> tuple[FloatArray, ...]:
        """How a length is shared among the members, each at least its rest length [m]."""
        force = self.force_n(length_m)
        return tuple(member.length_m(force) for member in self.members)

    def _reach(self, force_n: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Length beyond rest at a force, and its derivative by force [m] [m/N]."""
        lengths = [member.length_m(force_n) for member in self.members]
        pairs = list(zip(self.members, lengths, strict=True))
        # Summed member by member: at no force each difference is exactly zero, the difference of sums is not.
        reach = sum(length - member.rest_length_m for member, length in pairs)
        compliance = sum(1.0 / member.stiffness_n_m(length) for member, length in pairs)
        return np.asarray(reach), np.asarray(compliance)

    def _typical_n(self) -> float:
        """Force of the softest member at twice its length, a first guess [N]."""
        return min(float(member.force_n(2.0 * member.rest_length_m)) for member in self.members)


def parallel(springs: list[Spring] | tuple[Spring, ...]) -> Parallel:
    """Springs side by side between the same two places.

    Raises:
        InputError: no spring is given.
    """
    return Parallel(_some(springs, "parallel"))


def series(springs: list[Spring] | tuple[Spring, ...]) -> Series:
    """Springs end to end, like bands tied into a chain.

    Raises:
        InputError: no spring is given.
    """
    return Series(_some(springs, "series"))


def _some(springs: list[Spring] | tuple[Spring, ...], how: str) -> tuple[Spring, ...]:
    if not springs:
        said = f"Springs in {how} were asked for, but none was given."
        raise InputError(
            Problem("no-springs", said, ("one or more",), hint="Rig a band first, e.g. rig(...).")
        )
    return tuple(springs)
