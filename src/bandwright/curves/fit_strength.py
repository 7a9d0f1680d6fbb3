"""Fits a person's strength by muscle group to what they could just hold, and predicts from it with spread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bandwright.body import Side
from bandwright.body.own_strength import GRIP, GROUPS, StrengthEstimate, population_estimate, updated
from bandwright.curves.arm import ArmResult, Holder, capacity_problem
from bandwright.curves.momentum import Pull, momentum_effort
from bandwright.errors import Problem, SolverError
from bandwright.mechanics import FACET_NAMES, HandForce, arm_equations, load_demand
from bandwright.movements import PosedRepetition
from bandwright.recruitment.capacity import capacity
from bandwright.recruitment.capacity_problem import CapacityProblem

Array = NDArray[np.float64]

LEAST_FACTOR: Final = 0.02
"""A pose that cannot be held at all counts as held with a fiftieth of the force: its logarithm stays finite [-]."""

ASTRAY_SD: Final = 2.0
"""A measurement this many of its own standard deviations from the fit is pointed out [-]."""

MOST_STEPS: Final = 8
MOST_HALVINGS: Final = 4
SMALL_STEP: Final = 1e-3
"""The fit is done when no group's logarithm moves by more [-]."""

SWING_STEP: Final = 1e-4
"""Step of a group's logarithm for the slope of a swung lift [-]."""


@dataclass(frozen=True, slots=True)
class Measurement:
    """What a person could just do with one hand: hold `factor` times a force at the weakest of the P poses.

    A pull has one pose, a set of repetitions all of its repetition's. `force` (P, 3) [N] acts on the hand;
    `log_sd` is the spread of the measurement's logarithm [-]. With `swing`, the lift over the P poses, the force
    need be held nowhere: momentum carries it past the weakest.
    """

    id: str
    posed: PosedRepetition
    side: Side
    poses: NDArray[np.intp]
    force: HandForce
    factor: float
    log_sd: float
    swing: Pull | None = None


@dataclass(frozen=True, slots=True)
class Prediction:
    """What an estimate expects of m measurements: logarithm of the factor (m,), its slopes by the groups'
    logarithms (m, g), and its spread (m,) from the groups' alone [-].
    """

    log_factor: Array
    slopes: Array
    log_sd: Array

    @property
    def factor(self) -> Array:
        """The factors expected (m,) [-]."""
        return np.asarray(np.exp(self.log_factor))


@dataclass(frozen=True, slots=True)
class StrengthFit:
    """A person's strength fitted to m measurements, with the evidence.

    `residual` (m,) is the logarithm of measured over fitted; `steps` how many linearisations it took.
    """

    estimate: StrengthEstimate
    measurements: tuple[Measurement, ...]
    prediction: Prediction
    residual: Array
    steps: int
    converged: bool

    @property
    def astray(self) -> tuple[str, ...]:
        """Measurements further from the fit than chance would have one in twenty."""
        rows = zip(self.measurements, self.residual.tolist(), strict=True)
        return tuple(one.id for one, residual in rows if abs(residual) > ASTRAY_SD * one.log_sd)


@dataclass(frozen=True, slots=True, eq=False)
class FittedHolder:
    """Who holds the load, with own strengths: the holder is scaled by the estimate already; equal only to itself.

    `model_sd` is the spread of the logarithm that the model's own shape adds [-].
    """

    holder: Holder
    estimate: StrengthEstimate
    groups: Mapping[str, int]
    model_sd: float = 0.0

    def strength_cv(self, result: ArmResult) -> float:
        """Spread of a strength curve's logarithm, root mean square over the repetition [-]."""
        columns = result.equations.columns
        slopes = group_slopes(result.capacity.limit_share, columns, self.groups)
        return float(np.sqrt(np.mean(_variance(slopes, self.estimate)) + self.model_sd**2))


def fit_strength(
    measurements: Sequence[Measurement],
    holder: Holder,
    groups: Mapping[str, int],
    prior: StrengthEstimate | None = None,
) -> StrengthFit:
    """The most probable strengths after the measurements, by Gauss–Newton steps that are halved if they overshoot.

    Args:
        measurements: one or more.
        holder: the person as the calibrated model has them.
        groups: index of the group of each muscle and actuator.
        prior: what is known before; left out: people in general.

    Raises:
        SolverError: there is nothing to fit.
    """
    if not measurements:
        raise SolverError(Problem("no-measurements", "There are no measurements to fit strength to."))
    prior = prior or population_estimate()
    models = [_model(one, holder, groups) for one in measurements]
    measured = np.log([one.factor for one in measurements]), np.array([one.log_sd for one in measurements])
    estimate, steps, converged = _most_probable(models, prior, measured)
    prediction = _predicted(models, estimate)
    residual = measured[0] - prediction.log_factor
    return StrengthFit(estimate, tuple(measurements), prediction, residual, steps, converged)


def predict(
    measurements: Sequence[Measurement],
    holder: Holder,
    groups: Mapping[str, int],
    estimate: StrengthEstimate,
) -> Prediction:
    """What an estimate expects of measurements, be they used in the fit or not; `holder` as in the fit."""
    return _predicted([_model(one, holder, groups) for one in measurements], estimate)


def group_slopes(limit_share: Array, columns: Sequence[str], groups: Mapping[str, int]) -> Array:
    """Growth of log capacity with each group's logarithm (K, g), from the shares of all limits (K, limits)."""
    slopes = np.zeros((len(limit_share), len(GROUPS)))
    for column, name in enumerate(columns):
        if name in groups:
            slopes[:, groups[name]] += limit_share[:, column]
    slopes[:, tuple(GROUPS).index(GRIP)] += limit_share[:, len(columns) + len(FACET_NAMES)]
    return slopes


