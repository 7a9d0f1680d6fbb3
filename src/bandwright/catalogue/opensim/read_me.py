"""The short guide that goes with an export."""

from __future__ import annotations

from textwrap import fill
from typing import Final

from bandwright.catalogue.opensim.document import CREDITS

_STILL: Final = """\
The analysis was quasi-static. The files spread the lift over {lift_s:g} seconds, starting and ending at rest, which
makes the torque of inertia negligible; it is no statement about how fast to lift."""

_MOVING: Final = """\
The lift takes {lift_s:g} seconds, as the set-up's tempo says, starting and ending at rest. The forces on the hands
hold the inertia of the weights already; that of the limbs follows from the motion. Torques then agree to some
per cent only, because accelerations are differences of angles, taken in two ways."""

_TEXT: Final = """\
{title}: files for OpenSim 4.x, written by Bandwright
{rule}

model.osim            the person: trunk with head, both shoulder girdles and arms, muscles at this person's strength
motion.mot            every coordinate over the lifting phase (degrees, metres)
loads.sto             what pulls on the hands or wrists: force in the ground (N), point in the body (m)
external_loads.xml    which columns of loads.sto act on which body
inverse_dynamics.xml  set-up of the Inverse Dynamics tool
joint_torques.sto     Bandwright's own torques (N m) at the same times, to compare with

Run it
  opensim-cmd run-tool inverse_dynamics.xml
or in Python
  import opensim; opensim.InverseDynamicsTool("inverse_dynamics.xml").run()
Both are started in this folder and write inverse_dynamics.sto. In the application: open model.osim, load motion.mot,
then Tools > Inverse Dynamics > Load and choose inverse_dynamics.xml. Back into Bandwright:
  bandwright analyse EXERCISE --motion motion.mot --lift 0/{lift_s:g}

Time
{time}

Axes and names
  Ground: x forward, y up, z to the right; the origin is on the floor (Bandwright: x forward, y left, z up).
  The right arm has the coordinates of the thoracoscapular model. The left arm is its mirror image and its names end
  in _l; its angles mean the same, except that scapula_depression_l and scapula_downward_rot_l count the other way
  round, because OpenSim's scapulothoracic joint cannot be mirrored.
  Pelvis and legs are left out; the trunk is carried by the ground_thorax coordinates.

Comparing torques
  elbow_flexion and pro_sup compare directly. The others have to be brought together first:
  - OpenSim's Inverse Dynamics leaves the acromioclavicular constraint out. Let E hold the speeds of the eleven
    coordinates of an arm per unit rate of each of Bandwright's eight, three scapular ones following from keeping that
    joint closed and the shoulder's from turning about the humerus's own axes. Bandwright's torques are then
    E^T times OpenSim's.
  - E is about speeds: those of the scapulothoracic joint are not the rates of its coordinates, and Inverse Dynamics
    gives the forces that go with the speeds.

What differs
  Muscle forces: OpenSim's Millard muscle and the Gaussian force-length curve of Bandwright differ.
  Muscles are excluded from Inverse Dynamics, so torques are not touched by it.
  Of what completes the arm, torques on single coordinates are exported as actuators; the limit of the
  grip, the joint capsule and the stability of the shoulder are not.

Credits
{credits}
"""


def read_me(title: str, lift_s: float, *, tempo: bool) -> str:
    """The guide for one export."""
    heading = f"{title}: files for OpenSim 4.x, written by Bandwright"
    time = (_MOVING if tempo else _STILL).format(lift_s=lift_s)
    return _TEXT.format(
        title=title, rule="=" * len(heading), lift_s=lift_s, time=time, credits=fill(CREDITS, 110)
    )
