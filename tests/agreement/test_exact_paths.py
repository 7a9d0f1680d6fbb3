"""Exact muscle paths against OpenSim's lengths and finite-difference moment arms.

OpenSim's own answer is left out where it contradicts itself (`oracle.path_figures`): its length jumps within the
finite difference, its path bends over two surfaces (the lengths it adds then stem from different rounds of its
search), the length on a surface is below the chord, or the path runs through a cylinder because an end lies in it, or
through a sphere though none does.
Over ellipsoids its path lies in one plane, so it can be longer than the shortest: `LONGER_M` says from when on that
is no fair comparison. What is left out is counted and bounded here; cylinders beside a second surface are compared
alone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib.resources import files
from typing import Any

import numpy as np
import pytest

from bandwright.body import UNSCALED, ArmAngles, BodyModel, Person, Proportions, TrunkPose
from bandwright.body.rotations import about_axis, unit
from bandwright.catalogue.anatomy import load_anatomy, load_ratios, rows
from bandwright.catalogue.validation_tables import rows_of
from bandwright.service.validation.exact_paths import REASONS, TABLE
from tests.agreement.oracle.oracle_model import load_oracle, missing_reason, open_girdle, read_model
from tests.agreement.oracle.path_figures import Figures, figures, movement_poses, random_poses, read

Array = np.ndarray[Any, np.dtype[np.float64]]

LONGER_M = 0.25e-3
MEAN_LEVER_M = 0.2e-3
WORST_LEVER_M = 3e-3
WORST_LENGTH_M = 0.5e-3
EVERY = 5
"""Every fifth of the 51 poses of a movement is asked of OpenSim."""


@dataclass(frozen=True, slots=True)
class Errors:
    """Ours less OpenSim's: lengths (K, 33) [m], moment arms (K, 33, 11) [m]; why a muscle is left out (K, 33)."""

    lengths: Array
    levers: Array
    reasons: np.ndarray[tuple[int, ...], np.dtype[np.str_]]

    def check(self) -> None:
        """The three bounds, on all that is compared."""
        fair = self.reasons == ""
        assert np.abs(self.levers[fair]).mean() <= MEAN_LEVER_M
        assert np.abs(self.levers[fair]).max() <= WORST_LEVER_M
        assert np.abs(self.lengths[fair]).max() <= WORST_LENGTH_M

    def left_out(self) -> float:
        """Share of muscles and poses that is not compared."""
        return float((self.reasons != "").mean())


@pytest.fixture(scope="module")
def published() -> BodyModel:
    """The body at the size and with the paths of the source subject."""
    person = Person("male", 1.75, 75.0)
    return BodyModel(load_anatomy(as_published=True), Proportions(person, UNSCALED, load_ratios(person)))


def _rates(body: BodyModel, q: Array) -> Array:
    """Degree-of-freedom rates (nv, 11) per rate of OpenSim's coordinates."""
    found = body._free_rates("r").copy()
    plane, raised, twist = body.anatomy.joints["glenohumeral"].axes
    first = about_axis(plane, q[6])
    second = first @ about_axis(raised, q[7])
    humerus = second @ about_axis(twist, q[8])
    dof = body._dof["shoulder_r"]
    found[:, 6:9] = 0.0
    axes = np.column_stack([plane, first @ raised, second @ unit(twist)])
    found[dof : dof + 3, 6:9] = humerus.T @ axes
    return found


def _compare(body: BodyModel, theirs: Figures, muscles: tuple[str, ...]) -> Errors:
    q = theirs.poses
    plane, raised, twist = body.anatomy.joints["glenohumeral"].axes
    humerus = about_axis(plane, q[:, 6]) @ about_axis(raised, q[:, 7]) @ about_axis(twist, q[:, 8])
    arms = ArmAngles(np.column_stack([q[:, :6], q[:, 9:]]), humerus)
    ours = {row["element"]: row["id"] for row in rows("muscles.csv")}
    place = {muscle.id: index for index, muscle in enumerate(body.anatomy.muscles)}
    chosen = [place[ours[name]] for name in muscles]
    poses, rates = [], []
    for index in range(len(q)):
        body.place(TrunkPose((0.0, 1.0), 0.0, 0.0), {"r": arms}, index)
        poses.append(body.paths.pose())
        rates.append(_rates(body, q[index]))
    found = body.paths.along(poses, "r")
    off = found.lengths[:, chosen] - theirs.lengths
    levers = -(found.gradients.swapaxes(1, 2) @ np.array(rates))[:, chosen] - theirs.levers
    reasons = np.where((theirs.reasons == "") & (off < -LONGER_M), "not the shortest", theirs.reasons)
    return Errors(off, levers, reasons)


@pytest.fixture(scope="module")
def stored(published: BodyModel) -> Errors:
    """Errors at the 40 golden poses."""
    return _compare(published, *read())


def test_paths_match_opensim_at_forty_random_poses(stored: Errors) -> None:
    """Mean and worst moment arm and worst length, over 33 muscles and 11 coordinates."""
    assert stored.levers.shape == (40, 33, 11)
    stored.check()


def test_little_is_left_out(stored: Errors) -> None:
    """At most 7 % of muscles and poses."""
    assert stored.left_out() <= 0.07


