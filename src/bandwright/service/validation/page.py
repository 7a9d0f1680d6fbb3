"""`docs/validation.md`: the model held against published measurements."""

from __future__ import annotations

from bandwright.service.validation.bands import band_lines
from bandwright.service.validation.elastic_cases import elastic_lines
from bandwright.service.validation.emg_page import emg_lines
from bandwright.service.validation.exact_paths import exact_path_lines
from bandwright.service.validation.feats import feats_lines
from bandwright.service.validation.moment_arms import moment_arm_lines
from bandwright.service.validation.parameters import parameter_lines
from bandwright.service.validation.scapula import scapula_lines
from bandwright.service.validation.static_optimisation import static_optimisation_lines
from bandwright.service.validation.strength import strength_lines


def validation_page() -> str:
    """The whole page as Markdown."""
    lines = [
        "# The model against published measurements",
        "",
        "Written by `make validate`; a test keeps it current. Good and bad results are both here. Computed for the",
        "median man (1.755 m, 84.6 kg).",
        "",
        *emg_lines(),
        *strength_lines(),
        *feats_lines(),
        *exact_path_lines(),
        *moment_arm_lines(),
        *static_optimisation_lines(),
        *scapula_lines(),
        *band_lines(),
        *elastic_lines(),
        *parameter_lines(),
    ]
    return "\n".join(lines).rstrip() + "\n"
