"""Gear files: read as meant, and refused with every problem at once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bandwright.catalogue.check import check_folder
from bandwright.catalogue.gear import read_gear
from bandwright.errors import InputError

EXAMPLE = Path(__file__).parents[3] / "examples" / "gear.toml"


def refused(table: dict[str, Any]) -> dict[str | None, str]:
    """Codes of the problems of a gear table, by path."""
    with pytest.raises(InputError) as caught:
        read_gear(table)
    return {problem.path: problem.code for problem in caught.value.problems}


def test_the_example_is_read_as_written() -> None:
    """Bands, counts, weights, anchor heights and what else there is arrive as the file says."""
    gear = read_gear(EXAMPLE)
    assert {one.id: one.count for one in gear.bands}["red-loop"] == 2
    assert [one.masses_kg for one in gear.weights] == [(16.0,), (10.0,)]
    assert gear.anchors[0].heights_m == ((0.1, 0.1), (1.0, 1.0), (1.5, 1.5), (2.0, 2.0))
    assert (gear.free_m, gear.ceiling_m, gear.pull_up_bar, gear.bench) == (2.5, 2.4, True, True)


def test_every_problem_is_said_at_once() -> None:
    """Form, names, ranges and ids of all parts are refused together."""
    found = refused(
        {
            "room": {"fre_m": 2.0},
            "band": [
                {"id": "a", "product": "rogue-monstr-1", "count": 0},
                {"id": "a", "product": "rogue-monster-1", "law": {"m_n": 40.0, "rest_length_m": 1.0}},
            ],
            "weight": [{"id": "bell", "kind": "bell", "mass_kg": -1.0}],
            "anchor": [{"id": "pole", "heights_m": {"min": 2.0, "max": 1.0}}],
        }
    )
    assert found["gear: room.fre_m"] == "unknown-key"
    assert found["gear: band[0].product"] == "unknown-band"
    assert found["gear: band[0].count"] == "out-of-range"
    assert found["gear: band[1].id"] == "repeated-id"
    assert found["gear: band[1]"] == "one-band"
    assert found["gear: weight[0].kind"] == "unknown-kind-of-load"
    assert found["gear: weight[0].mass_kg"] == "out-of-range"
    assert "height-range" in found.values()


def test_nothing_to_train_with_is_refused() -> None:
    """A room alone is no gear."""
    assert set(refused({"room": {"free_m": 2.0}}).values()) == {"no-gear"}


def test_a_weight_that_can_be_set_offers_every_step_and_its_most() -> None:
    """From 4 kg in steps of 2.5 kg up to 12 kg, and 12 kg itself."""
    plates = {"id": "bar", "kind": "barbell-plates", "mass_kg": 12.0, "from_kg": 4.0}
    assert read_gear({"weight": [plates]}).weights[0].masses_kg == (4.0, 6.5, 9.0, 11.5, 12.0)


def test_bands_by_law_and_by_readings_are_what_they_say() -> None:
    """A law of two strands is a loop twice as long round; readings over one strand make an open band."""
    law = {"m_n": 90.0, "a": 0.44, "rest_length_m": 1.04, "strands": 2}
    readings = [{"length_m": 1.5, "force_n": 40.0}, {"length_m": 2.0, "force_n": 55.0}]
    gear = read_gear(
        {"band": [{"id": "loop", "law": law}, {"id": "open", "readings": readings, "rest_length_m": 1.0}]}
    )
    loop, open_band = (one.band for one in gear.bands)
    assert loop.is_loop
    assert loop.rest_length_m == pytest.approx(2.08)
    assert not open_band.is_loop
    assert float(open_band.law.tension_n(1.5)) == pytest.approx(40.0, rel=0.05)


def test_check_knows_a_gear_file(tmp_path: Path) -> None:
    """`bandwright check` reads it as gear and says what is wrong with it."""
    assert check_folder(EXAMPLE) == []
    bad = tmp_path / "gear.toml"
    bad.write_text('[[band]]\nid = "a"\nproduct = "nothing-like-it"\n', encoding="utf-8")
    assert [problem.code for problem in check_folder(bad)] == ["unknown-band"]