def test_opensims_planar_paths_are_not_much_longer(stored: Errors) -> None:
    """Where OpenSim's path over an ellipsoid is longer than ours, it is by less than a centimetre, and rarely."""
    planar = stored.reasons == "not the shortest"
    assert 0 < planar.sum() <= 0.02 * planar.size
    assert stored.lengths[planar].min() > -10e-3


def test_a_random_pose_has_one_answer_after_any_other(published: BodyModel) -> None:
    """At 500 random poses, each after the one before and from nothing: lengths to 1e-8 m, gradients to 1e-6."""
    q = random_poses(500)
    plane, raised, twist = published.anatomy.joints["glenohumeral"].axes
    humerus = about_axis(plane, q[:, 6]) @ about_axis(raised, q[:, 7]) @ about_axis(twist, q[:, 8])
    arms = ArmAngles(np.column_stack([q[:, :6], q[:, 9:]]), humerus)
    poses = []
    for index in range(len(q)):
        published.place(TrunkPose((0.0, 1.0), 0.0, 0.0), {"r": arms}, index)
        poses.append(published.paths.pose())
    after = published.paths.along(poses, "r")
    for index, pose in enumerate(poses):
        alone = published.paths.along([pose], "r")
        np.testing.assert_allclose(after.lengths[index], alone.lengths[0], rtol=0, atol=1e-8)
        np.testing.assert_allclose(after.gradients[index], alone.gradients[0], rtol=0, atol=1e-6)
    assert after.approximated == 0


@pytest.fixture(scope="module")
def fresh(published: BodyModel) -> list[tuple[str, Errors]]:
    """Errors at 500 random poses and along every shipped movement, OpenSim asked now."""
    oracle = load_oracle()
    names = sorted(p.name[:-5] for p in (files("bandwright") / "data" / "exercises").iterdir())
    sets = {"random": random_poses(500), **{n: movement_poses(published, n, 51)[::EVERY] for n in names}}
    return [(n, _compare(published, figures(oracle, q), oracle.muscles)) for n, q in sets.items()]


@pytest.mark.oracle
@pytest.mark.skipif(missing_reason() is not None, reason=str(missing_reason()))
def test_every_movement_and_500_poses_match_opensim(fresh: list[tuple[str, Errors]]) -> None:
    """The bounds hold everywhere, and the figures are those on the validation page."""
    for _, errors in fresh:
        errors.check()
        assert errors.left_out() <= 0.12
    assert [_recorded(name, errors) for name, errors in fresh] == rows_of(TABLE)


def _recorded(name: str, errors: Errors) -> dict[str, str]:
    """As in `data/validation/exact_paths.csv`."""
    fair = errors.reasons == ""
    levers, lengths = np.abs(errors.levers[fair]) * 1e3, np.abs(errors.lengths[fair]) * 1e3
    found = {"poses": name, "compared": str(fair.sum())}
    found |= {"mean_mm": f"{levers.mean():.3f}", "worst_mm": f"{levers.max():.2f}"}
    found["worst_length_mm"] = f"{lengths.max():.2f}"
    return found | {name: str((errors.reasons == reason).sum()) for name, reason in REASONS.items()}


@pytest.mark.oracle
@pytest.mark.skipif(missing_reason() is not None, reason=str(missing_reason()))
@pytest.mark.parametrize("kept", [0, 1])
def test_cylinders_of_two_surfaces_match_opensim_alone(published: BodyModel, kept: int) -> None:
    """Muscles over two surfaces, the other one switched off in both: lengths over the cylinder at 100 poses."""
    both = {muscle.id for muscle in published.anatomy.muscles if len(muscle.wraps) == 2}
    dropped = {m.wraps[1 - kept] for m in published.anatomy.muscles if m.id in both}
    opensim, model = read_model()
    for row in rows("wrap_surfaces.csv"):
        if row["surface"] in dropped:
            model.getBodySet().get(row["body"]).upd_WrapObjectSet().get(row["element"]).set_active(False)
    oracle = open_girdle(opensim, model)
    muscles = tuple(
        replace(m, wraps=(m.wraps[kept],)) if m.id in both else m for m in published.anatomy.muscles
    )
    body = BodyModel(replace(published.anatomy, muscles=muscles), published.sizes)
    poses = random_poses(100)
    lengths = []
    for pose in poses:
        oracle.place_array(pose)
        lengths.append(oracle.lengths_m())
    blank = np.full(np.shape(lengths), "")
    found = _compare(
        body, Figures(poses, np.array(lengths), np.zeros((*blank.shape, 11)), blank), oracle.muscles
    )
    ours = {row["element"]: row["id"] for row in rows("muscles.csv")}
    columns = [index for index, name in enumerate(oracle.muscles) if ours[name] in both]
    cylinders = [c for c in columns if kept == 0 or ours[oracle.muscles[c]] == "teres_major"]
    fair = found.lengths[:, cylinders]
    assert fair.shape[1] >= 1
    assert np.median(np.abs(fair)) <= 1e-5
    assert (
        np.abs(fair) <= WORST_LENGTH_M
    ).mean() >= 0.97  # an end inside the cylinder: OpenSim goes through it
