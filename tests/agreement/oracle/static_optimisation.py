"""Activations from OpenSim's own static optimisation, to set against our recruitment.

The thorax is welded to the ground, so gravity and hand forces are in the thorax frame (x forward, y up,
z right). The movement is spread over a long time, which makes inertia negligible. Every muscle gives its
activation (0 to 1) times its greatest isometric force, without length or speed effects. The sum of squared
activations, reserves included, is least.
"""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tests.agreement.oracle.oracle_model import COORDINATES, Array, muscle_names, read_model

DURATION_S = 500.0
"""Ten seconds a frame: the inertial torque of a repetition is then below 1e-3 N m."""
TOLERANCE = 1e-6
MAX_ITERATIONS = 500


@dataclass(frozen=True, slots=True)
class HandLoad:
    """Force on the hand (frames, 3) [N] in the thorax frame, at a point (3,) of the hand frame [m]."""

    force_n: Array
    point_m: Array


@dataclass(frozen=True, slots=True)
class Recruited:
    """Activations (frames, 33), reserve torques (frames, reserves) [N m] and their names."""

    activation: Array
    reserve_nm: Array
    muscles: tuple[str, ...]
    reserves: tuple[str, ...]


def static_optimisation(
    movement: Mapping[str, Array],
    load: HandLoad,
    gravity_m_s2: Array,
    reserves_nm: Mapping[str, float],
) -> Recruited:
    """Runs OpenSim's StaticOptimization over a quasi-static movement.

    Args:
        movement: OpenSim coordinate name to values (frames,) [rad], with the acromioclavicular joint closed.
        load: what pulls on the hand.
        gravity_m_s2: gravity (3,) in the thorax frame.
        reserves_nm: coordinate name to optimal torque of its reserve; a larger one is used more freely.
    """
    opensim, model = held_model(load, gravity_m_s2, reserves_nm)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tool = written_tool(opensim, model, folder, movement, static_optimiser(opensim))
        opensim.AnalyzeTool(str(tool)).run()
        table = _read(folder / "results" / "so_StaticOptimization_activation.sto")
    muscles = muscle_names(model)
    return Recruited(
        activation=np.column_stack([table[name] for name in muscles]),
        reserve_nm=np.column_stack([table[reserve_name(n)] * nm for n, nm in reserves_nm.items()]),
        muscles=muscles,
        reserves=tuple(reserves_nm),
    )


def held_model(load: HandLoad, gravity_m_s2: Array, reserves_nm: Mapping[str, float]) -> tuple[Any, Any]:
    """The OpenSim module, and the model made ready with its load; see `static_optimisation`."""
    opensim, model = read_model()
    prepare(opensim, model, gravity_m_s2, reserves_nm)
    add_hand_load(opensim, model, load, np.linspace(0.0, DURATION_S, len(load.force_n)))
    return opensim, model


def reserve_name(coordinate: str) -> str:
    """Name of the reserve actuator of a coordinate."""
    return f"{coordinate}_reserve"


def prepare(opensim: Any, model: Any, gravity_m_s2: Array, reserves_nm: Mapping[str, float]) -> None:
    """Welds the thorax to the ground, sets gravity and replaces the model's own reserves."""
    forces = model.updForceSet()
    for index in reversed(range(forces.getSize())):
        if forces.get(index).getConcreteClassName() == "CoordinateActuator":
            forces.remove(index)
    for index in range(model.getMuscles().getSize()):
        # The source lets no activation fall under 0.01, which would hide that a muscle is not wanted.
        muscle = opensim.Millard2012EquilibriumMuscle.safeDownCast(model.updMuscles().get(index))
        muscle.setMinimumActivation(0.0)
        muscle.setMinControl(0.0)
    joints = model.updJointSet()
    joints.remove(joints.getIndex("ground_thorax"))
    model.addJoint(opensim.WeldJoint("ground_thorax", model.getGround(), model.getBodySet().get("thorax")))
    model.setGravity(opensim.Vec3(*(float(g) for g in gravity_m_s2)))
    for coordinate, optimal_nm in reserves_nm.items():
        actuator = opensim.CoordinateActuator(coordinate)
        actuator.setName(reserve_name(coordinate))
        actuator.setOptimalForce(float(optimal_nm))
        model.addForce(actuator)
    model.finalizeConnections()


def add_hand_load(opensim: Any, model: Any, load: HandLoad, times: Array) -> None:
    """Adds the force on the hand as a function of time, in the ground frame at a point of the hand."""
    force = opensim.PrescribedForce("hand_load", model.getBodySet().get("hand"))
    force.setForceIsInGlobalFrame(True)
    force.setPointIsInGlobalFrame(False)
    force.setPointFunctions(*(opensim.Constant(float(x)) for x in load.point_m))
    force.setForceFunctions(*(_piecewise(opensim, times, component) for component in load.force_n.T))
    model.addForce(force)
    model.finalizeConnections()


def _piecewise(opensim: Any, times: Array, values: Array) -> Any:
    function = opensim.PiecewiseLinearFunction()
    for time, value in zip(times, values, strict=True):
        function.addPoint(float(time), float(value))
    return function


def _motion(movement: Mapping[str, Array]) -> str:
    times = np.linspace(0.0, DURATION_S, len(movement[COORDINATES[0]]))
    rows = np.column_stack([times, *(movement[name] for name in COORDINATES)])
    head = f"movement\nversion=1\nnRows={len(rows)}\nnColumns={rows.shape[1]}\ninDegrees=no\nendheader\n"
    lines = ("\t".join(f"{x:.12f}" for x in row) for row in rows)
    return head + "\t".join(("time", *COORDINATES)) + "\n" + "\n".join(lines) + "\n"


def static_optimiser(opensim: Any) -> Any:
    """OpenSim's own analysis: least squared activations, forces in proportion to them."""
    optimiser = opensim.StaticOptimization()
    optimiser.setUseModelForceSet(True)
    optimiser.setUseMusclePhysiology(False)
    optimiser.setActivationExponent(2)
    optimiser.setConvergenceCriterion(TOLERANCE)
    optimiser.setMaxIterations(MAX_ITERATIONS)
    return optimiser


def written_tool(
    opensim: Any, model: Any, folder: Path, movement: Mapping[str, Array], analysis: Any
) -> Path:
    """Where the tool that does an analysis along a movement is set up, with all it reads, in a folder."""
    model.printToXML(str(folder / "model.osim"))
    (folder / "movement.mot").write_text(_motion(movement), encoding="utf-8")
    analysis.setStartTime(0.0)
    analysis.setEndTime(DURATION_S)
    tool = opensim.AnalyzeTool()
    tool.setName("so")
    tool.setModelFilename(str(folder / "model.osim"))
    tool.setResultsDir(str(folder / "results"))
    tool.setCoordinatesFileName(str(folder / "movement.mot"))
    tool.setInitialTime(0.0)
    tool.setFinalTime(DURATION_S)
    tool.setSolveForEquilibrium(False)
    tool.getAnalysisSet().cloneAndAppend(analysis)
    # The tool reads model and analysis only from a file: a tool set up in memory runs without them.
    tool.printToXML(str(folder / "setup.xml"))
    return folder / "setup.xml"


def _read(path: Path) -> dict[str, Array]:
    lines = path.read_text(encoding="utf-8").splitlines()
    start = lines.index("endheader") + 1
    names = lines[start].split()
    values = np.array([[float(x) for x in line.split()] for line in lines[start + 1 :]])
    return dict(zip(names, values.T, strict=True))