@dataclass(frozen=True, slots=True)
class _Model:
    """The capacity problem of one measurement with every factor at 1, and each column's group (N,) or -1."""

    problem: CapacityProblem
    columns: tuple[str, ...]
    groups: Mapping[str, int]
    swing: Pull | None

    def factor(self, estimate: StrengthEstimate) -> tuple[float, Array]:
        """Logarithm of the factor and its slopes (g,): at the weakest pose, or over the whole swing."""
        scale = np.array([estimate.factor[self.groups[c]] if c in self.groups else 1.0 for c in self.columns])
        grip = estimate.factor[tuple(GROUPS).index(GRIP)]
        problem = replace(
            self.problem,
            moment=self.problem.moment * scale,
            cone=self.problem.cone * scale,
            cap=self.problem.cap * grip,
        )
        found = capacity(problem)
        if self.swing is not None:
            slopes = group_slopes(found.limit_share, self.columns, self.groups)
            return _swung(self.swing, np.maximum(found.factor, LEAST_FACTOR), slopes)
        weakest = int(np.argmin(found.factor))
        shares = group_slopes(found.limit_share[[weakest]], self.columns, self.groups)[0]
        return float(np.log(max(found.factor[weakest], LEAST_FACTOR))), shares


def _swung(swing: Pull, factor: Array, slopes: Array) -> tuple[float, Array]:
    """Logarithm of the greatest factor when swung and its slopes (g,), from those at each pose (P,), (P, g)."""

    def log_factor(step: Array) -> float:
        return -float(np.log(momentum_effort(swing, swing.load_n * factor * np.exp(slopes @ step))))

    steps = SWING_STEP * np.eye(slopes.shape[1])
    here = log_factor(np.zeros(len(steps)))
    return here, np.array([(log_factor(step) - here) / SWING_STEP for step in steps])


def _model(one: Measurement, holder: Holder, groups: Mapping[str, int]) -> _Model:
    poses, equations = one.poses, arm_equations(one.posed, one.side, holder.strength, holder.cone)
    whole = _everywhere(one)
    whole_problem = capacity_problem(equations, load_demand(one.posed.arms[one.side], whole), whole, holder)
    names = [field.name for field in fields(CapacityProblem) if field.name not in ("labels", "tolerance")]
    problem = replace(whole_problem, **{name: getattr(whole_problem, name)[poses] for name in names})
    return _Model(problem, equations.columns, groups, one.swing)


def _everywhere(one: Measurement) -> HandForce:
    """The measurement's force at its own poses of the whole repetition, nothing elsewhere."""
    grip, wrist = np.zeros((2, len(one.posed.phase), 3))
    grip[one.poses], wrist[one.poses] = one.force.grip, one.force.wrist
    return HandForce(grip, wrist)


def _predicted(models: Sequence[_Model], estimate: StrengthEstimate) -> Prediction:
    found = [model.factor(estimate) for model in models]
    slopes = np.array([slope for _, slope in found])
    return Prediction(np.array([log for log, _ in found]), slopes, np.sqrt(_variance(slopes, estimate)))


def _variance(slopes: Array, estimate: StrengthEstimate) -> Array:
    return np.asarray(np.einsum("mi,ij,mj->m", slopes, estimate.covariance, slopes))


def _most_probable(
    models: Sequence[_Model], prior: StrengthEstimate, measured: tuple[Array, Array]
) -> tuple[StrengthEstimate, int, bool]:
    """The estimate at the greatest posterior density, how many steps it took, and whether they died down."""
    wanted, log_sd = measured
    at, steps, moved = prior, 0, np.inf
    while moved >= SMALL_STEP and steps < MOST_STEPS:
        expected = _predicted(models, at)
        surprise = wanted - expected.log_factor - expected.slopes @ (prior.log_mean - at.log_mean)
        target = updated(prior, expected.slopes, surprise, log_sd)
        at, moved = _advance(models, (prior, at, target), measured)
        steps += 1
    slopes = _predicted(models, at).slopes
    spread = updated(prior, slopes, np.zeros(len(slopes)), log_sd).covariance
    return replace(at, covariance=spread), steps, moved < SMALL_STEP


def _advance(
    models: Sequence[_Model],
    estimates: tuple[StrengthEstimate, StrengthEstimate, StrengthEstimate],
    measured: tuple[Array, Array],
) -> tuple[StrengthEstimate, float]:
    """From the present estimate towards the target, as far as improves the fit; and how far that was."""
    prior, at, target = estimates
    best = _misfit(models, prior, at, measured)
    step = target.log_mean - at.log_mean
    for _ in range(MOST_HALVINGS):
        there = replace(target, log_mean=at.log_mean + step)
        if _misfit(models, prior, there, measured) <= best:
            return there, float(np.abs(step).max())
        step = step / 2.0
    return at, 0.0


def _misfit(
    models: Sequence[_Model], prior: StrengthEstimate, at: StrengthEstimate, measured: tuple[Array, Array]
) -> float:
    """Twice the negative logarithm of the posterior density, but for a constant."""
    wanted, log_sd = measured
    away = at.log_mean - prior.log_mean
    missed = (wanted - [model.factor(at)[0] for model in models]) / log_sd
    return float(away @ np.linalg.solve(prior.covariance, away) + missed @ missed)
