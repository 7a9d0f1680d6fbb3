"""The files that tell OpenSim what to do: which loads act where, and how to run inverse dynamics."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bandwright.body.anatomy import Vector
from bandwright.catalogue.opensim.markup import element, write_document

MODEL: Final = "model.osim"
MOTION: Final = "motion.mot"
LOADS: Final = "loads.sto"
EXTERNAL_LOADS: Final = "external_loads.xml"
INVERSE_DYNAMICS: Final = "inverse_dynamics.xml"
TORQUES: Final = "joint_torques.sto"
README: Final = "README.txt"
FILES: Final = (MODEL, MOTION, LOADS, EXTERNAL_LOADS, INVERSE_DYNAMICS, TORQUES, README)
"""Everything an export writes."""


@dataclass(frozen=True, slots=True)
class Pull:
    """A force on one body: its name in the table, the body and the point (3,) of it where it acts [m]."""

    name: str
    body: str
    point_m: Vector


def write_external_loads(path: Path, pulls: Sequence[Pull]) -> None:
    """Writes which columns of the load table act on which body."""
    forces = [
        element(
            "ExternalForce",
            name=pull.name,
            applied_to_body=pull.body,
            force_expressed_in_body="ground",
            point_expressed_in_body=pull.body,
            force_identifier=f"{pull.name}_v",
            point_identifier=f"{pull.name}_p",
        )
        for pull in pulls
    ]
    content = element(
        "ExternalLoads", element("objects", *forces), element("groups"), name="externalloads", datafile=LOADS
    )
    write_document(path, content)


def write_inverse_dynamics(path: Path, duration_s: float) -> None:
    """Writes the set-up of OpenSim's inverse dynamics; muscles are left out, so all torque is asked of the joints."""
    content = element(
        "InverseDynamicsTool",
        name="bandwright",
        results_directory="./",
        model_file=MODEL,
        time_range=[0.0, duration_s],
        forces_to_exclude="Muscles",
        external_loads_file=EXTERNAL_LOADS,
        coordinates_file=MOTION,
        lowpass_cutoff_frequency_for_coordinates=-1.0,
        output_gen_force_file="inverse_dynamics.sto",
    )
    write_document(path, content)
