"""The page on sweeps says what every column means."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from bandwright.catalogue.studies import read_study
from bandwright.service.sweep.columns import PARTS, columns, groups

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "sweeps.md").read_text(encoding="utf-8")


def test_every_column_is_on_the_page() -> None:
    """By its name, or by how it begins where the study or the muscle groups give the rest."""
    listed = set(re.findall(r"`(\w+…?)`", "\n".join(re.findall(r"^\| (`.*?) \|", PAGE, flags=re.MULTILINE))))
    study = replace(read_study(ROOT / "examples" / "study.toml"), curves=True)
    wanted = {
        re.sub(rf"^({'|'.join(PARTS)})_({'|'.join(groups())})$|^(vary)_.*$", r"\1\3_…", one.name)
        for one in columns(study)
    }
    assert {"dose_…", "vary_…", "effort"} <= wanted
    assert wanted <= listed
