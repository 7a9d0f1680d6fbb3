"""OpenSim's tables over time, `.mot` and `.sto`."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bandwright.catalogue.motion.storage import is_length

Array = NDArray[np.float64]


def write_motion(path: Path, time_s: Array, coordinates: Mapping[str, Array]) -> None:
    """Writes coordinates (N,) [rad, m] as a motion file in degrees and metres."""
    shown = {name: value if is_length(name) else np.degrees(value) for name, value in coordinates.items()}
    _write(path, time_s, shown, in_degrees=True)


def write_table(path: Path, time_s: Array, columns: Mapping[str, Array]) -> None:
    """Writes columns (N,) in SI units."""
    _write(path, time_s, columns, in_degrees=False)


def _write(path: Path, time_s: Array, columns: Mapping[str, Array], *, in_degrees: bool) -> None:
    rows = np.column_stack([time_s, *columns.values()])
    head = [
        path.stem,
        "version=1",
        f"nRows={len(rows)}",
        f"nColumns={rows.shape[1]}",
        f"inDegrees={'yes' if in_degrees else 'no'}",
        "endheader",
        "\t".join(["time", *columns]),
    ]
    lines = ("\t".join(f"{value:.10g}" for value in row) for row in rows)
    path.write_text("\n".join([*head, *lines]) + "\n", encoding="utf-8")
