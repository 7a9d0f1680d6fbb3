"""The part of MuJoCo's Python binding that Bandwright calls; anything else is untyped."""

from collections.abc import Sequence
from typing import Any, SupportsIndex

import numpy as np
from numpy.typing import ArrayLike, NDArray

_Floats = NDArray[np.float64]
_Ints = NDArray[np.int32]

class _Enum:
    def __int__(self) -> int: ...
    def __index__(self) -> int: ...
    def __or__(self, other: SupportsIndex) -> int: ...
    def __ror__(self, other: SupportsIndex) -> int: ...

class mjtJoint(_Enum):
    mjJNT_FREE: mjtJoint
    mjJNT_BALL: mjtJoint
    mjJNT_SLIDE: mjtJoint
    mjJNT_HINGE: mjtJoint

class mjtGeom(_Enum):
    mjGEOM_SPHERE: mjtGeom
    mjGEOM_CAPSULE: mjtGeom
    mjGEOM_ELLIPSOID: mjtGeom
    mjGEOM_CYLINDER: mjtGeom

class mjtDisableBit(_Enum):
    mjDSBL_CONSTRAINT: mjtDisableBit
    mjDSBL_CONTACT: mjtDisableBit
    mjDSBL_GRAVITY: mjtDisableBit

class _Named:
    """An element of a compiled model, reached by name or number."""

    id: int
    name: str
    def __getattr__(self, name: str) -> Any: ...

class _Placed:
    """Where an element of the model is."""

    id: int
    name: str
    xpos: _Floats
    xmat: _Floats
    def __getattr__(self, name: str) -> Any: ...

class MjModel:
    nq: int
    nv: int
    njnt: int
    nbody: int
    nsite: int
    ntendon: int
    jnt_qposadr: _Ints
    jnt_dofadr: _Ints
    ten_J_rownnz: _Ints
    ten_J_rowadr: _Ints
    ten_J_colind: _Ints
    @staticmethod
    def from_xml_string(xml: str, assets: dict[str, bytes] | None = ...) -> MjModel: ...
    def body(self, name: str | int) -> _Named: ...
    def joint(self, name: str | int) -> _Named: ...
    def site(self, name: str | int) -> _Named: ...
    def tendon(self, name: str | int) -> _Named: ...
    def __getattr__(self, name: str) -> Any: ...

class MjData:
    qpos: _Floats
    qvel: _Floats
    qacc: _Floats
    ten_J: _Floats
    ten_length: _Floats
    ten_wrapadr: _Ints
    ten_wrapnum: _Ints
    wrap_xpos: _Floats
    def __init__(self, model: MjModel) -> None: ...
    def body(self, name: str | int) -> _Placed: ...
    def site(self, name: str | int) -> _Placed: ...
    def __getattr__(self, name: str) -> Any: ...

class _MjsElement:
    """An element of a model under construction; which settings it has depends on its kind."""

    name: str
    def __getattr__(self, name: str) -> Any: ...

class MjsJoint(_MjsElement):
    armature: float

class MjsSite(_MjsElement): ...
class MjsGeom(_MjsElement): ...

class MjsTendon(_MjsElement):
    def wrap_site(self, name: str) -> object: ...
    def wrap_geom(self, name: str, sidesite: str) -> object: ...

class MjsBody(_MjsElement):
    mass: float
    ipos: ArrayLike
    inertia: ArrayLike
    explicitinertial: bool
    def add_body(self, **settings: Any) -> MjsBody: ...
    def add_joint(self, **settings: Any) -> MjsJoint: ...
    def add_site(self, **settings: Any) -> MjsSite: ...
    def add_geom(self, **settings: Any) -> MjsGeom: ...

class _MjOption:
    gravity: ArrayLike
    disableflags: int
    def __getattr__(self, name: str) -> Any: ...

class MjSpec:
    option: _MjOption
    worldbody: MjsBody
    joints: Sequence[MjsJoint]
    def __init__(self) -> None: ...
    def add_tendon(self, **settings: Any) -> MjsTendon: ...
    def compile(self) -> MjModel: ...
    def to_xml(self) -> str: ...
    def __getattr__(self, name: str) -> Any: ...

def mj_kinematics(m: MjModel, d: MjData) -> None: ...
def mj_comPos(m: MjModel, d: MjData) -> None: ...
def mj_comVel(m: MjModel, d: MjData) -> None: ...
def mj_tendon(m: MjModel, d: MjData) -> None: ...
def mj_forward(m: MjModel, d: MjData) -> None: ...
def mj_rne(m: MjModel, d: MjData, flg_acc: int, result: _Floats) -> None: ...
def mj_jac(
    m: MjModel, d: MjData, jacp: _Floats | None, jacr: _Floats | None, point: ArrayLike, body: int
) -> None: ...
def mj_jacSite(m: MjModel, d: MjData, jacp: _Floats | None, jacr: _Floats | None, site: int) -> None: ...
def mju_sparse2dense(res: _Floats, mat: _Floats, rownnz: _Ints, rowadr: _Ints, colind: _Ints) -> None: ...
def __getattr__(name: str) -> Any: ...
