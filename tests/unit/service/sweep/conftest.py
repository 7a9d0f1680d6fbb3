"""What the tests of sweeps share."""

from __future__ import annotations

import pytest

from bandwright.service.sweep.pool import LocalPool
from bandwright.service.sweep.run import sweep
from tests.unit.service.sweep.studies import SIX_SHARDS, study_of


@pytest.fixture(scope="session")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The table of six shards as one worker makes it, one after another."""
    folder = tmp_path_factory.mktemp("whole")
    return sweep(study_of(SIX_SHARDS, folder), folder / "out", LocalPool(1)).table.read_bytes()
