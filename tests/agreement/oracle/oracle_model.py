"""The published thoracoscapular model inside OpenSim, posed and read by coordinate name.

OpenSim and the model file are optional: `missing_reason` says what is absent, so that tests can skip. The
thorax is put at the ground frame, so everything read here is in its frame (x forward, y up, z right).
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

MODEL_VARIABLE = "BANDWRIGHT_ORACLE"
COORDINATES = (
    "clav_prot",
    "clav_elev",
    "scapula_abduction",
    "scapula_elevation",
    "scapula_upward_rot",
    "scapula_winging",
    "plane_elv",
    "shoulder_elv",
    "axial_rot",
    "elbow_flexion",
    "pro_sup",
)
BONES = ("clavicle", "scapula", "humerus", "ulna", "radius", "hand")


def missing_reason() -> str | None:
    """What keeps the oracle from running here, or None when it can run."""
    if importlib.util.find_spec("opensim") is None:
        return "opensim is not installed: pip install 'bandwright[oracle]'"
    path = os.environ.get(MODEL_VARIABLE)
    if not path:
        return f"set {MODEL_VARIABLE} to the thoracoscapular .osim file (Belli2023)"
    return None if Path(path).is_file() else f"{MODEL_VARIABLE}={path} is no file"


@dataclass(frozen=True, slots=True)
class Oracle:
    """The OpenSim module, model and working state; poses change the state in place."""

    opensim: Any
    model: Any
    state: Any
    muscles: tuple[str, ...]

    def place(self, pose: Mapping[str, float]) -> None:
        """Sets coordinates [rad] without closing the acromioclavicular joint."""
        coordinates = self.model.getCoordinateSet()
        for name, value in pose.items():
            coordinates.get(name).setValue(self.state, float(value), False)  # noqa: FBT003  # a C++ signature without names
        self.model.realizePosition(self.state)

    def place_array(self, pose: Array) -> None:
        """Sets all eleven coordinates (11,) [rad] in the order of `COORDINATES`."""
        self.place(dict(zip(COORDINATES, pose, strict=True)))

    def origin_m(self, bone: str) -> Array:
        """Origin of a bone (3,) in the thorax frame [m]."""
        return self.vector(self._transform(bone).p())

    def rotation(self, bone: str) -> Array:
        """Rotation of a bone (3, 3), bone into thorax."""
        matrix = self._transform(bone).R()
        return np.array([[matrix.get(i, j) for j in range(3)] for i in range(3)])

    def lengths_m(self) -> Array:
        """Lengths of all muscle paths (33,) [m]."""
        muscles = self.model.getMuscles()
        return np.array(
            [muscles.get(i).getGeometryPath().getLength(self.state) for i in range(muscles.getSize())]
        )

    def pulls(self) -> list[list[tuple[str, Array, Array]]]:
        """For each muscle, (bone, point in the bone [m], pull in the thorax per newton of tension)."""
        muscles = self.model.getMuscles()
        return [self._pulls_of(muscles.get(i).getGeometryPath()) for i in range(muscles.getSize())]

    def mass_properties(self, bone: str) -> tuple[float, Array]:
        """Mass [kg] and mass centre (3,) [m] of a bone."""
        body = self.model.getBodySet().get(bone)
        return float(body.getMass()), self.vector(body.getMassCenter())

    def max_forces_n(self) -> Array:
        """Greatest isometric forces (33,) [N]."""
        muscles = self.model.getMuscles()
        return np.array([muscles.get(i).getMaxIsometricForce() for i in range(muscles.getSize())])

    def _pulls_of(self, path: Any) -> list[tuple[str, Array, Array]]:
        pulls = self.opensim.ArrayPointForceDirection()
        path.getPointForceDirections(self.state, pulls)
        return [
            (pull.frame().findBaseFrame().getName(), self.vector(pull.point()), self.vector(pull.direction()))
            for pull in (pulls.get(i) for i in range(pulls.getSize()))
        ]

    def _transform(self, bone: str) -> Any:
        return self.model.getBodySet().get(bone).getTransformInGround(self.state)

    @staticmethod
    def vector(value: Any) -> Array:
        """An OpenSim Vec3 as an array (3,)."""
        return np.array([value.get(i) for i in range(3)])


def read_model() -> tuple[Any, Any]:
    """The OpenSim module, its log silenced, and the model as read from the file."""
    import opensim  # noqa: PLC0415  # optional: 222 MB, only for this check

    opensim.Logger.setLevelString("off")
    return opensim, opensim.Model(os.environ[MODEL_VARIABLE])


def load_oracle() -> Oracle:
    """The model with the thorax at the ground frame and the acromioclavicular joint left open."""
    return open_girdle(*read_model())


def open_girdle(opensim: Any, model: Any) -> Oracle:
    """A model at its start, the thorax at the ground frame and the acromioclavicular joint open."""
    model.updConstraintSet().get(0).set_isEnforced(False)
    state = model.initSystem()
    oracle = Oracle(opensim, model, state, muscle_names(model))
    oracle.place(dict.fromkeys(_thorax_coordinates(model), 0.0))
    return oracle


def muscle_names(model: Any) -> tuple[str, ...]:
    """Names of the muscle elements in the model's order."""
    muscles = model.getMuscles()
    return tuple(muscles.get(i).getName() for i in range(muscles.getSize()))


def _thorax_coordinates(model: Any) -> Sequence[str]:
    names = [model.getCoordinateSet().get(i).getName() for i in range(model.getNumCoordinates())]
    return [name for name in names if name.startswith("ground_thorax")]
