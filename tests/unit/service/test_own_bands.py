"""Bands of one's own as every front keeps and finds them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bandwright.bands import Reading, TableLaw
from bandwright.errors import InputError
from bandwright.service.band_answer import band_in_full, fit_answer
from bandwright.service.own_bands import Measured, find_band, fit_measured, keep_band, own_bands

FABRIC = Measured("fabric-loop", 0.72, (Reading(0.48, 17.0, 2), Reading(0.62, 46.0, 2)))
LOOP = Measured("loop", 2.0, (Reading(1.5, 80.0, 2),))


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder."""
    monkeypatch.setenv("BANDWRIGHT_DATA", str(tmp_path / "own"))
    return tmp_path / "own"


def test_a_kept_band_is_found_again(own_folder: Path) -> None:
    """What was kept is listed and found with the law it was kept with."""
    kept = keep_band("hip", "Hip band", FABRIC, overwrite=False)
    assert kept.path == own_folder / "bands" / "hip.toml"
    assert list(own_bands()) == ["hip"]
    assert find_band("hip").law == kept.fit.law
    assert find_band("rogue-monster-1").id == "rogue-monster-1"


def test_nothing_is_written_of_a_band_that_cannot_be(own_folder: Path) -> None:
    """Id, name and readings are all told, and no file appears."""
    bad = Measured("fabric-loop", 0.72, FABRIC.readings[:1])
    with pytest.raises(InputError) as caught:
        keep_band("rogue-monster-1", "", bad, overwrite=True)
    assert [one.code for one in caught.value.problems] == ["band-exists", "bad-name", "too-few-points"]
    assert not own_folder.exists()


def test_a_band_is_replaced_only_when_asked() -> None:
    """The second band of an id needs a word."""
    keep_band("hip", "Hip band", FABRIC, overwrite=False)
    with pytest.raises(InputError, match="already"):
        keep_band("hip", "Another", LOOP, overwrite=False)
    keep_band("hip", "Another", LOOP, overwrite=True)
    assert find_band("hip").name == "Another"


def test_answers_hold_the_table() -> None:
    """A table is answered point by point; rubber by its two figures."""
    fit, band = fit_measured(FABRIC)
    assert isinstance(band.law, TableLaw)
    assert band_in_full(band, own=True)["law"]["table"][0] == {"stretch": 1.33333, "tension_n": 8.5}
    assert fit_answer(fit, band)["next_reading"]["length_m"] == pytest.approx((0.48 + 0.62) / 2)
    _, loop = fit_measured(LOOP)
    assert set(band_in_full(loop, own=True)["law"]) == {"m_n", "a"}
